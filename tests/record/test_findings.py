"""Findings: written where a conclusion became another, told once, open since their first day."""

from dataclasses import replace

import pytest

from monitor.domain.finding import Change, Outcome
from monitor.domain.instants import OPEN
from monitor.record import coverage, findings, rulebooks
from monitor.record.findings import Applied
from monitor.record.store import Store
from tests.record.builders import account, post, registry, rows, save, stamp
from tests.record.judgements import AS_OF, OWN, evaluate, keep_books


@pytest.fixture
def ids(store: Store) -> tuple[int, int]:
    return keep_books(store)


def told(store: Store) -> list[tuple[str, str, str]]:
    with store.reading() as tx:
        return [(c.rule, c.before, c.after) for c in findings.untold_changes(tx, 0, OPEN)]


def amended(store: Store) -> list[bool]:
    return [bool(row[0]) for row in rows(store, "SELECT amends FROM change ORDER BY id")]


def test_a_conclusion_that_stood_on_withdrawn_coverage_is_amended(
    store: Store, ids: tuple[int, int]
) -> None:
    (key,) = registry(store)
    saved = save(store, key, post("p", 10), covers=(0, 90))
    evaluate(store, ids, key, Outcome.FAIL, status="睡眠", cutoff=90)
    assert saved.coverage_id is not None
    with store.writing() as tx:
        coverage.revoke(tx, saved.coverage_id, "复核有误")
    evaluate(store, ids, key, Outcome.UNDECIDED)
    assert amended(store) == [False, True]


def test_a_conclusion_that_missed_a_post_is_amended_and_a_later_post_is_an_event(
    store: Store, ids: tuple[int, int]
) -> None:
    one, other = registry(store, account(), account("乙", "u2"))
    for key in (one, other):
        save(store, key, post("p", 10), covers=(0, 90))
        evaluate(store, ids, key, Outcome.FAIL, status="睡眠", cutoff=90)
    save(store, one, post("missed", 50))
    save(store, other, post("after", 95))
    for key in (one, other):
        evaluate(store, ids, key, Outcome.OK)
    assert amended(store) == [False, False, True, False]


def test_coverage_withdrawn_that_ends_before_the_cutoff_amends_nothing(
    store: Store, ids: tuple[int, int]
) -> None:
    (key,) = registry(store)
    saved = save(store, key, post("p", 10), covers=(0, 50))
    save(store, key, covers=(0, 90))
    evaluate(store, ids, key, Outcome.FAIL, status="睡眠", cutoff=90)
    assert saved.coverage_id is not None
    with store.writing() as tx:
        coverage.revoke(tx, saved.coverage_id, "复核有误")
    evaluate(store, ids, key, Outcome.OK)
    assert amended(store) == [False, False]


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
