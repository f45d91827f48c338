"""转关停程序 and the account's closure are typed once: each does the other in its transaction."""

import pytest

from monitor.actions import lifecycle
from monitor.actions.life_moving import Doing
from monitor.actions.sending import Sent
from monitor.domain.account import Account, State
from monitor.domain.case import Move as Step
from monitor.domain.case import State as Standing
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import DAY, shanghai_day
from monitor.domain.lifecycle import Move
from monitor.record import accounts, lives
from monitor.record.cases import Kept
from tests.actions.test_casework import HOUSE, Four, four, to_the_unit
from tests.builders import T

__all__ = ["four"]
WHY = {"情况说明": "无力维护"}


def press(four: Four, who: str, move: Move, given: dict[str, str]) -> Account:
    """A button on the account of a case; the account after it."""
    act = lifecycle.tend if who == "county" else lifecycle.settle
    with four.store.reading() as tx:
        version = lives.get(tx, four.account).version
    doing = Doing(move, four.account, version, given)
    act(four.store, four.people[who], doing, Sent("life", f"{move}{version}"), HOUSE)
    return account(four)


def account(four: Four) -> Account:
    with four.store.reading() as tx:
        found = accounts.by_id(tx, four.account)
    assert found is not None
    return found


def today(four: Four, ago: int = 0) -> str:
    return shanghai_day(int(four.store.clock().timestamp()) - ago * DAY).isoformat()


def announced(four: Four) -> None:
    press(four, "city", Move.GRANT_CLOSE, {"批准文号": "荆公宣〔2026〕2号"})
    notice = {"公告链接": "https://example.test/1", "公告天数": "1", "办理日期": today(four, 3)}
    press(four, "county", Move.ANNOUNCE, notice)


def moves(four: Four, kept: Kept) -> list[str]:
    move = T["case_move"]
    with four.store.reading() as tx:
        rows = tx.conn.execute(move.select().where(move.c.case_id == kept.id).order_by(move.c.id))
        return [row.move for row in rows]


def test_a_case_turned_to_closure_applies_and_ends_as_the_closing_is_registered(four: Four) -> None:
    kept = four.do("editor", Step.TO_CLOSURE, to_the_unit(four))
    assert account(four).state is State.CLOSING
    with four.store.reading() as tx:
        life = lives.get(tx, four.account).life
    assert (life.pending, life.wanted) == (Move.APPLY_CLOSE, {"情况说明": "已办理"})
    with pytest.raises(Conflict, match="账号现为拟关停"):
        four.do("editor", Step.SHUT, kept)
    announced(four)
    assert four.case(kept.id).case.state is Standing.CLOSING
    closed = press(four, "county", Move.CLOSE, {"办理日期": today(four)})
    assert closed.state is State.CLOSED
    assert four.case(kept.id).case.state is Standing.SHUT
    assert moves(four, kept)[-2:] == [Step.TO_CLOSURE, Step.SHUT]


def test_a_unit_that_applies_for_the_closure_turns_its_case_to_it(four: Four) -> None:
    kept = to_the_unit(four)
    press(four, "county", Move.APPLY_CLOSE, WHY)
    turned = four.case(kept.id).case
    assert turned.state is Standing.CLOSING
    assert turned.term is not None
    assert not turned.term.running
    press(four, "city", Move.REFUSE, {"情况说明": "先整改"})
    resumed = four.case(kept.id).case
    assert (account(four).state, resumed.state) == (State.ACTIVE, Standing.UNDER_WAY)
    assert resumed.term is not None
    assert resumed.term.running
    with four.store.reading() as tx:
        told = tx.conn.execute(T["case_move"].select()).all()[-1]
    assert (told.move, told.words) == (Step.RESUME, "先整改")


def test_a_case_put_right_after_all_gives_the_closure_up(four: Four) -> None:
    kept = four.do("editor", Step.TO_CLOSURE, to_the_unit(four))
    with pytest.raises(InputError, match="说明"):
        four.do("head", Step.RESUME, kept, said="")
    kept = four.do("head", Step.RESUME, kept, said="已有专人运维")
    assert (account(four).state, kept.case.state) == (State.ACTIVE, Standing.UNDER_WAY)
    kept = four.do("editor", Step.TO_CLOSURE, kept)
    announced(four)
    assert four.do("head", Step.RESUME, kept, said="恢复").case.state is Standing.UNDER_WAY
    assert account(four).state is State.ACTIVE


def test_a_case_nobody_verified_stays_and_another_application_comes_first(four: Four) -> None:
    (kept,) = four.open(four.account)
    press(four, "county", Move.APPLY_CLOSE, WHY)
    assert four.case(kept.id).case.state is Standing.UNVERIFIED
    press(four, "city", Move.REFUSE, WHY)
    assert four.case(kept.id).case.state is Standing.UNVERIFIED


def test_a_case_waits_for_an_application_that_is_not_decided(four: Four) -> None:
    kept = to_the_unit(four)
    change = {"变更事项": "服务商", "变更后": "某某公司", "情况说明": "到期"}
    press(four, "county", Move.APPLY_CHANGE, change)
    with pytest.raises(Conflict, match="申请变更待决定"):
        four.do("editor", Step.TO_CLOSURE, kept)
    assert four.case(kept.id).case.state is Standing.UNDER_WAY
