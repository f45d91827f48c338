"""Which rulebook is in force: held against a walk through everything that was laid down."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.instants import BEGINNING, OPEN
from monitor.domain.standard import AFTER, Move, State, Term, earliest, in_force

SECONDS = st.integers(0, 6)
TERMS = st.lists(
    st.tuples(st.one_of(st.just(BEGINNING), SECONDS), SECONDS, st.one_of(st.just(OPEN), SECONDS)),
    max_size=5,
)


@given(TERMS, SECONDS, SECONDS)
def test_the_newest_that_began_and_was_known_is_in_force(
    laid: list[tuple[int, int, int]], as_of: int, known_at: int
) -> None:
    terms = [
        Term(number, number, "x", number, False, since, stamp, None, off)
        for number, (since, stamp, off) in enumerate(laid)
    ]
    best: tuple[int, int, int] | None = None
    for number, (since, stamp, off) in enumerate(laid):
        unknown = stamp > known_at and since != BEGINNING
        if since > as_of or unknown or off <= known_at:
            continue
        if best is None or (since, stamp, number) > best:
            best = (since, stamp, number)
    found = in_force(terms, as_of, known_at)
    assert (found.id if found else None) == (best[2] if best else None)


def test_another_rulebook_holds_from_after_the_last_day_that_was_judged() -> None:
    today = date(2026, 5, 10)
    assert earliest(today, None) == today
    assert earliest(today, today) == date(2026, 5, 11)
    assert earliest(today, date(2026, 5, 1)) == today


def test_what_is_final_or_dropped_stays_so_and_a_second_look_comes_before_final() -> None:
    ends = {State.FINAL, State.DROPPED}
    assert not [pair for pair in AFTER if pair[0] in ends]
    assert [before for (before, _), after in AFTER.items() if after is State.FINAL] == [
        State.WAITING
    ]
    assert (State.WAITING, Move.SAVE) not in AFTER
