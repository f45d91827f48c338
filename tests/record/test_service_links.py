"""What accounts offer is entered, asked in turn, and weighed into what their functions are."""

from dataclasses import replace

from monitor.domain.account import State
from monitor.domain.facts import Service
from monitor.domain.instants import DAY, HOUR
from monitor.domain.service import Function, SeenService
from monitor.domain.service_link import Answer, Offered, Probe, ServiceLink, Where
from monitor.record import accounts, harvests, ledger_links, service_links
from monitor.record.store import Store
from tests.record.builders import account, facts_of, harvest, registry

NOON = 1_795_320_000
MENU = (Offered("办事/户政", "https://a.test/1"), Offered("办事/车管", "https://a.test/2"))
SEEN = tuple(
    SeenService(each, works=True, checked_at=NOON, measured=True, detail="读到")
    for each in (Function.SERVICE_MENU, Function.SERVICE_LINK)
)


def read_menu(store: Store, key: int, at: int, menu: tuple[Offered, ...] = MENU) -> None:
    services = tuple(replace(each, checked_at=at) for each in SEEN)
    passed = replace(harvest(key), started_at=at, ended_at=at, offers=menu, services=services)
    harvests.save(store, passed, None)


def due(store: Store, before: int = 1 << 40) -> list[ServiceLink]:
    with store.reading() as tx:
        return service_links.due(tx, NOON + 90 * DAY, before, 10)


def fail(store: Store, links: list[ServiceLink], *days: int) -> None:
    for day in days:
        links = [
            each.after(Probe(Answer.FAILS, 404, "返回状态404"), NOON + day * DAY) for each in links
        ]
        with store.writing() as tx:
            service_links.fared(tx, links)


def services(store: Store, key: int, at: int) -> dict[Function, Service]:
    return {each.function: each for each in facts_of(store, key, at).services}


def test_a_menu_is_entered_once_and_what_it_offers_no_more_is_dropped(store: Store) -> None:
    (key,) = registry(store)
    read_menu(store, key, NOON)
    read_menu(store, key, NOON + HOUR)
    assert [each.name for each in due(store)] == ["办事/户政", "办事/车管"]
    read_menu(store, key, NOON + DAY, (*MENU[1:], Offered("办事/咨询电话")))
    assert [each.name for each in due(store)] == ["办事/车管"]
    read_menu(store, key, NOON + 2 * DAY)
    assert len(due(store)) == 2
    fail(store, due(store)[:1], 1)
    assert [each.name for each in due(store)] == ["办事/车管", "办事/户政"]
    assert [each.name for each in due(store, NOON + DAY)] == ["办事/车管"]


def test_a_menu_whose_links_are_all_dead_works_no_more_though_it_is_read_again(
    store: Store,
) -> None:
    (key,) = registry(store)
    read_menu(store, key, NOON)
    one, other = due(store)
    fail(store, [one], 1, 2)
    read_menu(store, key, NOON + 3 * DAY)
    half = services(store, key, NOON + 4 * DAY)
    assert [half[each].works for each in (Function.SERVICE_MENU, Function.SERVICE_LINK)] == [
        True
    ] * 2
    assert half[Function.SERVICE_LINK].detail == (
        "办事/户政(自2026-11-23起打不开,返回状态404)、办事/车管"
    )
    fail(store, [other], 1, 2)
    read_menu(store, key, NOON + 5 * DAY)
    dead = services(store, key, NOON + 6 * DAY)
    assert [each.works for each in dead.values()] == [False, False]
    read_menu(store, key, NOON + 7 * DAY, (*MENU, Offered("办事/咨询电话")))
    there = services(store, key, NOON + 8 * DAY)
    assert there[Function.SERVICE_MENU].works
    assert not there[Function.SERVICE_LINK].works


def test_only_accounts_that_still_serve_somebody_are_asked(store: Store) -> None:
    first, closed = registry(store, account(), account("乙", "u2", state=State.CLOSED))
    for key in (first, closed):
        read_menu(store, key, NOON)
    assert {each.account_id for each in due(store)} == {first}


def test_addresses_typed_into_the_ledger_are_asked_until_they_are_taken_out(store: Store) -> None:
    told = {"服务功能": "办事链接 https://a.test/x?y=1,户政:http://b.test。"}
    (key,) = registry(store, account(details=told))
    with store.writing() as tx:
        ledger_links.take(tx, NOON)
    assert [(each.where, each.url) for each in due(store)] == [
        (Where.LEDGER, "https://a.test/x?y=1"),
        (Where.LEDGER, "http://b.test"),
    ]
    with store.writing() as tx:
        kept = accounts.by_id(tx, key)
        assert kept is not None
        accounts.save(tx, [replace(kept, details={})])
        ledger_links.take(tx, tx.second)
    assert due(store) == []
