"""The machine of a case against a folder kept by hand: the same buttons, states and clocks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.coordinate.case import follow
from monitor.coordinate.case_moves import TABLE
from monitor.domain.case import Move, Side
from monitor.domain.errors import Conflict, Forbidden, InputError
from tests.coordinate.naive_case import BUTTONS, SILENT, Folder
from tests.coordinate.test_case import NOW, a_case, an_act

SIDES = [Side.DESK, Side.TRANSIT, Side.UNIT]
TRIED = st.tuples(
    st.sampled_from(sorted(Move)),
    st.sampled_from(SIDES),
    st.integers(1, 3),
    st.one_of(st.none(), st.integers(0, 1)),
    st.booleans(),
)


def test_the_table_and_the_paper_know_the_same_buttons() -> None:
    assert {each.value for each in TABLE} == set(BUTTONS)
    for move, rule in TABLE.items():
        sides, states, _ = BUTTONS[move.value]
        assert {each.value for each in rule.sides} == set(sides), move
        assert {each.value for each in rule.states} == set(states), move
        assert rule.words is (move.value not in SILENT), move


def walk(tried: list[tuple[Move, Side, int, int | None, bool]], transit: bool, many: int) -> int:
    """Try each on both; how many went through."""
    case, folder, now, done = a_case(transit=transit, problems=many), Folder(transit), NOW, 0
    folder.said = [""] * many
    for move, side, who, number, explained in tried:
        now += 3600
        place = number if number is not None and number < many else None
        may = folder.may(move.value, side.value, who)
        may = may and (explained or move.value in SILENT)
        words = "说明" if explained else ""
        try:
            case = follow(case, an_act(move, side, who, number=place, words=words), now)
        except (Conflict, Forbidden, InputError):
            assert not may, (move, side, folder)
            continue
        assert may, (move, side, folder)
        folder.press(move.value, side.value, who, place)
        done += 1
        assert case.state.value == folder.state
        assert (case.holder.value.strip("—")) == folder.holder()
        if case.term is not None and case.assigned_at is not None:
            assert case.term.running == folder.runs(), (move, folder)
    return done


WAY = [
    (Move.CONFIRM, Side.DESK, 1),
    (Move.SUBMIT, Side.DESK, 1),
    (Move.ASSIGN, Side.DESK, 2),
    (Move.FORWARD, Side.TRANSIT, 3),
    (Move.SIGN, Side.UNIT, 3),
    (Move.HAND_IN, Side.UNIT, 3),
    (Move.PASS_ON, Side.TRANSIT, 3),
    (Move.CLOSE, Side.DESK, 1),
]


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, len(WAY)),
    st.lists(st.integers(0, 10_000), max_size=30),
    st.booleans(),
)
def test_they_agree_far_along_where_only_what_may_be_done_is_tried(
    far: int, picks: list[int], transit: bool
) -> None:
    """Each pick is one of the buttons the paper allows then, so that long lives are reached."""
    tried = [(move, side, who, None, True) for move, side, who in WAY[:far]]
    for pick in picks:
        folder = Folder(transit)
        folder.said = ["", ""]
        for move, side, who, number, _ in tried:
            if folder.may(move.value, side.value, who):
                folder.press(move.value, side.value, who, number)
        may = [
            (move, side, who, None, True)
            for move in sorted(Move)
            for side in SIDES
            for who in (1, 2)
            if folder.may(move.value, side.value, who)
        ]
        if not may:
            break
        tried.append(may[pick % len(may)])
    walk(tried, transit, 2)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(WAY)), st.lists(TRIED, max_size=25), st.booleans(), st.integers(1, 2))
def test_machine_and_paper_agree_on_whatever_is_tried(
    far: int, tried: list[tuple[Move, Side, int, int | None, bool]], transit: bool, many: int
) -> None:
    """From somewhere on the whole way, whatever anybody tries in any order."""
    begun = [(move, side, who, None, True) for move, side, who in WAY[:far]]
    walk([*begun, *tried], transit, many)


def test_the_whole_way_is_gone_to_its_end() -> None:
    assert walk([(move, side, who, None, True) for move, side, who in WAY], True, 2) == len(WAY)
