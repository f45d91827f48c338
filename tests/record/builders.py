"""Builders: the smallest units, accounts, posts and harvests a test of the record needs."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import text

from monitor.domain.account import Account
from monitor.domain.collecting import CoverageClaim, Harvest, PassOutcome, Route
from monitor.domain.facts import Facts
from monitor.domain.numbers import PostNumbers, Provenance
from monitor.domain.post import SeenPost
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, facts, harvests, units
from monitor.record.harvests import Saved
from monitor.record.store import Store

LATEST = 1 << 61
"""A `known_at` after everything."""
ROOT = Unit("420000000000", "省公安厅", Level.PROVINCE, valid_from=None)
COUNTY = Unit("421024000000", "江陵县公安局", Level.COUNTY, "420000000000", region="421000")
INTERFACE = Route("wechat", "own", Provenance.INTERFACE, grade=4, fresh_hours=60)
EXPORT = Route("wechat", "file", Provenance.EXPORT, grade=4, fresh_hours=168)


def registry(store: Store, *entries: Account) -> list[int]:
    """Two units, and these accounts, or one called 甲 with the id u1; the ids of the accounts."""
    with store.writing() as tx:
        units.save(tx, [ROOT, COUNTY])
        return accounts.save(tx, entries or [account()])


def account(name: str = "甲", uid: str | None = "u1", **values: Any) -> Account:
    """An account of the county on WeChat."""
    return Account("wechat", name, COUNTY.code, uid=uid, **values)


def post(native_id: str, first: int, last: int | None = None, **values: Any) -> SeenPost:
    """A post published in [first, last], seen at 10,000,000 unless told otherwise."""
    reads = values.pop("reads", None)
    seen = {"observed_at": 10_000_000, "numbers": PostNumbers(reads=reads), **values}
    return SeenPost(native_id, first, first if last is None else last, **seen)


def harvest(
    account_id: int,
    posts: Iterable[SeenPost] = (),
    covers: tuple[int, int] | None = None,
    route: Route = INTERFACE,
    **values: Any,
) -> Harvest:
    """A pass that was complete and proves [covers), where it proves anything."""
    claim = None if covers is None else CoverageClaim(*covers, looked_at=covers[1])
    return Harvest(
        account_id, route, 0, 1, PassOutcome.COMPLETE, posts=tuple(posts), claim=claim, **values
    )


def save(store: Store, account_id: int, *posts: SeenPost, **values: Any) -> Saved:
    """Save one complete pass."""
    return harvests.save(store, harvest(account_id, posts, **values), None)


def facts_of(store: Store, account_id: int, as_of: int, known_at: int = LATEST) -> Facts:
    """The facts of one account, the same whether measured alone or among all."""
    with store.reading() as tx:
        alone = facts.measure(tx, as_of, known_at, [account_id])
        among = [
            each for each in facts.measure(tx, as_of, known_at) if each.account_id == account_id
        ]
    assert alone == among
    return alone[0]


def stamp(store: Store) -> int:
    """The last stamp anything was recorded under."""
    with store.reading() as tx:
        return int(tx.conn.execute(text("SELECT last_us FROM stamp")).scalar_one())


def rows(store: Store, statement: str) -> list[tuple[Any, ...]]:
    """What a statement finds, as plain tuples."""
    with store.reading() as tx:
        return [tuple(row) for row in tx.conn.execute(text(statement))]
