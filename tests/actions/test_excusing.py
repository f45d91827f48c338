"""同意停更: agreed above the unit on a paper, judged so at once, and never for 上级口径."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.actions import excusing, standard_sheets
from monitor.actions.excusing import Agreed
from monitor.actions.sending import Sent
from monitor.collect import shelf
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY, day_start
from monitor.domain.person import Person, Role
from monitor.domain.rulebook import Rulebook
from monitor.judge import rulebook as rulebooks
from monitor.judge.evaluate import judge
from monitor.record import excuses, facts
from monitor.record.screens import excuses as screens
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.builders import VAULT, a_look, a_post, a_route, a_unit, an_account
from tests.conftest import NOW

AT = int(NOW.timestamp())
TODAY = date(2026, 11, 23)
DATA = Path("data")


class Town:
    """A county below a city below the department; its account was silent for twenty days."""

    def __init__(self, store: Store, enrol: Enrol) -> None:
        with store.writing() as tx:
            root = a_unit(tx, "某厅", "990000000000", level="省厅")
            city = a_unit(tx, "荆州市公安局", "991000000000", root, level="市州局")
            county = a_unit(tx, "江陵县公安局", "991024000000", city)
            self.account = an_account(tx, county, "平安江陵(演示)", "weibo")
            a_post(tx, self.account, AT - 20 * DAY)
            a_look(tx, self.account, a_route(tx, "weibo/own"), AT - 60 * DAY, AT - 3600)
        self.store = store
        self.liaison = enrol("liaison", Role.LIAISON, f"/{root}/{city}/")
        self.own = enrol("own", Role.LIAISON, f"/{root}/{city}/{county}/")

    def asked(self, **more: object) -> Agreed:
        whole = Agreed(
            self.account,
            "停更报批",
            TODAY - timedelta(15),
            TODAY + timedelta(9),
            "某文1号",
            "系统改造",
        )
        return replace(whole, **more)  # type: ignore[arg-type]

    def agree(self, by: Person, key: str = "k", **more: object) -> int:
        sent = Sent("excuse", key)
        return excusing.agree(self.store, by, VAULT, DATA, self.asked(**more), sent)

    def outcome(self, name: str) -> str:
        """How the account is judged now by a shipped rulebook."""
        with self.store.reading() as tx:
            (found,) = facts.measure(tx, AT, 1 << 61, [self.account])
        return judge(found, book(name)).outcome.value

    def audited(self) -> list[str]:
        with self.store.reading() as tx:
            rows = tx.conn.execute(text("SELECT action FROM audit WHERE object_kind = 'excuse'"))
            return list(rows.scalars())


def book(name: str) -> Rulebook:
    page = shelf.parse(standard_sheets.presets(DATA)[name].encode(), name)
    return rulebooks.parse(page.mapping, page.sha256)


@pytest.fixture
def town(store: Store, enrol: Enrol) -> Town:
    return Town(store, enrol)


def test_agreed_silence_counts_for_the_own_standard_and_not_for_the_upper_one(town: Town) -> None:
    assert {town.outcome(each) for each in ("hubei-default", "gb2019")} == {"不合格"}
    assert town.agree(town.liaison) == town.agree(town.liaison)
    assert (town.outcome("hubei-default"), town.outcome("gb2019")) == ("正常", "不合格")
    assert town.audited() == ["登记同意停更"]
    with town.store.reading() as tx:
        found = screens.agreed(tx, town.own.scope, AT, town.account)
        jobs = tx.conn.execute(text("SELECT kind FROM job")).scalars().all()
    assert jobs == ["judge-due"]
    assert found is not None
    (row,) = found.rows
    assert (row.a, row.b) == (day_start(TODAY) - 15 * DAY, day_start(TODAY) + 10 * DAY)
    assert (row.by, row.paper, row.ended, row.withdrawn) == ("某人", "某文1号", False, False)


def test_what_was_taken_back_counts_for_nothing_but_is_remembered(town: Town) -> None:
    key = town.agree(town.liaison)
    excusing.withdraw(town.store, town.liaison, VAULT, key, "登错了账号", Sent("w", "k"))
    assert town.outcome("hubei-default") == "不合格"
    with town.store.reading() as tx:
        found = screens.agreed(tx, town.own.scope, AT, town.account)
        assert excuses.in_force(tx, town.account) == ()
    assert found is not None
    assert [each.withdrawn for each in found.rows] == [True]
    with pytest.raises(Conflict, match="已由别人办理"):
        excusing.withdraw(town.store, town.liaison, VAULT, key, "登错了账号", Sent("w", "two"))
    assert town.audited() == ["登记同意停更", "撤回停更登记"]


def test_an_early_end_keeps_the_days_that_were_agreed(town: Town) -> None:
    key = town.agree(town.liaison)
    before = town.outcome("hubei-default")
    yesterday = TODAY - timedelta(1)
    with pytest.raises(InputError, match="提前结束的日期不对"):
        excusing.end(
            town.store, town.liaison, VAULT, (key, yesterday), "已恢复更新", Sent("e", "a")
        )
    after = excusing.end(
        town.store, town.liaison, VAULT, (key, TODAY), "已恢复更新", Sent("e", "b")
    )
    assert town.outcome("hubei-default") == before
    with town.store.reading() as tx:
        (kept,) = excuses.in_force(tx, town.account)
        found = screens.agreed(tx, town.own.scope, AT, town.account)
    assert (kept.id, kept.b) == (after, day_start(TODAY) + DAY)
    assert found is not None
    assert [each.ended for each in found.rows] == [True]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "批准关停"}, "情形"),
        ({"kind": "暂停更新"}, "情形"),
        ({"kind": "出差"}, "情形"),
        ({"paper": " "}, "批准文号"),
        ({"why": "忙"}, "理由"),
        ({"until": TODAY - timedelta(16)}, "止日早于起日"),
        ({"until": TODAY + timedelta(400)}, "最多登记"),
        ({"since": TODAY - timedelta(32)}, "起日最早"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_kept(
    town: Town, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        town.agree(town.liaison, **wrong)
    assert town.audited() == []


def test_nobody_agrees_to_his_own_silence_nor_twice_to_one_day(town: Town) -> None:
    with pytest.raises(Forbidden, match="上一级"):
        town.agree(town.own)
    key = town.agree(town.liaison)
    with pytest.raises(Conflict, match="已登记过"):
        town.agree(town.liaison, "again", since=TODAY + timedelta(9), until=TODAY + timedelta(20))
    town.agree(town.liaison, "later", since=TODAY + timedelta(10), until=TODAY + timedelta(20))
    for act in (
        lambda: excusing.end(
            town.store, town.own, VAULT, (key, TODAY), "已恢复更新", Sent("e", "x")
        ),
        lambda: excusing.withdraw(town.store, town.own, VAULT, key, "登错账号", Sent("w", "x")),
    ):
        with pytest.raises(Forbidden, match="上一级"):
            act()
