"""The assessment's flow agrees with a clerk's file; objections, blind items, what is asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate import assessing, objecting
from monitor.domain.assessment import (
    FINAL,
    OF_SCHEME,
    Act,
    Answer,
    Item,
    Kind,
    Move,
    Objection,
    Plea,
    Say,
    Side,
    Standing,
    State,
)
from monitor.domain.errors import Conflict, Forbidden, InputError, SentinelError
from monitor.domain.instants import DAY, day_start
from tests.coordinate.naive_assessment import Folder

NOW = day_start(date(2026, 10, 20))
UNTIL = day_start(date(2026, 10, 1))
GIVEN = {
    "文号": "2026年第3期",
    "生效日期": "2027-01-01",
    "签批人": "王某(演示)",
    "签批时间": str(NOW - 60),
    "扫描件": "0" * 64,
    "理由": "数据有误",
}
OF_PERIOD = [each for each in Move if not assessing.TABLE[each].states & set(OF_SCHEME)]
PRESSED = st.tuples(
    st.sampled_from(OF_PERIOD), st.integers(1, 2), st.booleans(), st.booleans(), st.integers(0, 2)
)


def act(move: Move, person: int = 1, side: Side | None = None, **more: str) -> Act:
    return Act(move, person, side or assessing.TABLE[move].side, NOW, NOW + 5 * DAY, GIVEN | more)


def standing(state: State, **more: object) -> Standing:
    return Standing(state, until=UNTIL, scored=True, **more)  # type: ignore[arg-type]


@given(st.sampled_from(Kind), st.lists(PRESSED, max_size=30))
def test_the_table_agrees_with_a_clerks_file(
    kind: Kind, pressed: list[tuple[Move, int, bool, bool, int]]
) -> None:
    now, folder = standing(State.RUNNING, kind=kind), Folder(kind is Kind.TRIAL)
    for move, who, head, waited, left in pressed:
        shown = Standing(
            now.state,
            kind,
            until=UNTIL,
            due=NOW - 1 if waited else NOW + DAY,
            by=now.by,
            scored=True,
            open_objections=left,
        )
        try:
            now = assessing.step(shown, act(move, who, Side.HEAD if head else Side.OFFICE))
            done = True
        except SentinelError:
            done = False
        assert done == folder.press(move, who, head, waited, left), (move, shown)
        assert now.state == folder.state


@given(st.sampled_from(Kind), st.lists(PRESSED, max_size=40))
def test_what_was_settled_is_never_scored_again(
    kind: Kind, pressed: list[tuple[Move, int, bool, bool, int]]
) -> None:
    now = standing(State.WAITING, kind=kind, by=3, due=NOW - 1)
    settled = False
    for move, who, _, _, left in pressed:
        try:
            now = assessing.step(now, act(move, who))
        except SentinelError:
            continue
        settled = settled or now.state in FINAL
        assert not settled or now.state in FINAL, (move, left)


@pytest.mark.parametrize("move", [each for each in Move if assessing.TABLE[each].asks])
def test_what_a_move_asks_for_is_missed_by_name(move: Move) -> None:
    rule = assessing.TABLE[move]
    for asked in rule.asks:
        with pytest.raises(InputError, match=asked):
            assessing.step(standing(next(iter(rule.states))), act(move, **{asked: " "}))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("side", Side)
def test_what_is_offered_can_be_done_and_nothing_else(state: State, side: Side) -> None:
    now = standing(state, due=NOW - 1)
    for move in Move:
        try:
            assessing.step(now, act(move, side=side))
            done = True
        except SentinelError:
            done = False
        assert done == (move in assessing.offered(now, side, NOW)), move


def test_a_period_is_scored_when_it_is_over_and_a_trial_earlier() -> None:
    early = Standing(State.RUNNING, until=NOW + 1)
    with pytest.raises(Conflict, match="2026-10-20"):
        assessing.step(early, act(Move.GENERATE))
    trial = Standing(State.RUNNING, Kind.TRIAL, until=NOW + 1)
    assert assessing.step(trial, act(Move.GENERATE)).state is State.FIRST


def test_a_scheme_binds_only_what_begins_after_it_went_out() -> None:
    put = act(Move.PUT_IN_FORCE, **{"生效日期": "2026-10-20"})
    with pytest.raises(InputError, match="印发之后"):
        assessing.step(standing(State.CONSULTING), put)
    with pytest.raises(InputError, match="看不懂"):
        assessing.step(standing(State.CONSULTING), act(Move.PUT_IN_FORCE, **{"生效日期": "明年"}))
    assert assessing.binds(date(2027, 1, 1), date(2027, 1, 1))
    assert not assessing.binds(date(2027, 1, 2), date(2027, 1, 1))


def test_a_signature_lies_between_the_end_of_the_period_and_now() -> None:
    waiting = standing(State.WAITING, by=2)
    for at in (UNTIL - 1, NOW + 1):
        with pytest.raises(InputError, match="签批时间"):
            assessing.step(waiting, act(Move.SETTLE, **{"签批时间": str(at)}))
    with pytest.raises(InputError, match="看不懂"):
        assessing.step(waiting, act(Move.SETTLE, **{"签批时间": "昨天"}))
    with pytest.raises(Forbidden, match="本人提请"):
        assessing.step(waiting, act(Move.SETTLE, 2))


def test_feedback_has_a_last_second_and_a_result() -> None:
    with pytest.raises(InputError, match="反馈截止"):
        assessing.step(
            standing(State.FIRST), Act(Move.FEED_BACK, 1, Side.OFFICE, NOW, NOW, dict(GIVEN))
        )
    with pytest.raises(Conflict, match="还没有算好"):
        assessing.step(Standing(State.FIRST, until=UNTIL), act(Move.FEED_BACK))
    told = assessing.step(standing(State.FIRST), act(Move.FEED_BACK))
    assert told.due == NOW + 5 * DAY
    with pytest.raises(Conflict, match="才满"):
        assessing.step(told, act(Move.TO_REVIEW))


def an_objection(**more: object) -> Objection:
    fields = {"indicator": "C3", "words": "已补链接", "points": 3.0, "wanted": 5.0, "most": 6.0}
    return Objection(**(fields | {"raised_by": 7} | more))  # type: ignore[arg-type]


def test_an_objection_is_raised_in_time_and_asks_for_more_than_there_is() -> None:
    found = objecting.raised(an_objection(words=" 已补链接 "), State.FEEDBACK, NOW, NOW)
    assert found.words == "已补链接"
    for state, due in ((State.FEEDBACK, NOW - 1), (State.FEEDBACK, None), (State.REVIEW, NOW)):
        with pytest.raises(Conflict):
            objecting.raised(an_objection(), state, NOW, due)
    for unfit in ({"words": " "}, {"words": "长" * 501}, {"wanted": 6.1}, {"wanted": 3.0}):
        with pytest.raises(InputError):
            objecting.raised(an_objection(**unfit), State.FEEDBACK, NOW, NOW)
    assert objecting.raised(an_objection(points=None, wanted=0.0), State.FEEDBACK, NOW, NOW)


def test_an_objection_is_answered_once_with_reasons_by_somebody_else() -> None:
    yes = Answer(Say.UPHOLD, 1, "链接属实", 5.0)
    done = objecting.answered(an_objection(), State.REVIEW, yes)
    assert (done.plea, done.answer, done.answered_by) == (Plea.UPHELD, "链接属实", 1)
    with pytest.raises(Conflict):
        objecting.answered(done, State.REVIEW, yes)
    with pytest.raises(Conflict):
        objecting.answered(an_objection(), State.WAITING, yes)
    with pytest.raises(Forbidden, match="本人"):
        objecting.answered(an_objection(raised_by=1), State.REVIEW, yes)
    for unfit in (Answer(Say.REFUSE, 1), Answer(Say.UPHOLD, 1, "可", 2.9), Answer(Say.UPHOLD, 1)):
        with pytest.raises(InputError):
            objecting.answered(an_objection(), State.REVIEW, unfit)
    taken = objecting.answered(an_objection(), State.FEEDBACK, Answer(Say.WITHDRAW, 7))
    assert taken.plea is Plea.WITHDRAWN
    with pytest.raises(Forbidden):
        objecting.answered(an_objection(), State.FEEDBACK, Answer(Say.WITHDRAW, 8))


SHARES = st.floats(0, 1)


@given(SHARES, SHARES, SHARES)
def test_two_agree_or_a_third_decides_and_nobody_sees_the_other_before(
    a: float, b: float, c: float
) -> None:
    one = objecting.given(Item("1", "A3"), 1, a)
    assert objecting.wanted(one) == 1
    assert objecting.seen(one, 2) == ()
    assert objecting.seen(one, 1) == one.given
    two = objecting.given(one, 2, b)
    if objecting.agreed(two) is not None:
        assert abs(a - b) <= objecting.APART + 1e-9
        assert objecting.agreed(two) == pytest.approx((a + b) / 2)
        assert objecting.seen(two, 9) == two.given
        with pytest.raises(Conflict):
            objecting.given(two, 3, c)
        return
    assert abs(a - b) > objecting.APART
    assert objecting.wanted(two) == 1
    assert objecting.seen(two, 3) == ()
    with pytest.raises(Conflict):
        objecting.given(two, 1, c)
    three = objecting.given(two, 3, c)
    assert objecting.agreed(three) == sorted((a, b, c))[1]
    assert objecting.wanted(three) == 0


def test_a_share_is_one() -> None:
    with pytest.raises(InputError):
        objecting.given(Item("1", "A3"), 1, 1.01)
    assert objecting.wanted(Item("1", "A3")) == 2
