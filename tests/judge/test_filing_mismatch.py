"""备案与平台状态不一致, both ways: what is on paper against who posted, looked or was told."""

from dataclasses import replace

import pytest

from monitor.domain.account import Kind, State
from monitor.domain.facts import CoverageRow, Facts, Presence
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, OPEN
from monitor.domain.numbers import Provenance
from tests.judge.evidence import standing
from tests.judge.shelf import NOW, of
from tests.judge.test_rules import healthy, outcome, own

NAME = "备案与平台状态不一致"


def test_a_closed_account_that_posts_is_pointed_out() -> None:
    def closed(days: int, **changes: object) -> Facts:
        since = standing(valid_from=NOW - days * DAY, valid_until=OPEN, state=State.CLOSED)
        return healthy(standings=(replace(since, **changes),))  # type: ignore[arg-type]

    found = own(closed(3))
    assert found.outcome is Outcome.NOT_COUNTED
    assert of(found, NAME) == (
        "提醒",
        "台账状态为已关停,但2026年11月22日00:00仍有作品(鄂政办发〔2021〕11号,省级规定)。",
    )
    assert outcome(closed(3, kind=Kind.PERSONAL), NAME) is None


def test_the_day_of_the_closure_proves_nothing() -> None:
    closed = standing(valid_from=NOW - DAY - 3600, valid_until=OPEN, state=State.CLOSED)
    assert outcome(healthy(standings=(closed,)), NAME) is None


def test_a_removed_account_still_filed_is_pointed_out() -> None:
    gone = standing(state=State.REMOVED, filed=True)
    assert outcome(healthy(standings=(gone,)), NAME) == "提醒"
    assert outcome(healthy(standings=(replace(gone, filed=False),)), NAME) is None


def seen(said: str, days: int = 3, *, stands: bool = False) -> Presence:
    return Presence(NOW - days * DAY, stands, said, Provenance.PATROL, 3)


def test_an_account_in_use_whose_page_is_gone_is_pointed_out_by_who_saw_it() -> None:
    nothing = {"coverage": (), "newest_from": NOW - 9 * DAY}
    found = of(own(healthy(presence=seen("已注销"), **nothing)), NAME)
    assert found == (
        "提醒",
        "台账状态为在用、已备案,但2026年11月20日00:00巡查见已注销,"
        "请核对账号ID、是否已注销和备案(鄂政办发〔2021〕11号,省级规定)。",
    )
    told = replace(seen("查无此账号"), source=Provenance.INTERFACE)
    told_by = of(own(healthy(presence=told, **nothing)), NAME)
    assert told_by is not None
    assert "接口返回查无此账号" in told_by[1]
    lost = standing(state=State.LOST, filed=None)
    kept = of(own(healthy(presence=seen("搜不到"), standings=(lost,), **nothing)), NAME)
    assert kept is not None
    assert kept[1].startswith("台账状态为失管待找回,但")


@pytest.mark.parametrize(
    "changes",
    [
        {"newest_from": NOW - 3 * DAY},
        {"coverage": (CoverageRow(NOW - 9 * DAY, NOW - 3 * DAY + 1, 3, 100, NOW),)},
        {"presence": seen("正常", stands=True)},
        {"presence": None},
        {"standings": (standing(state=State.CLOSING),)},
        {"standings": (standing(state=State.ANNOUNCED),)},
        {"standings": (standing(kind=Kind.PERSONAL),)},
    ],
)
def test_a_page_that_was_read_since_or_is_about_to_close_is_no_contradiction(
    changes: dict[str, object],
) -> None:
    gone = {"coverage": (), "newest_from": NOW - 9 * DAY, "presence": seen("搜不到")}
    assert outcome(healthy(**gone), NAME) == "提醒"
    assert outcome(healthy(**gone | changes), NAME) is None


def test_a_removed_account_whose_page_was_seen_since_is_pointed_out() -> None:
    since = standing(state=State.REMOVED, valid_from=NOW - 5 * DAY, filed=False)
    there = {"presence": seen("正常", stands=True), "newest_from": NOW - 9 * DAY}
    found = of(own(healthy(standings=(since,), **there)), NAME)
    assert found is not None
    assert "台账状态为已注销,但2026年11月20日00:00巡查见账号仍在" in found[1]
    closed = replace(since, state=State.CLOSED)
    assert outcome(healthy(standings=(closed,), **there), NAME) is None
    same_day = replace(since, valid_from=NOW - 3 * DAY - 3600)
    assert outcome(healthy(standings=(same_day,), **there), NAME) is None
