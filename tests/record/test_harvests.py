"""Harvests: many posts go in by chunks, a file once, and coverage only where it is proven."""

from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.collecting import ErrorClass, Harvest, PassOutcome
from monitor.domain.errors import Explained
from monitor.domain.loading import LoadedAccount, LoadedFile
from monitor.domain.numbers import AccountNumbers, AccountObservation
from monitor.domain.service import Function, SeenService
from monitor.record import harvests
from monitor.record.harvests import FileSaved
from monitor.record.store import Store
from tests.record.builders import EXPORT, INTERFACE, account, facts_of, post, registry, rows, save

FILE = LoadedFile("a.csv", "0" * 64, "universal", "wechat", (), complete=True, grade=3)
COVERED = "SELECT a, b, grade FROM coverage ORDER BY account_id"


def take(
    store: Store,
    key: int,
    said: LoadedAccount,
    covers: tuple[int, int] | None = None,
    **file: Any,
) -> FileSaved:
    return harvests.save_file(store, replace(FILE, **file), {key: said}, EXPORT, covers, 9_000_000)


def said(*posts: object, **values: object) -> LoadedAccount:
    return LoadedAccount("wechat", "u1", "甲", posts=posts, **values)  # type: ignore[arg-type]


def test_more_posts_than_one_transaction_takes_all_go_in(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvests, "AT_ONCE", 3)
    (key,) = registry(store)
    saved = save(store, key, *(post(f"p{n}", n, reads=n) for n in range(8)), covers=(0, 100))
    assert (saved.new_posts, saved.observations) == (8, 8)
    assert rows(store, "SELECT count(DISTINCT recorded_at) FROM post") == [(3,)]
    assert rows(
        store, "SELECT max(p.recorded_at) <= max(c.recorded_at) FROM post p, coverage c"
    ) in (
        [(1,)],
        [(True,)],
    )


def test_a_failed_pass_leaves_its_cause_in_chinese(store: Store) -> None:
    (key,) = registry(store)
    cause = Explained("凭证已失效", "微信", "请重新扫码授权")
    failed = Harvest(
        key, INTERFACE, 5, 6, PassOutcome.FAILED, error=ErrorClass.REAUTHORISE, cause=cause
    )
    harvests.save(store, failed, None)
    told = rows(store, "SELECT outcome, error_class, cause, remedy FROM pass")
    assert told == [("失败", "需重新授权", "凭证已失效", "请重新扫码授权")]


def test_services_a_pass_saw_are_facts(store: Store) -> None:
    (key,) = registry(store)
    answer = SeenService(Function.COMMENTS, works=True, checked_at=50, measured=True)
    save(store, key, services=(answer,))
    (service,) = facts_of(store, key, 50).services
    assert (service.function, service.works, service.checked_at) == (Function.COMMENTS, True, 50)
    assert facts_of(store, key, 49).services == ()


def test_the_same_file_twice_is_one_import(store: Store) -> None:
    (key,) = registry(store)
    first = take(store, key, said(post("p", 50, reads=1)), (0, 100))
    assert (first.already, first.new_posts, first.observations, first.covered) == (False, 1, 1, 1)
    again = take(store, key, said(post("q", 60)), (0, 100))
    assert again == FileSaved(already=True)
    assert rows(store, "SELECT count(*) FROM post") == [(1,)]
    assert rows(store, "SELECT name, covers_a, covers_b FROM import") == [("a.csv", 0, 100)]


def test_a_complete_file_proves_what_it_was_said_to_cover_with_its_own_grade(store: Store) -> None:
    (key,) = registry(store)
    take(store, key, said(post("p", 50)), (0, 100))
    assert rows(store, COVERED) == [(0, 100, 3)]


def test_else_from_after_its_oldest_row_to_before_its_newest(store: Store) -> None:
    (key,) = registry(store)
    take(store, key, said(post("new", 500, 599), post("old", 0, 99), post("mid", 300)))
    assert rows(store, COVERED) == [(100, 500, 3)]


def test_one_row_proves_nothing_and_somebody_looked(store: Store) -> None:
    (key,) = registry(store)
    take(store, key, said(post("only", 0, 99)))
    assert rows(store, COVERED) == [(0, 0, 3)]


@pytest.mark.parametrize("covers", [None, (0, 100)])
def test_a_file_that_is_not_complete_proves_nothing_and_its_posts_count(
    store: Store, covers: tuple[int, int] | None
) -> None:
    (key,) = registry(store)
    take(store, key, said(post("a", 10), post("b", 90)), covers, complete=False)
    assert rows(store, COVERED) == []
    assert facts_of(store, key, 100).newest_from == 90


def test_a_file_proves_nothing_of_the_time_after_it_was_taken_in(store: Store) -> None:
    (key,) = registry(store)
    take(store, key, said(), (0, 99_000_000))
    assert rows(store, COVERED) == [(0, 9_000_000, 3)]


def test_a_file_of_two_accounts_covers_each_by_its_own_rows(store: Store) -> None:
    one, other = registry(store, account(), account("乙", "u2"))
    accounts = {
        one: said(post("a", 10), post("b", 90)),
        other: said(
            post("a", 1_000),
            post("b", 2_000),
            observations=(AccountObservation(50, AccountNumbers(followers=3), "累计"),),
        ),
    }
    saved = harvests.save_file(store, FILE, accounts, EXPORT, None, 9_000_000)
    assert (saved.new_posts, saved.observations, saved.covered) == (4, 1, 2)
    assert rows(store, COVERED) == [(11, 90, 3), (1_001, 2_000, 3)]
