"""试运行: no screen tells anybody outside the department what was judged; afterwards all do."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.errors import Conflict
from monitor.domain.instants import DAY
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import office_settings
from monitor.record.screens import listing, overview, scoping
from monitor.record.store import Store, open_store
from tests.conftest import NOW
from tests.filled import Filled, fill_store
from tests.kits.test_screens import QUERIES, SECOND, ask, told

VERDICTS = {"正常", "提醒", "不合格", "暂不作认定", "内容不更新", "睡眠", "僵尸", "长期停更"}
VERDICTS |= {"从未更新", "不互动无服务"}
WORDS = ("疑似", "结论为", "已静默")
UNTIL = {"until": "2026-12-23"}


@pytest.fixture(scope="module")
def trial(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Filled]]:
    path = tmp_path_factory.mktemp("trial") / "store.db"
    shutil.copy(sqlite_template, path)
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    made = fill_store(store)
    with store.writing() as tx:
        office_settings.put(tx, office_settings.TRIAL, UNTIL, None)
    yield store, made
    store.close()


def verdicts(answer: Any) -> list[str]:
    texts = [value for value in told(answer) if isinstance(value, str)]
    return [each for each in texts if each in VERDICTS or any(word in each for word in WORDS)]


def prefecture(made: Filled) -> Scope:
    return Scope(frozenset({made.paths["荆州市公安局"]}), frozenset({"交警"}))


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_trial_keeps_every_conclusion_within_the_department(
    name: str, trial: tuple[Store, Filled]
) -> None:
    store, made = trial
    query: Callable[..., Any] = QUERIES[name]
    # A page that was seen as 正常 is what a person wrote, not what was judged.
    for account in made.accounts.values():
        answer = ask(store, query, prefecture(made), account)
        assert not [each for each in verdicts(answer) if each != "正常" or "patrol" not in name]


def test_the_department_sees_everything_in_a_trial(trial: tuple[Store, Filled]) -> None:
    store, made = trial
    for name in ("listing.listing", "overview.overview", "account.concluded"):
        answer = ask(store, QUERIES[name], EVERYTHING, made.accounts["睡眠示例(演示)"])
        assert verdicts(answer), name
    root = Scope(frozenset({made.paths["湖北省公安厅"]}))
    assert verdicts(ask(store, QUERIES["listing.listing"], root, 0))


def test_accounts_stay_in_sight_and_results_come_back_the_day_after(
    trial: tuple[Store, Filled],
) -> None:
    store, made = trial
    scope = prefecture(made)
    with store.reading() as tx:
        seen = listing.listing(tx, scope, SECOND, listing.Wanted())
        assert seen.total > 3
        figures = overview.overview(tx, scope, SECOND, SECOND)
        assert (figures.filed, figures.unjudged) == (seen.total, seen.total)
        assert scoping.held(tx, scope, SECOND + 30 * DAY)
        assert not scoping.held(tx, scope, SECOND + 31 * DAY)
        assert verdicts(listing.listing(tx, scope, SECOND + 31 * DAY, listing.Wanted()))


def test_a_decision_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    with store.writing() as tx:
        assert office_settings.put(tx, office_settings.TRIAL, UNTIL, None, version=0)
        assert not office_settings.put(tx, office_settings.TRIAL, UNTIL, None)
        with pytest.raises(Conflict, match="其他人修改过"):
            office_settings.put(tx, office_settings.TRIAL, {"until": ""}, None, version=0)
        kept = office_settings.get(tx, office_settings.TRIAL)
        assert kept is not None
        assert (kept.value, kept.version) == (UNTIL, 1)
