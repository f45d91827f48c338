"""账号日报: the newest judgement with its figures, and why nothing could be told."""

from datetime import date

import pytest

from monitor.domain.collecting import ErrorClass, Harvest, PassOutcome
from monitor.domain.facts import CoverageRow, Facts
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, day_start
from monitor.record import harvests
from monitor.record.account_days import covered, missing_days
from monitor.record.store import Store
from tests.record.builders import INTERFACE, post, registry, rows, save
from tests.record.judgements import AS_OF, evaluate, keep_books


@pytest.fixture
def ids(store: Store) -> tuple[int, int]:
    return keep_books(store)


def test_account_day_holds_the_newest_judgement_with_its_figures(
    store: Store, ids: tuple[int, int]
) -> None:
    (key,) = registry(store)
    save(store, key, post("p", AS_OF - 20 * DAY), covers=(AS_OF - 15 * DAY, AS_OF))
    evaluate(store, ids, key, Outcome.OK)
    evaluate(
        store,
        ids,
        key,
        Outcome.FAIL,
        status="内容不更新",
        cutoff=AS_OF,
        others=[("未备案", Outcome.FAIL), ("多头", Outcome.HINT)],
    )
    columns = "status, upper_status, problems, sentence, source, grade, coverage_30d, overdue_s"
    assert rows(store, f"SELECT {columns}, cause FROM account_day") == [
        (
            "内容不更新",
            "正常",
            "内容不更新、未备案",
            "更新一句话。",
            "接口采集",
            4,
            0.5,
            6 * DAY,
            "",
        )
    ]


def test_account_day_says_why_nothing_could_be_told(store: Store, ids: tuple[int, int]) -> None:
    (key,) = registry(store)
    failed = Harvest(key, INTERFACE, 5, 6, PassOutcome.FAILED, error=ErrorClass.REAUTHORISE)
    harvests.save(store, failed, None)
    gap = (day_start(date(2026, 11, 3)), day_start(date(2026, 11, 9)))
    evaluate(store, ids, key, Outcome.UNDECIDED, missing=(gap,))
    assert rows(store, "SELECT cause, mender, remedy, missing FROM account_day") == [
        ("授权过期或失效", "单位:账号管理员", "重新扫码授权", "2026-11-03..2026-11-08")
    ]


def test_completeness_is_the_share_of_thirty_days_that_is_sufficiently_covered() -> None:
    facts = Facts(
        1,
        AS_OF,
        0,
        0,
        (),
        coverage=(
            CoverageRow(AS_OF - 60 * DAY, AS_OF - 24 * DAY, 4, 0, 0),
            CoverageRow(AS_OF - 25 * DAY, AS_OF - 21 * DAY, 2, 0, 0),
            CoverageRow(AS_OF - 3 * DAY, AS_OF + 9 * DAY, 1, 0, 0),
        ),
    )
    assert covered(facts, 2) == 9 / 30
    assert covered(facts, 1) == 12 / 30


def test_of_many_uncovered_stretches_the_newest_are_named() -> None:
    start = day_start(date(2026, 1, 1))
    stretches = [(start + n * 2 * DAY, start + (n * 2 + 1) * DAY) for n in range(20)]
    named = missing_days(stretches).split(",")
    assert len(named) == 12
    assert named[-1] == "2026-02-08..2026-02-08"
