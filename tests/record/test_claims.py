"""Two-step coverage: what a pass proposes counts only once something else confirms it."""

import pytest
from sqlalchemy import text

from monitor.domain.collecting import CoverageClaim, Harvest, PassOutcome, Route
from monitor.domain.numbers import Provenance
from monitor.domain.post import SeenPost
from monitor.record import claims, harvests, routes
from monitor.record.claims import Settled
from monitor.record.store import Store
from tests.builders import a_unit, an_account
from tests.conftest import StandingClock

DAY = 86400
HOUR = 3600
OWN = Route("weibo", "own", Provenance.INTERFACE, 4, 26, settle_hours=2)
FEED = Route("weibo", "gsdata", Provenance.PURCHASED, 2, 60, shared=True)


@pytest.fixture
def accounts(store: Store) -> list[int]:
    with store.writing() as tx:
        unit = a_unit(tx, "江陵县公安局", "421024000000")
        return [an_account(tx, unit, f"平安{n}", "weibo") for n in range(8)]


def now(store: Store) -> int:
    with store.writing() as tx:
        return tx.second


def look(store: Store, account: int, *days_ago: float, route: Route = OWN) -> None:
    """A complete pass that met posts so many days old."""
    at = now(store)
    seconds = [at - int(days * DAY) for days in days_ago]
    posts = tuple(SeenPost(f"{account}-{each}", each, each, at) for each in seconds)
    claim = CoverageClaim(at - 30 * DAY, at - route.settle, at)
    whole = PassOutcome.COMPLETE
    harvest = Harvest(
        account, route, at, at, whole, items=len(posts), pages=1, posts=posts, claim=claim
    )
    harvests.save(store, harvest, None, proposed=True)


def settled(store: Store, route: Route = OWN) -> Settled:
    with store.writing() as tx:
        return claims.settle(tx, routes.ensure(tx, route), shared=route.shared)


def covered(store: Store) -> set[int]:
    with store.reading() as tx:
        return {row[0] for row in tx.conn.execute(text("SELECT account_id FROM coverage"))}


def test_a_pass_that_met_a_post_is_believed_one_that_met_none_waits(
    store: Store, accounts: list[int]
) -> None:
    look(store, accounts[0], 20)
    look(store, accounts[1])
    done = settled(store)
    assert covered(store) == {accounts[0]}
    assert (done.confirmed, done.waiting) == (1, 1)


def test_a_silence_is_believed_where_others_of_the_route_were_seen_posting(
    store: Store, accounts: list[int]
) -> None:
    for account in accounts[:3]:
        look(store, account, 1, 2)
    look(store, accounts[3])
    assert settled(store).waiting == 0
    assert accounts[3] in covered(store)


def test_a_silence_against_the_accounts_own_rhythm_needs_a_second_look_almost_a_day_later(
    store: Store, accounts: list[int], clock: StandingClock
) -> None:
    for account in accounts[:3]:
        look(store, account, 1)
    look(store, accounts[3], 1, 2, 3, 4, 5)
    settled(store)
    clock.move(hours=24)
    for account in accounts[:3]:
        look(store, account, 1)
    look(store, accounts[3])
    assert settled(store).waiting == 1
    clock.move(hours=10)
    look(store, accounts[3])
    assert settled(store).waiting == 2
    clock.move(hours=12)
    look(store, accounts[3])
    assert settled(store).confirmed == 1


def test_where_the_busy_ones_are_missed_the_route_is_doubted_and_no_silence_believed(
    store: Store, accounts: list[int], clock: StandingClock
) -> None:
    busy = [days / 2 for days in range(1, 12)]
    for account in accounts[:4]:
        look(store, account, *busy)
    settled(store)
    for _ in range(2):
        clock.move(hours=24)
        for account in accounts:
            look(store, account)
        done = settled(store)
    assert done.health.doubtful
    assert done.confirmed == 0
    assert covered(store) == set(accounts[:4])


def test_one_key_for_all_is_believed_only_while_its_witnesses_are(
    store: Store, accounts: list[int]
) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "石首市公安局", "421081000000")
        others = [an_account(tx, unit, f"石首{n}", "weibo") for n in range(4)]
    for account in (*accounts, *others):
        look(store, account, 10, route=FEED)
    look(store, accounts[0], 1, route=FEED)
    assert settled(store, FEED).confirmed == 0
    for account in accounts[1:3]:
        look(store, account, 1, route=FEED)
    assert settled(store, FEED).confirmed == 12


def test_a_handful_read_with_one_key_is_believed_by_one_witness_and_never_by_none(
    store: Store, accounts: list[int], clock: StandingClock
) -> None:
    for _ in range(2):
        look(store, accounts[1], 10, route=FEED)
        look(store, accounts[2], route=FEED)
        assert settled(store, FEED).confirmed == 0
        clock.move(hours=24)
    look(store, accounts[0], 1, route=FEED)
    look(store, accounts[2], route=FEED)
    settled(store, FEED)
    assert covered(store) == {accounts[0], accounts[1], accounts[2]}


def test_an_office_with_one_quiet_account_of_its_own_key_is_decided_on_the_next_day(
    store: Store, accounts: list[int], clock: StandingClock
) -> None:
    look(store, accounts[0])
    assert settled(store).waiting == 1
    clock.move(hours=24)
    look(store, accounts[0])
    assert settled(store).confirmed == 1
    clock.move(hours=24)
    look(store, accounts[0])
    assert settled(store).confirmed == 1


def test_a_post_found_before_the_confirmation_voids_the_look_that_missed_it(
    store: Store, accounts: list[int], clock: StandingClock
) -> None:
    look(store, accounts[0], 20)
    clock.move(hours=1)
    look(store, accounts[0], 20, 10)
    settled(store)
    with store.reading() as tx:
        told = tx.conn.execute(text("SELECT outcome FROM coverage_proposal ORDER BY id")).all()
    assert [row.outcome for row in told] == ["已作废", "已证实"]


def test_what_nothing_confirms_for_a_week_is_void(
    store: Store, accounts: list[int], clock: StandingClock
) -> None:
    look(store, accounts[0])
    assert settled(store).waiting == 1
    clock.move(days=8)
    assert settled(store).waiting == 0
    assert covered(store) == set()


def test_what_is_confirmed_is_known_from_its_confirmation_on(
    store: Store, accounts: list[int], clock: StandingClock
) -> None:
    look(store, accounts[0], 3)
    clock.move(hours=1)
    with store.writing() as tx:
        claims.settle(tx, routes.ensure(tx, OWN), shared=False)
        stamp = tx.stamp
    with store.reading() as tx:
        row = tx.conn.execute(text("SELECT recorded_at, looked_at FROM coverage")).one()
    assert row.recorded_at == stamp
    assert row.looked_at * 1_000_000 < stamp - 3_000_000_000
