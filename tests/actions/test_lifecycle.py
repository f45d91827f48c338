"""账号办理 lived through on both stores: who may, what the registry says, clocks, both sides."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.actions import lifecycle, yearly
from monitor.actions.case_moving import House
from monitor.actions.life_moving import Doing
from monitor.actions.lifecycle import Wanted
from monitor.actions.sending import Sent
from monitor.domain.account import Account, State
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY, shanghai_day
from monitor.domain.lifecycle import LOOKED, PICTURED, Move
from monitor.domain.person import Grant, Person, Role
from monitor.record import accounts, lives, people
from monitor.record.screens import lives as screens
from monitor.record.store import Store
from tests.builders import T, a_unit, an_account, put
from tests.conftest import NOW

AT = int(NOW.timestamp())
TODAY = shanghai_day(AT)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 20
FILED = {"备案平台": "省平台", "备案号": "HB-7", "办理日期": TODAY.isoformat()}


class Desk:
    """A county below a city below the department, one filed account, and who works there."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.house, self.pressed = store, House(Path("data"), folder), 0
        with store.writing() as tx:
            root = a_unit(tx, "某厅", "990000000000", level="省厅")
            city = a_unit(tx, "荆州市公安局", "991000000000", root, level="市州局")
            county = a_unit(tx, "江陵县公安局", "991024000000", city)
            filed = {"省平台备案号": "HB-1"}
            self.account = an_account(
                tx, county, "平安江陵(演示)", details=filed, filed=True, filed_name=""
            )
        paths = (f"/{root}/{city}/{county}/", f"/{root}/{city}/")
        self.unit = self._enrol("unit", Role.UNIT_LIAISON, paths[0])
        self.own = self._enrol("own", Role.LIAISON, paths[0])
        self.city = self._enrol("city", Role.LIAISON, paths[1])

    def _enrol(self, login: str, role: Role, path: str) -> Person:
        with self.store.writing() as tx:
            key = people.add(tx, login, f"{login}某", "-")
            people.set_password(tx, key, "-", must_change=False)
            people.set_grants(tx, key, [Grant(role, path)])
            kept = people.by_id(tx, key, AT)
        assert kept is not None
        return kept.person

    def press(
        self, person: Person, move: Move, given: Mapping[str, str], account: int = 0
    ) -> Account:
        key = account or self.account
        act = lifecycle.tend if person in (self.unit,) else lifecycle.settle
        with self.store.reading() as tx:
            version = lives.get(tx, key).version
        self.pressed += 1
        doing = Doing(move, key, version, given, PICTURE if PICTURED in given.values() else b"")
        act(self.store, person, doing, Sent("life", f"k{self.pressed}"), self.house)
        return self.now(key)

    def now(self, key: int = 0) -> Account:
        with self.store.reading() as tx:
            found = accounts.all_accounts(tx)
        return next(each for each in found if each.id == (key or self.account))

    def running(self) -> list[str]:
        with self.store.reading() as tx:
            return [each.told for each in screens.clocks(tx, self.city.scope, AT + DAY).rows]


@pytest.fixture
def desk(either_store: Store, tmp_path: Path) -> Desk:
    return Desk(either_store, tmp_path)


def test_an_account_is_opened_granted_above_and_filed_within_its_clock(desk: Desk) -> None:
    wanted = Wanted("weibo", "江陵警方(演示)", "991024000000", "警务公开")
    key = lifecycle.apply_open(desk.store, desk.unit, wanted, Sent("open", "k"), desk.house)
    assert lifecycle.apply_open(desk.store, desk.unit, wanted, Sent("open", "k"), desk.house) == key
    assert desk.now(key).state is State.PLANNED
    with pytest.raises(Conflict, match="已有这个账号"):
        lifecycle.apply_open(desk.store, desk.unit, wanted, Sent("open", "other"), desk.house)
    with pytest.raises(Forbidden, match="上一级"):
        desk.press(desk.own, Move.GRANT_OPEN, {"批准文号": "1号"}, key)
    with pytest.raises(InputError, match="批准文号"):
        desk.press(desk.city, Move.GRANT_OPEN, {}, key)
    granted = desk.press(desk.city, Move.GRANT_OPEN, {"批准文号": "荆公宣〔2026〕1号"}, key)
    assert granted.details == {"功能定位": "警务公开", "开设批准文号": "荆公宣〔2026〕1号"}
    opened = desk.press(
        desk.unit, Move.OPENED, {"办理日期": TODAY.isoformat(), "账号ID": "w1"}, key
    )
    assert (opened.state, opened.uid) == (State.ACTIVE, "w1")
    assert desk.running() == ["开设备案"]
    filed = desk.press(desk.unit, Move.FILE, FILED, key)
    assert filed.details["省平台备案号"] == "HB-7"
    assert desk.running() == []


def test_an_account_is_closed_only_once_both_sides_were_verified(desk: Desk) -> None:
    closing = desk.press(desk.unit, Move.APPLY_CLOSE, {"情况说明": "无力维护"})
    assert closing.state is State.CLOSING
    desk.press(desk.city, Move.GRANT_CLOSE, {"批准文号": "2号"})
    notice = {"公告链接": "https://example.test/1", "公告天数": "1", "办理日期": "2026-11-01"}
    announced = desk.press(desk.unit, Move.ANNOUNCE, notice)
    assert announced.details["关停公告链接"] == "https://example.test/1"
    closed = desk.press(desk.unit, Move.CLOSE, {"办理日期": TODAY.isoformat()})
    assert (closed.state, desk.running()) == (State.CLOSED, ["关停备案"])
    looked = {"核验方式": LOOKED, "办理日期": TODAY.isoformat()}
    with pytest.raises(InputError, match="巡查记录"):
        desk.press(desk.city, Move.GONE_THERE, looked)
    _look(desk, "已注销", 3)
    there = desk.press(desk.city, Move.GONE_THERE, looked)
    assert (there.state, desk.running()) == (State.CLOSED, ["关停备案", "注销备案"])
    here = {"备案平台": "省平台", "办理日期": TODAY.isoformat()}
    gone = desk.press(desk.unit, Move.GONE_HERE, here)
    assert (gone.state, desk.running()) == (State.REMOVED, [])
    assert (gone.details["省平台备案号"], gone.details["原省平台备案号"]) == ("无", "HB-1")
    with desk.store.reading() as tx:
        told = screens.past(tx, desk.city.scope, AT + DAY, desk.account)
        rows = tx.conn.execute(select(T["audit"].c.action, T["audit"].c.reason)).all()
    assert [each.move for each in told][:2] == [Move.GONE_HERE, Move.GONE_THERE]
    assert "无力维护" not in str(rows)


def _look(desk: Desk, seen: str, grade: int) -> None:
    with desk.store.writing() as tx:
        put(
            tx,
            "look",
            account_id=desk.account,
            looked_from=AT,
            looked_until=AT,
            seen=seen,
            source="巡查",
            grade=grade,
            recorded_at=tx.stamp,
        )


def test_a_page_that_stands_again_or_a_units_own_look_verifies_nothing(desk: Desk) -> None:
    for seen, grade, found in (("打不开", 1, False), ("搜不到", 3, True), ("正常", 3, False)):
        _look(desk, seen, grade)
        with desk.store.reading() as tx:
            assert (lives.seen_gone(tx, desk.account) is not None) is found


def test_a_screenshot_is_kept_with_the_move_it_proves(desk: Desk) -> None:
    with desk.store.writing() as tx:
        tx.conn.execute(T["account_rev"].update().values(state="已关停"))
    said = {"核验方式": PICTURED, "办理日期": TODAY.isoformat()}
    desk.press(desk.city, Move.GONE_THERE, said)
    with desk.store.reading() as tx:
        (past,) = screens.past(tx, desk.city.scope, AT + DAY, desk.account)
    assert len(past.given["核验截图"]) == 64


def test_a_rename_granted_keeps_the_old_name_and_starts_the_clock(desk: Desk) -> None:
    said = {"变更事项": "账号名称", "变更后": "江陵公安(演示)", "情况说明": "统一名称"}
    desk.press(desk.unit, Move.APPLY_CHANGE, said)
    after = desk.press(desk.city, Move.GRANT_CHANGE, {"批准文号": "3号"})
    assert (after.name, after.details["曾用名"]) == ("江陵公安(演示)", "平安江陵(演示)")
    assert desk.running() == ["变更备案"]
    with desk.store.reading() as tx:
        told = screens.names(tx, desk.city.scope, AT + DAY, desk.account)
    assert [each.name for each in told] == ["平安江陵(演示)", "江陵公安(演示)"]


def test_two_who_press_on_the_same_page_do_not_both_win(desk: Desk) -> None:
    desk.press(desk.unit, Move.APPLY_CLOSE, {"情况说明": "无力维护"})
    doing = Doing(Move.REFUSE, desk.account, 0, {"情况说明": "先整改"})
    with pytest.raises(Conflict, match="别人办理"):
        lifecycle.settle(desk.store, desk.city, doing, Sent("life", "late"), desk.house)
    assert desk.press(desk.city, Move.REFUSE, {"情况说明": "先整改"}).state is State.ACTIVE


def test_the_yearly_check_is_one_tick_and_counts_once(desk: Desk) -> None:
    def left() -> tuple[int, list[tuple[int, int]]]:
        with desk.store.reading() as tx:
            todo = screens.unchecked(tx, desk.city.scope, AT + DAY, TODAY.year).total
            done = screens.progress(tx, desk.city.scope, AT + DAY, TODAY.year)
        return todo, [(each.done, each.every) for each in done]

    assert left() == (1, [(0, 1)])
    assert yearly.confirm(desk.store, desk.unit, [desk.account], Sent("y", "1")) == 1
    assert yearly.confirm(desk.store, desk.unit, [desk.account], Sent("y", "2")) == 0
    assert left() == (0, [(1, 1)])
    assert desk.now().details["年度核对日期"] == TODAY.isoformat()
    with pytest.raises(Forbidden):
        yearly.confirm(desk.store, desk.unit, [desk.account + 1], Sent("y", "3"))


def test_what_excuses_an_account_is_decided_above_its_unit(desk: Desk) -> None:
    with pytest.raises(Forbidden, match="上一级"):
        desk.press(desk.own, Move.LOSE, {"情况说明": "密码遗失"})
    lost = desk.press(desk.city, Move.LOSE, {"情况说明": "密码遗失"})
    assert lost.state is State.LOST
    assert desk.press(desk.unit, Move.RESTORE, {"情况说明": "已找回"}).state is State.ACTIVE
