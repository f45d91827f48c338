"""认定差错率: what people overturned is counted, and a rule that errs too often becomes a hint."""

from fractions import Fraction

import pytest

from monitor.actions import case_trust
from monitor.actions.case_opening import Verdict
from monitor.actions.case_trust import Restoring
from monitor.actions.sending import Sent
from monitor.domain.case import Move, Reason
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.scope import EVERYTHING
from monitor.record import case_errors
from monitor.record.screens import case_errors as screen
from monitor.runs import case_book
from monitor.runs import case_errors as run_errors
from monitor.runs.parts import Parts
from tests.actions.conftest import enrol
from tests.actions.test_casework import Four, four
from tests.builders import a_day, a_finding, an_account
from tests.conftest import StandingClock
from tests.service.parts import some_parts

__all__ = ["enrol", "four"]


@pytest.fixture
def parts(four: Four, clock: StandingClock) -> Parts:
    return some_parts(four.store, clock)


def many(four: Four, number: int, platform: str = "weibo") -> list[int]:
    """So many silent accounts of the county."""
    with four.store.writing() as tx:
        row = tx.conn.exec_driver_sql("SELECT id FROM unit ORDER BY id DESC").first()
        book = tx.conn.exec_driver_sql("SELECT min(id), max(id) FROM rulebook").one()
        found = []
        assert row is not None
        there = tx.conn.exec_driver_sql("SELECT count(*) FROM account").scalar()
        for each in range(number):
            account = an_account(tx, row[0], f"静默{there}-{each}(演示)", platform)
            keys = {"rulebook_id": book[0], "upper_rulebook_id": book[1]}
            a_day(tx, account, "睡眠", "不合格", sentence="已40天未更新", **keys)
            a_finding(tx, account, book[0], status="睡眠", sentence="已40天未更新")
            found.append(account)
    return found


def judge(four: Four, accounts: list[int], wrong: int, reason: Reason = Reason.MISREAD) -> None:
    """So many 不属实, the others 属实."""
    if wrong:
        verdict = Verdict(Move.DISMISS, "不是", reason)
        four.open(*accounts[:wrong], verdict=verdict, key=f"no{accounts[0]}{reason}")
    if accounts[wrong:]:
        four.open(*accounts[wrong:], verdict=Verdict(Move.CONFIRM), key=f"yes{accounts[0]}")


def run(parts: Parts) -> int:
    report = run_errors.run(parts)
    assert report is not None
    return report.counts["退为提示"]


def test_a_rule_that_errs_too_often_is_a_hint_on_that_platform_until_it_is_restored(
    four: Four, parts: Parts, clock: StandingClock
) -> None:
    judge(four, many(four, 9), 2)
    assert run(parts) == 0, "nine are too few"
    judge(four, many(four, 10, "douyin"), 1)
    assert run(parts) == 0, "one of ten is not too often"
    judge(four, many(four, 1), 1)
    assert run(parts) == 1, "three of ten"
    assert run(parts) == 0
    with pytest.raises(InputError, match="没有需要核实的问题"):
        four.open(*many(four, 1), key="hint")
    four.open(*many(four, 1, "douyin"), key="elsewhere")
    with four.store.reading() as tx:
        (row,) = case_errors.fallbacks(tx)
        now = int(clock().timestamp())
        told = screen.errors(tx, EVERYTHING, now, case_book.rules(parts))
    assert (row.rule, row.platform, row.verified, row.overturned) == ("更新", "weibo", 10, 3)
    assert [Fraction(each.overturned, each.verified) for each in told.rates] == [
        Fraction(3, 10),
        Fraction(1, 10),
    ]
    clock.move(hours=1)
    asked = Restoring((row.id, row.version), "接口字段已改正")
    with pytest.raises(Forbidden):
        case_trust.restore(four.store, four.people["editor"], asked, Sent("r", "1"))
    case_trust.restore(four.store, four.people["head"], asked, Sent("r", "2"))
    with pytest.raises(Conflict):
        case_trust.restore(four.store, four.people["head"], asked, Sent("r", "3"))
    assert run(parts) == 0, "it is counted anew"
    four.open(*many(four, 1), key="again")


def test_reasons_that_blame_nobody_and_old_or_manual_ones_do_not_count(
    four: Four, parts: Parts, clock: StandingClock
) -> None:
    accounts = many(four, 12)
    judge(four, accounts, 12, Reason.PAUSED)
    with four.store.reading() as tx:
        rules = case_book.rules(parts)
        (rate,) = case_errors.rates(tx, 0, rules.reasons)
    assert (rate.verified, rate.overturned) == (12, 0)
    assert run(parts) == 0
    clock.move(days=91)
    with four.store.reading() as tx:
        since = int(clock().timestamp()) - 90 * DAY
        assert case_errors.rates(tx, since, rules.reasons) == ()
