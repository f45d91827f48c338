"""Due: by the calendar, or because evidence, a neighbour or a rulebook is newer."""

from dataclasses import replace

import pytest

from monitor.domain.account import State
from monitor.domain.collecting import Harvest, PassOutcome
from monitor.domain.finding import Outcome
from monitor.record import accounts, case_errors, coverage, findings, harvests, routes, rulebooks
from monitor.record.store import Store
from tests.record.builders import (
    INTERFACE,
    account,
    facts_of,
    post,
    registry,
    save,
    stamp,
)
from tests.record.judgements import AS_OF, OWN, evaluate, keep_books


@pytest.fixture
def ids(store: Store) -> tuple[int, int]:
    return keep_books(store)


def due(store: Store, now: int = AS_OF, books: tuple[int, int] | None = None) -> list[int]:
    with store.reading() as tx:
        return findings.due_accounts(tx, now, books=books)


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


def test_a_rule_that_fell_back_or_was_restored_makes_its_platform_due_and_dates_the_doubt(
    store: Store, ids: tuple[int, int]
) -> None:
    one, other = judged(store, ids)
    before = stamp(store)
    with store.writing() as tx:
        case_errors.fall_back(tx, case_errors.Rate("更新", "wechat", 10, 3))
        case_errors.fall_back(tx, case_errors.Rate("更新", "weibo", 10, 3))
    assert due(store) == [one, other]
    for key in (one, other):
        evaluate(store, ids, key, Outcome.OK, next_at=AS_OF + 10)
    assert due(store) == []
    during = stamp(store)
    with store.writing() as tx:
        row = next(each for each in case_errors.fallbacks(tx) if each.platform == "wechat")
        assert case_errors.restore(tx, row, 1, "已改正")
    assert due(store) == [one, other]
    doubted = [facts_of(store, one, AS_OF, at).doubted for at in (before, during, stamp(store))]
    assert doubted == [frozenset(), {"更新"}, frozenset()]


def test_a_neighbour_s_closing_makes_both_due(store: Store, ids: tuple[int, int]) -> None:
    one, other = judged(store, ids)
    with store.writing() as tx:
        accounts.save(tx, [account("乙", "u2", state=State.CLOSED)])
    assert due(store) == [one, other]


def test_all_are_due_once_another_rulebook_is_in_force_and_not_before(
    store: Store, ids: tuple[int, int]
) -> None:
    both = judged(store, ids)
    with store.writing() as tx:
        newer = rulebooks.ensure(tx, replace(OWN, version=2), "own 2")
    assert due(store, books=ids) == []
    assert due(store, books=(newer, ids[1])) == [*both]
    assert due(store, books=(ids[0], newer)) == [*both]
