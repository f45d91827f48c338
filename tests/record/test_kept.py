"""What is kept beside the evidence: rulebooks, credentials, services, targets, what is listed."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.account import Account, Kind, State
from monitor.domain.collecting import Known, Route
from monitor.domain.errors import Conflict
from monitor.domain.instants import day_end, day_start
from monitor.domain.numbers import Provenance
from monitor.domain.rulebook import Rulebook
from monitor.domain.scope import EVERYTHING, NOTHING, Scope
from monitor.domain.service import Function, SeenService
from monitor.record import accounts, credentials, rulebooks, services
from monitor.record.store import Store
from tests.record.builders import (
    COUNTY,
    EXPORT,
    INTERFACE,
    LATEST,
    ROOT,
    account,
    post,
    registry,
    rows,
    save,
    stamp,
)

WEIBO = Route("weibo", "own", Provenance.INTERFACE, grade=4, fresh_hours=26)

BOOK = Rulebook("b", 1, "试行", "本厅", date(2026, 1, 1), (), None, 1, frozenset(), False, 0, {})
DAYS = [date(2026, 11, day) for day in range(1, 6)]


def test_a_version_of_a_rulebook_is_kept_once_and_its_text_cannot_change(store: Store) -> None:
    with store.writing() as tx:
        first = rulebooks.ensure(tx, BOOK, "limit: 14")
        assert rulebooks.ensure(tx, BOOK, "limit: 14") == first
        assert rulebooks.ensure(tx, replace(BOOK, version=2), "limit: 15") != first
    with pytest.raises(Conflict, match="version 加一"), store.writing() as tx:
        rulebooks.ensure(tx, BOOK, "limit: 15")


def test_keys_are_replaced_marked_and_removed(store: Store) -> None:
    with store.writing() as tx:
        credentials.put(tx, "wechat", 0, b"all", None)
        credentials.put(tx, "wechat", 5, b"one", 99)
        credentials.mark(tx, "wechat", 5, "已失效")
        credentials.put(tx, "wechat", 5, b"two", None)
        assert credentials.all_sealed(tx, "wechat") == {0: b"all", 5: b"two"}
        assert credentials.all_sealed(tx, "weibo") == {}
        assert credentials.remove(tx, "wechat", 5)
        assert not credentials.remove(tx, "wechat", 5)
    assert rows(store, "SELECT state FROM credential") == [("有效",)]


def answer(works: bool | None, at: int) -> SeenService:
    return SeenService(Function.MESSAGES, works, at, measured=True)


def test_an_answer_is_written_when_it_changes_or_has_aged_a_week(store: Store) -> None:
    (key,) = registry(store)
    written = []
    for works, at in ((True, 0), (True, 600_000), (True, 604_800), (False, 604_900), (False, 5)):
        with store.writing() as tx:
            written.append(services.merge(tx, key, [answer(works, at)], Provenance.INTERFACE))
    assert written == [1, 0, 1, 1, 1]


def test_targets_are_official_accounts_with_an_id_in_a_state_an_interface_may_read(
    store: Store,
) -> None:
    registry(
        store,
        account("甲", "u1"),
        account("乙", None),
        account("丙", "u3", kind=Kind.PERSONAL),
        account("丁", "u4", state=State.CLOSED),
        account("戊", "u5", state=State.UNCHECKED),
        Account("weibo", "己", COUNTY.code, uid="w1"),
    )
    with store.reading() as tx:
        ids = accounts.order(tx, INTERFACE, 0)
        assert [each.name for each in accounts.targets(tx, INTERFACE, ids)] == ["甲", "戊"]
        ids = accounts.order(tx, WEIBO, 0)
        assert [each.name for each in accounts.targets(tx, WEIBO, ids)] == ["己"]
        (one,) = accounts.targets(tx, INTERFACE, [5])
    assert (one.name, one.known, dict(one.secrets)) == ("戊", Known(), {})


def test_a_target_goes_on_from_the_first_hole_and_skips_days_that_are_final(store: Store) -> None:
    (key,) = registry(store)
    first, last = day_start(DAYS[0]), day_end(DAYS[-1]) + 1
    done = post("final", day_start(DAYS[1]) + 5, reads=3, final=True, observed_at=last)
    moving = post("moving", day_start(DAYS[2]) + 5, reads=3, observed_at=last)
    save(store, key, done, moving, covers=(first, last))
    save(store, key, covers=(last + 50, last + 99), route=EXPORT)
    save(store, key, covers=(last + 60, last + 90))
    with store.reading() as tx:
        (target,) = accounts.targets(tx, INTERFACE, [key])
    assert target.known.covered_until == last
    assert target.known.newest_post == day_start(DAYS[2]) + 5
    wanted = {day.isoformat() for day in DAYS} - {DAYS[2].isoformat()}
    assert target.known.final_days == wanted


def listed(store: Store, scope: Scope, known_at: int = LATEST, as_of: int = 1_000) -> list[str]:
    with store.reading() as tx:
        return [each.account.name for each in accounts.registered(tx, scope, as_of, known_at)]


def test_a_scope_lists_its_sub_trees_and_its_lines_and_an_empty_one_nothing(store: Store) -> None:
    registry(
        store,
        account("县"),
        replace(account("厅", "u2"), unit_code=ROOT.code),
        replace(account("厅交警", "u3", line="交警"), unit_code=ROOT.code),
    )
    county = Scope(paths=frozenset({"/1/2/"}))
    assert listed(store, EVERYTHING) == ["县", "厅", "厅交警"]
    assert listed(store, county) == ["县"]
    assert listed(store, Scope(lines=frozenset({"交警"}))) == ["厅交警"]
    assert listed(store, county.united(Scope(lines=frozenset({"交警"})))) == ["县", "厅交警"]
    assert listed(store, NOTHING) == []


def test_an_account_is_listed_as_it_was_known_with_its_newest_post(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("a", 100, title="旧", url="https://a.example/1"), covers=(0, 150))
    before = stamp(store)
    save(store, key, post("b", 200, title="新"), post("c", 5_000, title="后"), route=EXPORT)
    with store.writing() as tx:
        accounts.save(tx, [account("改名")])
    with store.reading() as tx:
        (old,) = accounts.registered(tx, EVERYTHING, 1_000, before)
        (new,) = accounts.registered(tx, EVERYTHING, 1_000, LATEST, [key])
        assert accounts.registered(tx, EVERYTHING, 1_000, LATEST, []) == []
    assert (old.account.name, old.last_title, old.last_url) == ("甲", "旧", "https://a.example/1")
    assert (old.source, old.posts_30d) == ("接口采集", 1)
    assert (new.account.name, new.last_title, new.posts_30d) == ("改名", "新", 2)
    assert new.unit.name == "江陵县公安局"
