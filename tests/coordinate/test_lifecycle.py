"""The life of an account: the table agrees with a paper file kept by hand, and asks for papers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate import lifecycle
from monitor.domain.account import State
from monitor.domain.errors import Conflict, Forbidden, InputError, SentinelError
from monitor.domain.lifecycle import (
    LOOKED,
    PICTURED,
    SYSTEMS,
    Act,
    Clock,
    Field,
    Life,
    Move,
    Side,
)
from tests.coordinate.naive_life import Paper

DAY = date(2026, 11, 26)
GIVEN = {
    Field.PAPER: "鄂公宣〔2026〕8号",
    Field.NOTICE: "https://example.test/notice",
    Field.NOTICE_DAYS: "7",
    Field.DAY: DAY.isoformat(),
    Field.SYSTEM: "省平台",
    Field.NUMBER: "HB-1",
    Field.WHY: "无力维护",
    Field.WHAT: "账号名称",
    Field.VALUE: "平安某地",
    Field.HOW: PICTURED,
    Field.PICTURE: "0" * 64,
    Field.PURPOSE: "警务公开",
}


def act(move: Move, side: Side = Side.ABOVE, person: int = 2, **more: str) -> Act:
    given_ = {str(key): text for key, text in GIVEN.items()} | more
    return Act(move, person, side, DAY, given_)


PRESSED = st.tuples(
    st.sampled_from(Move),
    st.sampled_from(Side),
    st.integers(1, 2),
    st.sampled_from(SYSTEMS),
    st.booleans(),
)


@given(st.sampled_from(["", *State]), st.lists(PRESSED, max_size=25))
def test_the_table_agrees_with_a_file_kept_by_hand(
    begun: str, pressed: list[tuple[Move, Side, int, str, bool]]
) -> None:
    life, paper = Life(State(begun) if begun else None), Paper(str(begun))
    for move, side, who, system, waited in pressed:
        day = DAY if waited else DAY - timedelta(days=8)
        if move is Move.ANNOUNCE:
            day = DAY - timedelta(days=7)
        said = {"备案平台": system, "办理日期": day.isoformat()}
        try:
            life = lifecycle.step(life, act(move, side, who, **said))
            done = True
        except SentinelError:
            done = False
        assert done == paper.press(move, side, who, system, waited), (move, side, life)
        assert (life.state or "") == paper.state
        assert (life.pending or "") == paper.asked
        assert life.filed == paper.systems


@given(st.sampled_from(State), st.lists(PRESSED, max_size=25))
def test_nothing_is_removed_before_both_sides_were_verified(
    begun: State, pressed: list[tuple[Move, Side, int, str, bool]]
) -> None:
    life = Life(begun)
    for move, side, who, system, _ in pressed:
        try:
            life = lifecycle.step(life, act(move, side, who, **{"备案平台": system}))
        except SentinelError:
            continue
        if life.state is State.REMOVED and begun is not State.REMOVED:
            assert life.there
            assert life.here


@pytest.mark.parametrize("move", [each for each in Move if lifecycle.TABLE[each].asks])
def test_every_field_a_move_asks_for_is_missed_by_name(move: Move) -> None:
    rule = lifecycle.TABLE[move]
    pending = next(iter(rule.pending), None)
    state = next(iter(rule.states - {None}))
    life = Life(state, pending, 1, closure=True)
    for asked in rule.asks:
        with pytest.raises(InputError, match=asked):
            lifecycle.step(life, act(move, next(iter(rule.sides)), **{asked: ""}))


def test_an_application_is_decided_by_another_person_and_a_refusal_gives_the_state_back() -> None:
    asked = lifecycle.step(Life(State.LOST), act(Move.APPLY_CLOSE, Side.UNIT, 1))
    assert (asked.state, asked.pending) == (State.CLOSING, Move.APPLY_CLOSE)
    with pytest.raises(Forbidden, match="本人提出"):
        lifecycle.step(asked, act(Move.GRANT_CLOSE, person=1))
    with pytest.raises(Conflict, match="尚未批准"):
        lifecycle.step(asked, act(Move.ANNOUNCE))
    assert lifecycle.step(asked, act(Move.REFUSE)).state is State.LOST


def test_the_platform_side_needs_a_look_or_a_picture_and_the_notice_its_days() -> None:
    with pytest.raises(InputError, match="巡查记录"):
        lifecycle.step(Life(State.CLOSED), act(Move.GONE_THERE, **{"核验方式": LOOKED}))
    with pytest.raises(InputError, match="截图"):
        lifecycle.step(Life(State.CLOSED), act(Move.GONE_THERE, **{"核验截图": ""}))
    until = Life(State.ANNOUNCED, until=DAY + timedelta(days=1))
    with pytest.raises(InputError, match="2026-11-27"):
        lifecycle.step(until, act(Move.CLOSE))


def test_clocks_start_and_end_with_what_is_filed() -> None:
    opened = lifecycle.step(Life(State.APPROVED), act(Move.OPENED, Side.UNIT))
    assert lifecycle.clock(act(Move.OPENED), opened) is Clock.OPENING
    filed = frozenset(SYSTEMS)
    gone = lifecycle.step(Life(State.CLOSED, filed=filed), act(Move.GONE_THERE))
    assert lifecycle.clock(act(Move.GONE_THERE), gone) is Clock.REMOVAL
    one = lifecycle.step(gone, act(Move.GONE_HERE))
    assert (one.state, lifecycle.meets(Move.GONE_HERE, one)) == (State.CLOSED, frozenset())
    both = lifecycle.step(one, act(Move.GONE_HERE, **{"备案平台": "国家系统"}))
    assert both.state is State.REMOVED
    assert Clock.REMOVAL in lifecycle.meets(Move.GONE_HERE, both)


@pytest.mark.parametrize(
    ("field", "text"),
    [("公告链接", "见网站"), ("公告天数", "0"), ("公告天数", "七"), ("办理日期", "2026-11-27")],
)
def test_what_is_given_must_be_of_its_kind(field: str, text: str) -> None:
    life = Life(State.CLOSING, closure=True)
    with pytest.raises(InputError, match=field):
        lifecycle.step(life, act(Move.ANNOUNCE, **{field: text}))
