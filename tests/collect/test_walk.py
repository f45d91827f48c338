import asyncio
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.errors import PlatformError
from monitor.collect.walk import ALWAYS, DayPage, Reach, Walk, walk_days
from monitor.domain.collecting import ErrorClass, Known
from monitor.domain.instants import DAY, day_end, day_start, shanghai_day
from monitor.domain.post import SeenPost

NEWEST = date(2026, 11, 22)
EARLIEST = date(2025, 11, 1)


def ago(days: int) -> date:
    return NEWEST - timedelta(days=days)


def a_post(native_id: str, day: date) -> SeenPost:
    return SeenPost(native_id, day_start(day), day_end(day), day_end(day))


def walked(
    posts: Mapping[int, list[str]],
    *,
    known: Known | None = None,
    earliest: date = EARLIEST,
    delayed: frozenset[int] = frozenset(),
) -> tuple[Walk, list[int]]:
    """The walk over days numbered by how many days before the newest, and the days it asked for."""
    asked = []

    async def read(day: date) -> DayPage:
        number = (NEWEST - day).days
        asked.append(number)
        seen = tuple(a_post(each, day) for each in posts.get(number, []))
        return DayPage(day, seen, final=number not in delayed)

    reach = Reach(NEWEST, earliest, 31, known or Known())
    return asyncio.run(walk_days(reach, read)), asked


def claim(walk: Walk) -> tuple[int, int] | None:
    """What is proven, in days before the newest: (oldest, newest), both included."""
    proven = walk.proven()
    if proven is None:
        return None
    a, b = proven
    return (NEWEST - shanghai_day(a)).days, (NEWEST - shanghai_day(b - 1)).days


def test_a_first_reading_goes_back_thirty_one_days() -> None:
    walk, asked = walked({3: ["a"]})
    assert asked == list(range(31))
    assert claim(walk) == (30, 0)


def test_a_first_reading_goes_on_until_it_finds_a_post() -> None:
    walk, asked = walked({200: ["a"]})
    assert asked[-1] == 200
    assert claim(walk) == (200, 0)


def test_a_first_reading_goes_on_to_a_post_already_known_from_elsewhere() -> None:
    known = Known(newest_post=day_start(ago(90)) + 5)
    walk, asked = walked({}, known=known)
    assert asked[-1] == 90
    assert claim(walk) == (90, 0)


def test_a_first_reading_ends_at_the_earliest_day() -> None:
    walk, asked = walked({})
    assert ago(asked[-1]) == EARLIEST
    assert claim(walk) == (asked[-1], 0)


def test_an_earliest_day_after_the_newest_asks_nothing_and_claims_nothing() -> None:
    walk, asked = walked({}, earliest=NEWEST + timedelta(days=1))
    assert asked == []
    assert claim(walk) is None


def test_a_later_reading_does_not_look_for_an_older_post() -> None:
    known = Known(covered_until=day_start(NEWEST))
    walk, asked = walked({}, known=known)
    assert asked[-1] == 30
    assert claim(walk) == (30, 0)


def test_a_later_reading_goes_back_to_where_coverage_ended() -> None:
    known = Known(covered_until=day_start(ago(50)))
    walk, asked = walked({1: ["a"]}, known=known)
    assert asked[-1] == 50
    assert claim(walk) == (50, 0)


def test_final_days_are_skipped_but_the_newest_are_always_read() -> None:
    days = frozenset(ago(number).isoformat() for number in range(31) if number != 10)
    walk, asked = walked({}, known=Known(covered_until=day_start(NEWEST), final_days=days))
    assert asked == [*range(ALWAYS), 10]
    assert claim(walk) == (ALWAYS - 1, 0)


def test_a_hole_in_coverage_is_read_and_claimed_whatever_is_known_after_it() -> None:
    days = frozenset(ago(number).isoformat() for number in range(40) if number not in (20, 21))
    known = Known(covered_until=day_start(ago(21)), final_days=days)
    walk, asked = walked({}, known=known)
    assert asked == list(range(22))
    assert claim(walk) == (21, 0)


def test_a_day_that_is_not_final_ends_the_claim_before_it() -> None:
    assert claim(walked({1: ["a"]}, delayed=frozenset({0}))[0]) == (30, 1)
    assert claim(walked({1: ["a"]}, delayed=frozenset({0, 4}))[0]) == (30, 5)


def test_where_no_day_is_final_nothing_is_proven() -> None:
    assert claim(walked({1: ["a"]}, delayed=frozenset(range(500)))[0]) is None
    assert claim(walked({1: ["a"]}, delayed=frozenset({30}))[0]) is None


def test_the_same_post_on_two_days_is_a_lie() -> None:
    with pytest.raises(PlatformError) as caught:
        walked({number: ["always the same"] for number in range(500)})
    assert caught.value.error is ErrorClass.MALFORMED


@given(
    posts=st.dictionaries(st.integers(0, 60), st.integers(1, 2), max_size=5),
    delayed=st.frozensets(st.integers(0, 40), max_size=6),
    skipped=st.frozensets(st.integers(0, 40)),
    covered=st.none() | st.integers(0, 60),
)
def test_a_claim_holds_only_days_read_and_final_and_all_of_the_newest_that_can_be(
    posts: dict[int, int],
    delayed: frozenset[int],
    skipped: frozenset[int],
    covered: int | None,
) -> None:
    known = Known(
        covered_until=None if covered is None else day_start(ago(covered)),
        final_days=frozenset(ago(number).isoformat() for number in skipped),
    )
    by_day = {day: [f"{day}-{n}" for n in range(count)] for day, count in posts.items()}
    walk, asked = walked(by_day, known=known, delayed=delayed)
    assert asked == sorted(set(asked))
    assert set(range(31)) - skipped <= set(asked)
    found = walk.proven()
    if covered is not None and not delayed:
        assert found is not None
        assert found[0] <= day_start(ago(covered))
    if found is None:
        return
    a, b = found
    assert a < b
    days = {(NEWEST - shanghai_day(second)).days for second in range(a, b, DAY)}
    assert days <= set(asked) - delayed
    before = min(days) - 1
    assert before == -1 or before in delayed
