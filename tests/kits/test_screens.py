"""Every query a screen may ask: nothing without a scope, and with one only what is its own."""

import dataclasses
import inspect
import shutil
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from monitor.domain.officer import Joining, Standing
from monitor.domain.scope import EVERYTHING, NOTHING, Scope
from monitor.record import officers, screens
from monitor.record.store import Store, open_store
from tests.builders import a_day
from tests.conftest import NOW
from tests.filled import Filled, fill_store
from tests.kits import matrix

SECOND = int(NOW.timestamp())
OWN = "荆州市"
PERSONAL = "民警个人示例(演示)"


QUERIES = {
    name: each for name, each in matrix.queries(screens).items() if not name.startswith("scoping.")
}


def arguments(query: Callable[..., Any], account: int) -> dict[str, Any]:
    """What a query is to be called with, by what its parameters are named for."""
    given = {"now": SECOND, "since": SECOND - 86_400, "account_id": account, "person_id": 1}
    given |= {
        "proposal_id": account,
        "week": "2026-W47",
        "draft_id": account,
        "assessment_id": account,
    }
    names = inspect.signature(query).parameters
    if "wanted" in names:
        given["wanted"] = typing.get_type_hints(query)["wanted"]()
    return {name: given[name] for name in names if name in given}


def ask(store: Store, query: Callable[..., Any], scope: Scope, account: int) -> Any:
    """Call it within a scope."""
    with store.reading() as tx:
        return query(tx, scope, **arguments(query, account))


def told(answer: Any) -> list[Any]:
    """All plain values in an answer, however deep."""
    if isinstance(answer, pd.DataFrame):
        return [value for row in answer.to_dict("records") for value in row.values()]
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        each = [getattr(answer, field.name) for field in dataclasses.fields(answer)]
        return [value for part in each for value in told(part)]
    if isinstance(answer, dict):
        return [value for pair in answer.items() for part in pair for value in told(part)]
    if isinstance(answer, (tuple, list)):
        return [value for part in answer for value in told(part)]
    return [answer]


def test_the_kit_finds_the_queries() -> None:
    assert {"overview.overview", "listing.listing", "account.identity"} <= set(QUERIES)
    assert len(QUERIES) >= 13


def a_filled(template: Path, folder: Path) -> tuple[Store, Filled]:
    """A filled store of its own."""
    path = folder / "store.db"
    shutil.copy(template, path)
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    made = fill_store(store)
    matrix.enter_cases(store, made)
    return store, made


@pytest.fixture(scope="module")
def filled(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Filled]]:
    """One filled store for the whole kit: queries only read."""
    store, made = a_filled(sqlite_template, tmp_path_factory.mktemp("screens"))
    yield store, made
    store.close()


@pytest.fixture(scope="module")
def joined(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Filled]]:
    """The same, but the officer's account has both papers, and looks as bad as one can."""
    store, made = a_filled(sqlite_template, tmp_path_factory.mktemp("joined"))
    papers = Joining(Standing.JOINED, SECOND + 86_400, SECOND + 86_400)
    with store.writing() as tx:
        officers.put(tx, made.accounts[PERSONAL], papers)
        a_day(tx, made.accounts[PERSONAL], outcome="不合格", status="僵尸", coverage_30d=0.0)
    yield store, made
    store.close()


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_an_empty_scope_is_told_nothing(name: str, filled: tuple[Store, Filled]) -> None:
    store, made = filled
    for account in (made.accounts["从未更新示例(演示)"], made.accounts["睡眠示例(演示)"]):
        answer = ask(store, QUERIES[name], NOTHING, account)
        assert not [value for value in told(answer) if value]


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_prefecture_is_told_of_its_own_accounts_only(
    name: str, filled: tuple[Store, Filled]
) -> None:
    store, made = filled
    scope = Scope(frozenset({made.paths[f"{OWN}公安局"]}))
    foreign = {account for label, account in made.accounts.items() if not own(label, made)}
    names = {label for label, account in made.accounts.items() if account in foreign}
    by_account = "account_id" in inspect.signature(QUERIES[name]).parameters
    for account in sorted(foreign)[: None if by_account else 1]:
        answer = ask(store, QUERIES[name], scope, account)
        values = [value for value in told(answer) if isinstance(value, str)]
        assert not names & set(values)
        assert not {"武汉市", "宜昌市"} & set(values)


@pytest.mark.parametrize("name", sorted(set(QUERIES) - {"officers.officers"}))
def test_an_officers_account_without_valid_papers_is_told_of_nowhere_but_in_the_register(
    name: str, filled: tuple[Store, Filled]
) -> None:
    store, made = filled
    account = made.accounts[PERSONAL]
    answer = ask(store, QUERIES[name], EVERYTHING, account)
    assert PERSONAL not in [value for value in told(answer) if isinstance(value, str)]
    if "account_id" in inspect.signature(QUERIES[name]).parameters:
        assert not [value for value in told(answer) if value]


def test_an_officers_account_with_both_papers_changes_no_figure_and_no_list(
    filled: tuple[Store, Filled], joined: tuple[Store, Filled]
) -> None:
    changed = []
    for name in sorted(set(QUERIES) - {"officers.officers", "volunteering.candidates"}):
        without, having = (
            told(ask(store, QUERIES[name], EVERYTHING, made.accounts["从未更新示例(演示)"]))
            for store, made in (filled, joined)
        )
        assert PERSONAL not in having
        if repr(without) != repr(having):
            changed.append(name)
    assert changed == []


def own(label: str, made: Filled) -> bool:
    """Whether an account of the filled store stands in the prefecture, by the other way round:
    the prefix of its unit's path as Python sees it."""
    return made.homes[label].startswith(made.paths[f"{OWN}公安局"])
