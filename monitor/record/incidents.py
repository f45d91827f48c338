"""Incidents 异常: opened by the machine, released by a person with a reason; never deleted."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from monitor.domain.errors import Conflict
from monitor.domain.incident import IncidentKind
from monitor.domain.instants import OPEN
from monitor.record.store import Reading, Writing

_OPEN: Final = text(f"""
INSERT INTO incident (route_id, kind, cause, remedy, accounts, run_id, opened_at, recorded_at,
                      released_at, reason, version)
VALUES (:route_id, :kind, :cause, :remedy, :accounts, :run_id, :now, :stamp, {OPEN}, '', 0)
ON CONFLICT DO NOTHING RETURNING id
""")
_LISTED: Final = text(f"""
SELECT i.id, r.platform, r.key AS route, i.kind, i.cause, i.remedy, i.accounts, i.opened_at,
       CASE WHEN i.released_at = {OPEN} THEN NULL ELSE i.released_at END AS released_at,
       i.reason, i.version
FROM incident i JOIN route r ON r.id = i.route_id
WHERE i.released_at = {OPEN} OR i.opened_at >= :since
ORDER BY CASE WHEN i.released_at = {OPEN} THEN 0 ELSE 1 END, i.opened_at DESC, i.id DESC
""")
_RELEASE: Final = text(f"""
UPDATE incident SET released_at = :now, released_by = :by, reason = :reason, version = version + 1
WHERE id = :id AND version = :version AND released_at = {OPEN}
RETURNING route_id, kind
""")
_ENDS: Final = text("""
SELECT p.route_id, p.error_class, min(p.cause) AS cause, min(p.remedy) AS remedy,
       count(DISTINCT p.account_id) AS accounts
FROM pass p WHERE p.run_id = :run_id GROUP BY p.route_id, p.error_class
""")
_LET_GO: Final = text(f"""
UPDATE finding SET held = :no
WHERE held = :yes AND superseded_at = {OPEN} AND account_id IN (
  SELECT a.id FROM account a JOIN route r ON r.platform = a.platform WHERE r.id = :route_id)
""")


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as the screens list it; `released_at` None while it is open."""

    id: int
    platform: str
    route: str
    kind: str
    cause: str
    remedy: str
    accounts: int
    opened_at: int
    released_at: int | None
    reason: str
    version: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """What would open an incident."""

    route_id: int
    kind: IncidentKind
    cause: str
    remedy: str
    accounts: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How many accounts of a route ended with one error class in a run (None: complete)."""

    route_id: int
    error_class: str | None
    cause: str
    remedy: str
    accounts: int


def open_one(tx: Writing, trouble: Trouble, run_id: int | None) -> bool:
    """Open an incident; False where one of the kind is open for the route already."""
    values = {
        "route_id": trouble.route_id,
        "kind": trouble.kind.value,
        "cause": trouble.cause,
        "remedy": trouble.remedy,
        "accounts": trouble.accounts,
        "run_id": run_id,
        "now": tx.second,
        "stamp": tx.stamp,
    }
    return tx.conn.execute(_OPEN, values).first() is not None


def listed(tx: Reading, since: int) -> list[Incident]:
    """Open incidents, and those opened at or after `since` (seconds); the open ones first."""
    return [Incident(*row) for row in tx.conn.execute(_LISTED, {"since": since})]


def ends_of(tx: Reading, run_id: int) -> list[Ended]:
    """How the passes of a run ended, by route and error class."""
    return [Ended(*row) for row in tx.conn.execute(_ENDS, {"run_id": run_id})]


def release(tx: Writing, incident_id: int, version: int, by: int | None, reason: str) -> None:
    """Close an incident; findings that were held with it count from now on. Conflict where it was
    released meanwhile."""
    asked = {"id": incident_id, "version": version, "by": by, "reason": reason, "now": tx.second}
    done = tx.conn.execute(_RELEASE, asked).first()
    if done is None:
        raise Conflict("该异常已被他人处理", "", "请刷新页面查看")
    if done.kind == IncidentKind.HELD.value:
        values = {"route_id": done.route_id, "no": False, "yes": True}
        tx.conn.execute(_LET_GO, values)
