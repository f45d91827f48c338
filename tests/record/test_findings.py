"""Findings: written where a conclusion became another, told once, and due when it may change."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from monitor.domain.account import State
from monitor.domain.collecting import ErrorClass, Harvest, PassOutcome
from monitor.domain.facts import CoverageRow, Facts
from monitor.domain.finding import UPDATE_RULE, Change, Finding, Judgement, Outcome
from monitor.domain.instants import DAY, OPEN, day_start
from monitor.domain.rulebook import Rulebook
from monitor.record import accounts, coverage, findings, harvests, routes, rulebooks
from monitor.record.account_days import covered, missing_days
from monitor.record.findings import Applied
from monitor.record.store import Store
from tests.record.builders import (
    INTERFACE,
    account,
    facts_of,
    post,
    registry,
    rows,
    save,
    stamp,
)

LIMIT = 14 * DAY
OWN = Rulebook("own", 1, "本厅", "本厅", date(2026, 1, 1), (), None, 1, frozenset(), False, 0, {})
UPPER = replace(OWN, name="upper", upper=True)
AS_OF = 40 * DAY


@pytest.fixture
def ids(store: Store) -> tuple[int, int]:
    with store.writing() as tx:
        return rulebooks.ensure(tx, OWN, "own"), rulebooks.ensure(tx, UPPER, "upper")


def judgement(facts: Facts, book: Rulebook, outcome: Outcome, **values: Any) -> Judgement:
    """A judgement whose update finding has this outcome; other findings by (rule, outcome)."""
    others = values.pop("others", ())
    status = values.pop("status", outcome.value)
    rules = ((UPDATE_RULE, outcome), *others)
    told = tuple(Finding(rule, 1, each, {"days": 3}, f"{rule}一句话。") for rule, each in rules)
    whole = {
        "status_max": status,
        "cutoff": None,
        "last_post_from": facts.newest_from,
        "last_post_until": facts.newest_until,
        "silence_min": 0,
        "silence_max": None,
        "grade": 4,
        "breach_at": None,
        "next_at": None,
        **values,
    }
    return Judgement(
        account_id=facts.account_id,
        rulebook=book.name,
        rulebook_version=book.version,
        as_of=facts.as_of,
        known_at=facts.known_at,
        status=status,
        outcome=outcome,
        findings=told,
        **whole,
    )


def evaluate(
    store: Store, ids: tuple[int, int], key: int, outcome: Outcome, **values: Any
) -> Applied:
    """Judge one account so under 本厅口径 (正常 under 上级口径), at a known_at after everything."""
    as_of = values.pop("as_of", AS_OF)
    facts = facts_of(store, key, as_of, values.pop("known_at", stamp(store)))
    own = judgement(facts, OWN, outcome, **values)
    return findings.apply(store, [(facts, own, judgement(facts, UPPER, Outcome.OK))], ids, LIMIT)


def told(store: Store) -> list[tuple[str, str, str]]:
    with store.reading() as tx:
        return [(c.rule, c.before, c.after) for c in findings.untold_changes(tx, 0, OPEN)]


def test_the_same_conclusion_again_writes_nothing(store: Store, ids: tuple[int, int]) -> None:
    (key,) = registry(store)
    assert evaluate(store, ids, key, Outcome.OK) == Applied(changed=2, changes=0)
    assert evaluate(store, ids, key, Outcome.OK) == Applied(changed=0, changes=0)
    assert evaluate(store, ids, key, Outcome.OK, silence_min=9) == Applied(0, 0)


def test_a_worse_class_supersedes_and_is_a_change(store: Store, ids: tuple[int, int]) -> None:
    (key,) = registry(store)
    evaluate(store, ids, key, Outcome.OK)
    worse = evaluate(store, ids, key, Outcome.FAIL, status="睡眠", breach_at=5)
    assert worse == Applied(changed=1, changes=1)
    assert told(store) == [("更新", "正常", "睡眠")]
    kept = rows(
        store,
        f"SELECT status, superseded_at = {OPEN}, evidence IS NOT NULL FROM finding"
        f" WHERE rulebook_id = {ids[0]} ORDER BY id",
    )
    assert kept == [("正常", False, True), ("睡眠", True, True)]


def test_an_account_first_found_failing_is_a_change_and_first_found_well_is_none(
    store: Store, ids: tuple[int, int]
) -> None:
    one, other = registry(store, account(), account("乙", "u2"))
    assert evaluate(store, ids, one, Outcome.FAIL, status="睡眠").changes == 1
    assert evaluate(store, ids, other, Outcome.UNDECIDED).changes == 0
    assert told(store) == [("更新", "", "睡眠")]


def test_a_new_breach_of_the_same_class_is_a_new_finding_and_no_change(
    store: Store, ids: tuple[int, int]
) -> None:
    (key,) = registry(store)
    evaluate(store, ids, key, Outcome.FAIL, breach_at=5)
    assert evaluate(store, ids, key, Outcome.FAIL, breach_at=9) == Applied(1, 0)


def test_a_rule_that_has_nothing_to_say_any_more_closes_its_finding(
    store: Store, ids: tuple[int, int]
) -> None:
    (key,) = registry(store)
    evaluate(store, ids, key, Outcome.OK, others=[("未备案", Outcome.FAIL)])
    assert evaluate(store, ids, key, Outcome.OK) == Applied(1, 1)
    assert told(store)[-1] == ("未备案", "不合格", "正常")
    evaluate(store, ids, key, Outcome.OK, others=[("未备案", Outcome.FAIL)])
    evaluate(store, ids, key, Outcome.NOT_COUNTED)
    assert told(store)[-1] == ("未备案", "不合格", "不纳入")
    still = f"SELECT rule FROM finding WHERE superseded_at = {OPEN} AND rulebook_id = {ids[0]}"
    assert rows(store, still) == [("更新",)]


def test_a_new_version_of_a_rulebook_takes_over_the_findings_of_the_old(
    store: Store, ids: tuple[int, int]
) -> None:
    (key,) = registry(store)
    evaluate(store, ids, key, Outcome.FAIL, status="睡眠")
    with store.writing() as tx:
        newer = (rulebooks.ensure(tx, replace(OWN, version=2), "own 2"), ids[1])
    assert evaluate(store, newer, key, Outcome.FAIL, status="睡眠") == Applied(1, 0)
    still = f"SELECT rulebook_id FROM finding WHERE superseded_at = {OPEN} ORDER BY rulebook_id"
    assert rows(store, still) == [(ids[1],), (newer[0],)]


def test_a_judgement_on_older_evidence_overwrites_none_on_newer(
    store: Store, ids: tuple[int, int]
) -> None:
    (key,) = registry(store)
    old = stamp(store)
    save(store, key, post("p", 50))
    evaluate(store, ids, key, Outcome.OK)
    assert evaluate(store, ids, key, Outcome.FAIL, known_at=old) == Applied(0, 0)
    assert rows(store, "SELECT outcome FROM account_day") == [("正常",)]


def test_changes_are_told_once(store: Store, ids: tuple[int, int]) -> None:
    (key,) = registry(store)
    evaluate(store, ids, key, Outcome.FAIL, status="睡眠")
    with store.writing() as tx:
        (change,) = findings.untold_changes(tx, AS_OF, AS_OF + 1)
        assert change == Change(key, "own", "更新", "", "睡眠", AS_OF, change.id)
        assert findings.untold_changes(tx, AS_OF + 1, OPEN) == []
        assert change.id is not None
        assert findings.mark_told(tx, [change.id]) == 1
        assert findings.mark_told(tx, [change.id]) == 0
        assert findings.mark_told(tx, []) == 0
    assert told(store) == []
    with store.reading() as tx:
        assert findings.changes(tx, 0, OPEN) == [change]


def test_a_problem_is_first_found_when_its_unbroken_run_began(
    store: Store, ids: tuple[int, int]
) -> None:
    (key,) = registry(store)
    evaluate(store, ids, key, Outcome.FAIL, status="内容不更新", breach_at=1)
    evaluate(store, ids, key, Outcome.OK)

    def begun() -> int:
        return stamp(store) // 1_000_000

    evaluate(store, ids, key, Outcome.FAIL, status="内容不更新", breach_at=2)
    first = begun()
    evaluate(store, ids, key, Outcome.FAIL, status="睡眠", breach_at=2)
    with store.reading() as tx:
        assert findings.first_found(tx, ids[0]) == {key: first}
        assert findings.first_found(tx, ids[1]) == {}


def due(store: Store, now: int = AS_OF) -> list[int]:
    with store.reading() as tx:
        return findings.due_accounts(tx, now)


def judged(store: Store, ids: tuple[int, int]) -> tuple[int, int]:
    """Two accounts, both judged just now, due at AS_OF + 10."""
    one, other = registry(store, account(), account("乙", "u2"))
    for key in (one, other):
        evaluate(store, ids, key, Outcome.OK, next_at=AS_OF + 10)
    return one, other


def test_accounts_are_due_at_their_time_and_when_never_judged(
    store: Store, ids: tuple[int, int]
) -> None:
    one, other = judged(store, ids)
    assert due(store, AS_OF + 9) == []
    assert due(store, AS_OF + 10) == [one, other]
    with store.writing() as tx:
        (third,) = accounts.save(tx, [replace(account("丙", "u3"), platform="weibo")])
    assert due(store) == [third]


def test_new_posts_coverage_and_answers_make_an_account_due(
    store: Store, ids: tuple[int, int]
) -> None:
    one, _ = judged(store, ids)
    harvests.save(store, Harvest(one, INTERFACE, 0, 1, PassOutcome.COMPLETE), None)
    assert due(store) == []
    saved = save(store, one, post("p", 50), covers=(0, 90))
    assert due(store) == [one]
    evaluate(store, ids, one, Outcome.OK, next_at=AS_OF + 10)
    assert due(store) == []
    with store.writing() as tx:
        assert saved.coverage_id is not None
        coverage.revoke(tx, saved.coverage_id, "复核有误")
    assert due(store) == [one]


def test_a_ceiling_makes_due_whom_the_route_covers(store: Store, ids: tuple[int, int]) -> None:
    one, other = judged(store, ids)
    save(store, other, covers=(0, 90))
    evaluate(store, ids, other, Outcome.OK, next_at=AS_OF + 10)
    assert due(store) == []
    with store.writing() as tx:
        routes.set_ceiling(tx, routes.ensure(tx, INTERFACE), 0, "暂停")
    assert due(store) == [other]
    assert one not in due(store)


def test_a_neighbour_s_closing_makes_both_due(store: Store, ids: tuple[int, int]) -> None:
    one, other = judged(store, ids)
    with store.writing() as tx:
        accounts.save(tx, [account("乙", "u2", state=State.CLOSED)])
    assert due(store) == [one, other]


def test_a_new_rulebook_makes_all_due(store: Store, ids: tuple[int, int]) -> None:
    both = judged(store, ids)
    with store.writing() as tx:
        rulebooks.ensure(tx, replace(OWN, version=2), "own 2")
    assert due(store) == [*both]


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
