"""Service links 服务链接: entered as they are offered, asked in turn, and weighed into an answer.

The answer itself is a service check like any other, with its own time of record, so that a past
result is made again; here stands only how the links fare now.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import RowMapping, insert, select, update

from monitor.domain.account import Kind, State
from monitor.domain.instants import OPEN
from monitor.domain.service import Function, SeenService
from monitor.domain.service_link import Offered, ServiceLink, Where, alive, detail
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

LINK: Final = METADATA.tables["service_link"]
ACCOUNT_REV: Final = METADATA.tables["account_rev"]
ASKED: Final = (State.ACTIVE, State.PAUSED, State.LOST, State.UNCHECKED)
"""Accounts whose links are asked: those that are still to serve somebody."""
LONGEST: Final = 1000


def offered(
    tx: Writing, account_id: int, where: Where, entries: Sequence[Offered], at: int
) -> None:
    """Enter what is offered in one place at second `at`; what is not any more is dropped."""
    wanted = dict.fromkeys((each.name, each.url) for each in entries if len(each.url) <= LONGEST)
    known = {(row["name"], row["url"]): row for row in _rows(tx, account_id, where)}
    for row in known.values():
        there = (row["name"], row["url"]) in wanted
        if there is (row["dropped_at"] is not None):
            gone = None if there else at
            tx.conn.execute(update(LINK).where(LINK.c.id == row["id"]).values(dropped_at=gone))
    fresh = [
        {"account_id": account_id, "found_in": where.value, "name": name, "url": url}
        | {"first_seen_at": at}
        for name, url in wanted
        if (name, url) not in known
    ]
    if fresh:
        tx.conn.execute(insert(LINK), fresh)


def due(tx: Reading, now: int, before: int, most: int) -> list[ServiceLink]:
    """Links of accounts in use that nobody asked since `before`, the longest unasked first."""
    in_use = select(ACCOUNT_REV.c.account_id).where(
        ACCOUNT_REV.c.superseded_at == OPEN,
        ACCOUNT_REV.c.valid_from <= now,
        ACCOUNT_REV.c.valid_until > now,
        ACCOUNT_REV.c.kind == Kind.OFFICIAL.value,
        ACCOUNT_REV.c.state.in_([each.value for each in ASKED]),
    )
    rows = tx.conn.execute(
        select(LINK)
        .where(
            LINK.c.dropped_at.is_(None),
            LINK.c.url != "",
            LINK.c.checked_at.is_(None) | (LINK.c.checked_at < before),
            LINK.c.account_id.in_(in_use),
        )
        .order_by(LINK.c.checked_at.is_not(None), LINK.c.checked_at, LINK.c.id)
        .limit(most)
    )
    return [_link(row) for row in rows.mappings()]


def fared(tx: Writing, links: Sequence[ServiceLink]) -> None:
    """Write down how links fared when they were asked."""
    for each in links:
        tx.conn.execute(
            update(LINK)
            .where(LINK.c.id == each.id)
            .values(
                checked_at=each.checked_at,
                status=each.status,
                told=each.told,
                failing_since=each.failing_since,
                dead_since=each.dead_since,
            )
        )


def of_account(tx: Reading, account_id: int) -> tuple[ServiceLink, ...]:
    """What an account offers now, in the order it was found."""
    rows = tx.conn.execute(
        select(LINK)
        .where(LINK.c.account_id == account_id, LINK.c.dropped_at.is_(None))
        .order_by(LINK.c.id)
    )
    return tuple(_link(row) for row in rows.mappings())


def accounts_of(tx: Reading, where: Where) -> set[int]:
    """The accounts of which something is offered in one place."""
    there = (LINK.c.found_in == where.value, LINK.c.dropped_at.is_(None))
    return set(tx.conn.execute(select(LINK.c.account_id).where(*there)).scalars())


def measured(tx: Reading, account_id: int, at: int) -> list[SeenService]:
    """What the links asked say of the account's functions at second `at`."""
    known = of_account(tx, account_id)
    found = {each: _concluded(each, known) for each in _OF}
    return [
        SeenService(function, said[0], at, measured=True, detail=said[1])
        for function, said in found.items()
        if said is not None
    ]


def weighed(tx: Reading, account_id: int, seen: Sequence[SeenService]) -> list[SeenService]:
    """What a reader saw of functions, put right by what is known of the links behind them."""
    if not any(each.function in _OF for each in seen):
        return list(seen)
    known = of_account(tx, account_id)
    return [_weighed(each, known) for each in seen]


def _weighed(seen: SeenService, known: Sequence[ServiceLink]) -> SeenService:
    said = _concluded(seen.function, known) if seen.function in _OF else None
    if said is None:
        return seen
    return SeenService(seen.function, said[0], seen.checked_at, measured=True, detail=said[1])


def _concluded(function: Function, known: Sequence[ServiceLink]) -> tuple[bool, str] | None:
    """Whether a function works by the links that were asked; None where they say nothing."""
    mine = [each for each in known if _OF[function](each)]
    if not any(each.checked_at is not None for each in mine):
        return None
    return alive(mine), detail(mine)


_OF: Final[Mapping[Function, Any]] = {
    Function.SERVICE_MENU: lambda link: link.where is Where.MENU,
    Function.SERVICE_LINK: lambda link: link.url != "",
}


def _rows(tx: Reading, account_id: int, where: Where) -> Sequence[RowMapping]:
    mine = (LINK.c.account_id == account_id, LINK.c.found_in == where.value)
    return tx.conn.execute(select(LINK).where(*mine)).mappings().all()


def _link(row: RowMapping) -> ServiceLink:
    return ServiceLink(
        id=row["id"],
        account_id=row["account_id"],
        where=Where(row["found_in"]),
        name=row["name"],
        url=row["url"],
        checked_at=row["checked_at"],
        status=row["status"],
        told=row["told"],
        failing_since=row["failing_since"],
        dead_since=row["dead_since"],
    )
