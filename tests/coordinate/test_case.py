"""A case goes its way: what follows from what, in whose hands it lies, and whose time passes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.coordinate.case import follow, open_case
from monitor.coordinate.case_moves import TABLE, Act, offered
from monitor.domain.case import OVER, Case, Measure, Move, Problem, Reason, Side, State
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY

NOW = 1_795_395_600
EDITOR, HEAD, CITY, COUNTY = 1, 2, 3, 4


def a_case(*, transit: bool = True, problems: int = 1) -> Case:
    found = tuple(Problem(f"问题{n}", "截至11月23日已20天未更新") for n in range(problems))
    return open_case(found, transit=transit)


def an_act(move: Move, side: Side, person: int = EDITOR, **more: object) -> Act:
    given: dict[str, object] = {"words": "说明", "reason": Reason.MISREAD, "days": 3}
    given |= {"measure": Measure.PUT_RIGHT, "looked_at": NOW, "into": 9}
    given |= {"most_days": 60, "again_at": NOW + 30 * DAY}
    return Act(move, person, side, **(given | more))  # type: ignore[arg-type]


def lived(case: Case, *moves: tuple[Move, Side, int], at: int = NOW) -> Case:
    for move, side, person in moves:
        case = follow(case, an_act(move, side, person), at)
    return case


TO_THE_UNIT = (
    (Move.CONFIRM, Side.DESK, EDITOR),
    (Move.SUBMIT, Side.DESK, EDITOR),
    (Move.ASSIGN, Side.DESK, HEAD),
    (Move.SIGN, Side.TRANSIT, CITY),
    (Move.FORWARD, Side.TRANSIT, CITY),
    (Move.SIGN, Side.UNIT, COUNTY),
)


def test_a_case_is_lived_through_by_four_parties() -> None:
    case = a_case()
    seen = [case.holder]
    for step in TO_THE_UNIT:
        case = lived(case, step)
        seen.append(case.holder)
    assert case.state is State.UNDER_WAY
    assert seen == [Side.DESK] * 3 + [Side.TRANSIT] * 2 + [Side.UNIT] * 2
    case = lived(case, (Move.HAND_IN, Side.UNIT, COUNTY), (Move.PASS_ON, Side.TRANSIT, CITY))
    assert case.holder is Side.DESK
    done = lived(case, (Move.CLOSE, Side.DESK, EDITOR))
    assert done.state is State.CLOSED
    assert done.looks_again_at == NOW + 30 * DAY


def test_time_passes_for_the_unit_only_while_it_holds_the_case() -> None:
    case = lived(a_case(), *TO_THE_UNIT)
    assert case.term is not None
    assert case.term.running
    for move, side in (
        (Move.HAND_IN, Side.UNIT),
        (Move.APPEAL, Side.UNIT),
        (Move.ASK_TIME, Side.UNIT),
    ):
        waiting = follow(case, an_act(move, side, COUNTY), NOW + DAY)
        assert waiting.term is not None
        assert not waiting.term.running
    back = lived(
        case,
        (Move.HAND_IN, Side.UNIT, COUNTY),
        (Move.REDO, Side.TRANSIT, CITY),
        at=NOW + DAY,
    )
    assert back.term is not None
    assert back.term.running
    assert back.returns == 1


def test_who_verified_or_proposed_does_not_approve() -> None:
    case = lived(a_case(), *TO_THE_UNIT[:2])
    with pytest.raises(Forbidden):
        follow(case, an_act(Move.ASSIGN, Side.DESK, EDITOR), NOW)
    assert follow(case, an_act(Move.ASSIGN, Side.DESK, HEAD), NOW).state is State.ASSIGNED


def test_nothing_leaves_without_a_fresh_look() -> None:
    case = lived(a_case(), *TO_THE_UNIT[:2])
    old = replace(case, checked_at=NOW - 4 * DAY)
    with pytest.raises(InputError):
        follow(old, an_act(Move.ASSIGN, Side.DESK, HEAD, looked_at=None), NOW)


def test_one_unfounded_problem_leaves_the_others_and_all_end_the_case() -> None:
    case = a_case(problems=2)
    part = follow(case, an_act(Move.DISMISS, Side.DESK, number=0), NOW)
    assert part.state is State.UNVERIFIED
    whole = follow(part, an_act(Move.DISMISS, Side.DESK, number=1), NOW)
    assert whole.state is State.UNFOUNDED
    mixed = follow(part, an_act(Move.CONFIRM, Side.DESK, number=1), NOW)
    assert follow(mixed, an_act(Move.SUBMIT, Side.DESK), NOW).state is State.REVIEW
    with pytest.raises(InputError):
        follow(
            follow(case, an_act(Move.CONFIRM, Side.DESK, number=0), NOW),
            an_act(Move.SUBMIT, Side.DESK),
            NOW,
        )


def test_an_appeal_that_holds_ends_the_case_and_one_that_fails_gives_the_time_back() -> None:
    case = lived(a_case(), *TO_THE_UNIT, (Move.APPEAL, Side.UNIT, COUNTY))
    assert case.holder is Side.DESK
    assert follow(case, an_act(Move.UPHOLD, Side.DESK, HEAD), NOW).state is State.UNFOUNDED
    back = follow(case, an_act(Move.REJECT, Side.DESK, HEAD), NOW + DAY)
    assert back.holder is Side.UNIT
    assert back.term is not None
    assert back.term.running
    with pytest.raises(Conflict):
        follow(case, an_act(Move.NAMED, Side.DESK), NOW)


@pytest.mark.parametrize("move", [move for move, rule in TABLE.items() if rule.words])
def test_a_move_that_must_be_explained_is_refused_without_words(move: Move) -> None:
    rule = TABLE[move]
    state = sorted(rule.states)[0]
    case = replace(lived(a_case(), *TO_THE_UNIT), state=state, appealed=True, asked_days=1)
    for side in rule.sides:
        if move in offered(case, side):
            with pytest.raises(InputError):
                follow(case, an_act(move, side, words="  "), NOW)


MOVES = st.tuples(
    st.sampled_from(sorted(Move)), st.sampled_from([Side.DESK, Side.TRANSIT, Side.UNIT])
)


@settings(max_examples=300)
@given(st.lists(MOVES, max_size=30), st.booleans(), st.integers(1, 3))
def test_whatever_is_tried_a_case_stays_whole(
    tried: list[tuple[Move, Side]], transit: bool, problems: int
) -> None:
    """Moves come from anybody in any order: each is done as offered, or refused and changes
    nothing; an ended case offers nothing but its correction; time passes for units."""
    case, now = a_case(transit=transit, problems=problems), NOW
    for number, (move, side) in enumerate(tried):
        now += 3600
        before = case
        person = EDITOR + number % 4
        try:
            case = follow(case, an_act(move, side, person, looked_at=now), now)
        except (Conflict, Forbidden, InputError):
            assert case == before
        else:
            assert move in offered(before, side)
        if case.term is not None and case.term.running:
            assert case.holder is Side.UNIT
        if case.state in OVER:
            left = {each for one in Side for each in offered(case, one)}
            assert left <= {Move.AMEND}
            assert case.holder is Side.NOBODY
