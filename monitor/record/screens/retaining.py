"""留存: holds as they stand, and what the purge took, for whoever answers for the whole house."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import BigInteger, RowMapping, cast, func, select

from monitor.access import scopes
from monitor.access.declared import Reach, shown
from monitor.domain.account import Kind
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission
from monitor.domain.retention import Covers
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import reasons
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault

HOLD: Final = METADATA.tables["data_hold"]
RECEIPT: Final = METADATA.tables["purge_receipt"]
PERSON: Final = METADATA.tables["person"]
UNIT_REV: Final = METADATA.tables["unit_rev"]
ACCOUNT_REV: Final = METADATA.tables["account_rev"]
MICRO: Final = 1_000_000
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Held:
    """A hold: what of which kind ('': every), whose, of when (seconds), by whom and when; the words
    of why where a vault opened them. `lifted_at` None: in force."""

    id: int
    kind: str
    covers: Covers
    called: str
    since: int | None
    until: int | None
    placed_by: int
    placer: str
    placed_at: int
    words: str
    lifter: str
    lifted_at: int | None
    lift_words: str
    version: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took of one kind: how many in how many steps, their times, the rule's version,
    the numbers of the first and last receipt, and when (seconds)."""

    kind: str
    many: int
    steps: int
    oldest: int
    newest: int
    revision: int
    first: int
    last: int
    run_id: int
    at: int


@shown(Permission.RETAIN, reach=Reach.HOUSE)
def held(tx: Reading, scope: Scope, vault: Vault | None = None) -> tuple[Held, ...]:
    """Holds in force, the newest first, then lifted ones; nothing to whoever sees but a part."""
    if not scopes.within(EVERYTHING, scope):
        return ()
    placer, lifter = PERSON.alias("placer"), PERSON.alias("lifter")
    rows = (
        tx.conn.execute(
            select(
                HOLD,
                func.coalesce(placer.c.name, "").label("placer"),
                func.coalesce(lifter.c.name, "").label("lifter"),
            )
            .outerjoin(placer, placer.c.id == HOLD.c.placed_by)
            .outerjoin(lifter, lifter.c.id == HOLD.c.lifted_by)
            .order_by(HOLD.c.lifted_at.is_not(None), HOLD.c.id.desc())
            .limit(MOST)
        )
        .mappings()
        .all()
    )
    numbers = {row[name] for row in rows for name in ("reason_id", "lift_reason_id") if row[name]}
    words = reasons.texts(tx, vault, numbers) if vault is not None else {}
    names = _names(tx)
    found = []
    for row in rows:
        covers, called = _covered(names, row)
        found.append(
            Held(
                *(row["id"], row["kind"], covers, called, row["since"], row["until"]),
                *(row["placed_by"], row["placer"], row["placed_at"]),
                words.get(row["reason_id"], ""),
                *(row["lifter"], row["lifted_at"]),
                words.get(row["lift_reason_id"] or 0, ""),
                row["version"],
            )
        )
    return tuple(found)


def _names(tx: Reading) -> Mapping[tuple[Covers, int], str]:
    """What units and official accounts that are held are called now; an officer's is a number."""
    units = select(UNIT_REV.c.unit_id, UNIT_REV.c.name).where(
        UNIT_REV.c.superseded_at == OPEN, UNIT_REV.c.unit_id.in_(select(HOLD.c.unit_id))
    )
    accounts = select(ACCOUNT_REV.c.account_id, ACCOUNT_REV.c.name).where(
        ACCOUNT_REV.c.superseded_at == OPEN,
        ACCOUNT_REV.c.kind == Kind.OFFICIAL.value,
        ACCOUNT_REV.c.account_id.in_(select(HOLD.c.account_id)),
    )
    return {(Covers.UNIT, row[0]): row[1] for row in tx.conn.execute(units)} | {
        (Covers.ACCOUNT, row[0]): row[1] for row in tx.conn.execute(accounts)
    }


def _covered(names: Mapping[tuple[Covers, int], str], row: RowMapping) -> tuple[Covers, str]:
    columns = (("unit_id", Covers.UNIT), ("account_id", Covers.ACCOUNT), ("case_id", Covers.CASE))
    for column, covers in columns:
        number = row[column]
        if number is not None:
            return covers, names.get((covers, number), f"编号{number}")
    return Covers.HOUSE, ""


@shown(Permission.RETAIN, reach=Reach.HOUSE)
def taken(tx: Reading, scope: Scope, *, limit: int = 50, offset: int = 0) -> tuple[Taken, ...]:
    """What runs took, kind by kind, the newest first."""
    if not scopes.within(EVERYTHING, scope):
        return ()
    column = RECEIPT.c
    rows = tx.conn.execute(
        select(
            column.kind,
            cast(func.sum(column.many), BigInteger).label("many"),
            func.count().label("steps"),
            func.min(column.oldest).label("oldest"),
            func.max(column.newest).label("newest"),
            func.max(column.revision).label("revision"),
            func.min(column.id).label("first"),
            func.max(column.id).label("last"),
            column.run_id,
            func.max(column.recorded_at).label("at"),
        )
        .group_by(column.run_id, column.kind)
        .order_by(func.max(column.id).desc())
        .limit(min(limit, MOST))
        .offset(offset)
    )
    found = (dict(row) for row in rows.mappings())
    return tuple(Taken(**(row | {"at": row["at"] // MICRO})) for row in found)


@shown(Permission.RETAIN, reach=Reach.HOUSE)
def last(tx: Reading, scope: Scope) -> Mapping[str, int]:
    """When something of each kind was last taken (seconds), by kind."""
    if not scopes.within(EVERYTHING, scope):
        return {}
    rows = tx.conn.execute(
        select(RECEIPT.c.kind, func.max(RECEIPT.c.recorded_at)).group_by(RECEIPT.c.kind)
    )
    return {row[0]: row[1] // MICRO for row in rows}
