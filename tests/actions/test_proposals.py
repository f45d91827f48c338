"""待确认: nothing changes the ledger by itself; another person, or a level above, decides once."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from monitor.actions import patrol, proposals, reporting
from monitor.actions.patrol import Told
from monitor.actions.proposals import Ruling
from monitor.actions.reporting import Filling
from monitor.domain.account import Account, State
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.patrol import Seen
from monitor.domain.person import Person, Role
from monitor.domain.report_line import NEWEST, REASON
from monitor.record import accounts, lives
from monitor.record.screens import proposals as screens
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.builders import T, a_unit, an_account
from tests.conftest import NOW, StandingClock

AT = int(NOW.timestamp())
WEEK = "2026-W48"
DATA = Path("data")


class Province:
    """A county below a city below the department, with one account of a station."""

    def __init__(self, store: Store, enrol: Enrol) -> None:
        with store.writing() as tx:
            root = a_unit(tx, "某厅", "990000000000", level="省厅")
            city = a_unit(tx, "荆州市公安局", "991000000000", root, level="市州局")
            county = a_unit(tx, "江陵县公安局", "991024000000", city)
            station = a_unit(tx, "临江派出所", "991024000001", county, level="派出所")
            self.account = an_account(tx, station, "平安临江(演示)", "douyin")
        self.county = f"/{root}/{city}/{county}/"
        self.editor = enrol("editor", Role.EDITOR)
        self.head = enrol("head", Role.HEAD)
        self.liaison = enrol("liaison", Role.LIAISON, f"/{root}/{city}/")
        self.own = enrol("own", Role.LIAISON, self.county)
        self.operator = enrol("op", Role.OPERATOR, self.county)


@pytest.fixture
def province(store: Store, enrol: Enrol) -> Province:
    return Province(store, enrol)


def account(store: Store, key: int) -> Account:
    with store.reading() as tx:
        return next(each for each in accounts.all_accounts(tx) if each.id == key)


def waiting(store: Store, person: Person) -> list[screens.Proposed]:
    with store.reading() as tx:
        return list(screens.waiting(tx, person.scope, AT).rows)


def look(store: Store, person: Person, key: str = "k", **said: Any) -> None:
    with store.reading() as tx:
        (found,) = tx.conn.execute(select(T["account"].c.id)).scalars()
    patrol.look(store, person, Told(found, AT, **said), key)


def test_a_new_name_changes_nothing_until_another_person_confirms_it(
    store: Store, province: Province
) -> None:
    said = {"seen": Seen.RENAMED, "name_now": "临江警方(演示)", "newest": "3天前"}
    look(store, province.editor, **said)
    look(store, province.editor, "again", **said)
    (found,) = waiting(store, province.head)
    assert (found.matter, found.value, found.look_seen) == ("更名", "临江警方(演示)", "已改名")
    assert account(store, province.account).name == "平安临江(演示)"
    with pytest.raises(Forbidden, match="本人提出"):
        proposals.decide(store, province.editor, Ruling(found.id, agree=True), DATA)
    proposals.decide(store, province.head, Ruling(found.id, agree=True), DATA)
    after = account(store, province.account)
    assert (after.name, after.details) == ("临江警方(演示)", {"曾用名": "平安临江(演示)"})
    with store.reading() as tx:
        names = "SELECT name FROM account_rev WHERE superseded_at > 4000000000000000000"
        kept = tx.conn.execute(text(f"{names} ORDER BY valid_from")).scalars().all()
        audits = tx.conn.execute(text("SELECT action FROM audit")).scalars().all()
    assert kept == ["平安临江(演示)", "临江警方(演示)"]
    assert "确认更名" in audits
    with pytest.raises(Conflict, match="别人处理"):
        proposals.decide(store, province.head, Ruling(found.id, agree=False, said="看错"), DATA)


def test_a_removed_page_alone_makes_no_account_removed(store: Store, province: Province) -> None:
    look(store, province.editor, seen=Seen.DEREGISTERED)
    (found,) = waiting(store, province.liaison)
    proposals.decide(store, province.liaison, Ruling(found.id, agree=True), DATA)
    after = account(store, province.account)
    assert (after.state, after.details) == (State.UNCHECKED, {"注销核验日期": "2026-11-23"})


def test_a_closed_accounts_page_confirmed_gone_verifies_the_platforms_side_once(
    store: Store, province: Province
) -> None:
    with store.writing() as tx:
        kept = accounts.by_id(tx, province.account)
        assert kept is not None
        accounts.save(tx, [replace(kept, state=State.CLOSED)])
    look(store, province.editor, seen=Seen.DEREGISTERED)
    (found,) = waiting(store, province.liaison)
    proposals.decide(store, province.liaison, Ruling(found.id, agree=True), DATA)
    with store.reading() as tx:
        life = lives.get(tx, province.account).life
        moves = tx.conn.execute(text("SELECT move FROM account_move")).scalars().all()
    assert str(life.there) == "2026-11-23"
    assert moves == ["登记注销核验(平台侧)"]
    assert account(store, province.account).state is State.CLOSED


def test_a_page_that_stands_again_takes_back_that_it_was_missing(
    store: Store, province: Province, clock: StandingClock
) -> None:
    look(store, province.editor, seen=Seen.UNREACHABLE)
    assert [each.matter for each in waiting(store, province.head)] == ["打不开/搜不到"]
    clock.move(minutes=5)
    look(store, province.editor, "later", newest="3天前")
    assert waiting(store, province.head) == []
    assert account(store, province.account).state is State.ACTIVE


def test_only_a_level_above_confirms_what_excuses_the_unit(
    store: Store, province: Province
) -> None:
    words = {province.account: {REASON: "密码遗失", NEWEST: "2026-11-01"}}
    reporting.fill(store, province.operator, Filling(WEEK, words, {}, "k", submit=True))
    (found,) = waiting(store, province.own)
    assert found.filler_path == province.county
    with pytest.raises(Forbidden, match="上一级"):
        proposals.decide(store, province.own, Ruling(found.id, agree=True), DATA)
    with pytest.raises(InputError, match="理由"):
        proposals.decide(store, province.liaison, Ruling(found.id, agree=False), DATA)
    proposals.decide(store, province.liaison, Ruling(found.id, agree=True), DATA)
    after = account(store, province.account)
    assert after.state is State.LOST
    with store.reading() as tx:
        since = tx.conn.execute(text("SELECT max(valid_from) FROM account_rev")).scalar_one()
    assert since == AT


def test_a_pause_needs_its_paper_and_a_refusal_its_reason(store: Store, province: Province) -> None:
    words = {province.account: {REASON: "已报批暂停", NEWEST: "2026-11-01"}}
    reporting.fill(store, province.operator, Filling(WEEK, words, {}, "k", submit=True))
    (found,) = waiting(store, province.editor)
    ruling = Ruling(found.id, agree=True)
    with pytest.raises(InputError, match="批准文号"):
        proposals.decide(store, province.editor, ruling, DATA)
    refused = proposals.decide(
        store, province.editor, replace(ruling, agree=False, said="查无报批"), DATA
    )
    assert refused.decision.value == "不予确认"
    assert account(store, province.account).state is State.ACTIVE
    assert waiting(store, province.editor) == []


def test_who_may_not_confirm_or_sees_other_places_only_is_refused(
    store: Store, province: Province, enrol: Enrol
) -> None:
    look(store, province.editor, seen=Seen.DEREGISTERED)
    (found,) = waiting(store, province.editor)
    for outsider in (province.operator, enrol("far", Role.LIAISON, "/99/")):
        with pytest.raises(Forbidden):
            proposals.decide(store, outsider, Ruling(found.id, agree=True), DATA)
    with store.reading() as tx:
        far = enrol("farther", Role.LIAISON, "/98/").scope
        assert screens.waiting(tx, far, AT + DAY).total == 0
