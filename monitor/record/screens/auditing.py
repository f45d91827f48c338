"""审计: who did what to what, newest first, narrowed by who, what, object and time; its anchors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, select

from monitor.access.chain import Anchor
from monitor.access.declared import Reach, shown
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import audit, reasons
from monitor.record.screens.scoping import sees_all
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault

AUDIT: Final = METADATA.tables["audit"]
ANCHOR: Final = METADATA.tables["audit_anchor"]
PERSON: Final = METADATA.tables["person"]
MICRO: Final = 1_000_000
MOST: Final = 200
EXPORTS: Final = "导出"
"""The word every export's action begins or ends with."""


@dataclass(frozen=True, slots=True)
class AuditWanted:
    """Which entries: `who` in a name or login, `action` as a part, `item` kind or id of the object,
    in [since, until) seconds; empty: any."""

    who: str = ""
    action: str = ""
    item: str = ""
    since: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry; `at` in seconds. No actor: the machine itself, or the command line on it."""

    seq: int
    at: int
    actor_id: int | None
    actor_name: str
    behalf_name: str
    action: str
    object_kind: str
    object_id: str
    object_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class AuditList:
    """One page of entries, and how many there are in all."""

    total: int
    rows: tuple[AuditLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditState:
    """What stands at the head of the page: the anchor now, those of the last days, the newest
    export, and how often signing in failed within a day."""

    head: Anchor | None = None
    anchors: tuple[tuple[str, str], ...] = ()
    last_export: AuditLine | None = None
    failures: int = 0


@shown(Permission.SEE_AUDIT, reach=Reach.HOUSE)
def entries(
    tx: Reading,
    scope: Scope,
    now: int,
    wanted: AuditWanted,
    vault: Vault | None = None,
    part: tuple[int, int] = (50, 0),
) -> AuditList:
    """Entries, the newest first, for who keeps the audit of the whole house; nobody else: `part`
    is how many, after how many. With the keys typed reasons stand in them, else their numbers."""
    if not sees_all(tx, scope, now):
        return AuditList(0)
    joined, conditions = _joined(), _narrowed(wanted)
    counted = select(func.count()).select_from(joined).where(*conditions)
    total = int(tx.conn.execute(counted).scalar_one())
    rows = _lines(tx, conditions, *part)
    if vault is None:
        return AuditList(total, rows)
    told = reasons.told(tx, vault, [each.reason for each in rows])
    spelled = zip(rows, told, strict=True)
    return AuditList(total, tuple(replace(each, reason=reason) for each, reason in spelled))


@shown(Permission.SEE_AUDIT, reach=Reach.HOUSE)
def state(tx: Reading, scope: Scope, now: int) -> AuditState:
    """The head of the chain, the anchors of thirty days, the newest export, failures of a day."""
    if not sees_all(tx, scope, now):
        return AuditState()
    days = tx.conn.execute(select(ANCHOR).order_by(ANCHOR.c.day.desc()).limit(30))
    anchors = tuple((row.day, str(Anchor(row.seq, row.hash))) for row in days)
    newest = _lines(tx, [AUDIT.c.action.contains(EXPORTS)], 1, 0)
    failed = and_(AUDIT.c.action == "登录失败", AUDIT.c.at > (now - 86_400) * MICRO)
    counted = select(func.count()).select_from(AUDIT).where(failed)
    failures = int(tx.conn.execute(counted).scalar_one())
    return AuditState(audit.head(tx), anchors, next(iter(newest), None), failures)


@shown(Permission.SEE_AUDIT, reach=Reach.HOUSE)
def verified(tx: Reading, scope: Scope, now: int, anchor: Anchor | None = None) -> tuple[bool, str]:
    """Whether the whole chain holds, and a sentence that says so."""
    return audit.verify(tx, anchor) if sees_all(tx, scope, now) else (False, "")


@shown(Permission.SEE_AUDIT, reach=Reach.HOUSE)
def actions(tx: Reading, scope: Scope, now: int) -> tuple[str, ...]:
    """Every action that was ever put on record, by name."""
    if not sees_all(tx, scope, now):
        return ()
    return tuple(
        tx.conn.execute(select(AUDIT.c.action).distinct().order_by(AUDIT.c.action)).scalars()
    )


def _lines(
    tx: Reading, conditions: list[ColumnElement[bool]], limit: int, offset: int
) -> tuple[AuditLine, ...]:
    rows = tx.conn.execute(
        select(
            AUDIT,
            PERSON.c.name.label("actor_name"),
            _BEHALF.c.name.label("behalf_name"),
            _OBJECT.c.name.label("object_name"),
        )
        .select_from(_joined())
        .where(*conditions)
        .order_by(AUDIT.c.seq.desc())
        .limit(limit)
        .offset(offset)
    )
    return tuple(_line(row) for row in rows.mappings())


_BEHALF: Final = PERSON.alias("behalf")
_OBJECT: Final = PERSON.alias("object")


def _joined() -> Any:
    """Entries with the names of today: the entries themselves hold ids only."""
    person = and_(AUDIT.c.object_kind == "person", AUDIT.c.object_id == cast(_OBJECT.c.id, String))
    return (
        AUDIT.outerjoin(PERSON, PERSON.c.id == AUDIT.c.actor_id)
        .outerjoin(_BEHALF, _BEHALF.c.id == AUDIT.c.behalf_id)
        .outerjoin(_OBJECT, person)
    )


def _narrowed(wanted: AuditWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        names = (PERSON.c.name, PERSON.c.login)
        found.append(or_(*(each.contains(wanted.who, autoescape=True) for each in names)))
    if wanted.action:
        found.append(AUDIT.c.action.contains(wanted.action, autoescape=True))
    if wanted.item:
        parts = (AUDIT.c.object_id == wanted.item, AUDIT.c.object_kind == wanted.item)
        found.append(or_(*parts, _OBJECT.c.name == wanted.item))
    if wanted.since:
        found.append(AUDIT.c.at >= wanted.since * MICRO)
    if wanted.until:
        found.append(AUDIT.c.at < wanted.until * MICRO)
    return found


def _line(row: Mapping[Any, Any]) -> AuditLine:
    return AuditLine(
        seq=row["seq"],
        at=row["at"] // MICRO,
        actor_id=row["actor_id"],
        actor_name=row["actor_name"] or "",
        behalf_name=row["behalf_name"] or "",
        action=row["action"],
        object_kind=row["object_kind"],
        object_id=row["object_id"],
        object_name=row["object_name"] or "",
        reason=row["reason"],
    )
