"""Outlook: what the last days say of the next week's reading, for the doctor alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, text

from monitor.domain.account import Kind
from monitor.domain.collecting import PassOutcome
from monitor.domain.instants import DAY, OPEN
from monitor.record.claims import Health, health
from monitor.record.credentials import VALID
from monitor.record.store import Reading
from monitor.record.targets import READABLE

WEEK: Final = 7 * DAY

_READABLE: Final = text(f"""
SELECT a.platform, count(*) AS accounts
FROM account a JOIN account_rev r ON r.account_id = a.id
  AND r.superseded_at = {OPEN} AND r.valid_until = {OPEN}
WHERE a.uid IS NOT NULL AND r.kind = :kind AND r.state IN :states GROUP BY a.platform
""").bindparams(bindparam("states", expanding=True))
_AUTHORISED: Final = text(f"""
SELECT k.platform AS reader, a.platform, count(*) AS accounts
FROM credential k JOIN account a ON a.id = k.account_id
JOIN account_rev r ON r.account_id = a.id
  AND r.superseded_at = {OPEN} AND r.valid_until = {OPEN}
WHERE k.account_id <> 0 AND k.state = :valid
  AND a.uid IS NOT NULL AND r.kind = :kind AND r.state IN :states
GROUP BY k.platform, a.platform
""").bindparams(bindparam("states", expanding=True))
_SHARED: Final = text("SELECT platform FROM credential WHERE account_id = 0 AND state = :valid")
_PAGES: Final = text("""
SELECT key, count(*) AS accounts, sum(pages) AS calls, max(pages) AS most FROM (
  SELECT r.key, p.account_id, avg(CASE WHEN p.pages > 1 THEN p.pages ELSE 1 END) AS pages
  FROM pass p JOIN route r ON r.id = p.route_id
  WHERE p.ended_at > :since AND p.outcome = :complete GROUP BY r.key, p.account_id) AS each_one
GROUP BY key
""")
_COMPLETE: Final = text("""
SELECT r.platform, max((SELECT p.ended_at FROM pass p
  WHERE p.route_id = r.id AND p.outcome = :complete ORDER BY p.ended_at DESC LIMIT 1)) AS at
FROM route r GROUP BY r.platform
""")
_CAUSED: Final = text("""
SELECT r.platform, count(DISTINCT p.account_id) AS accounts
FROM pass p JOIN route r ON r.id = p.route_id
WHERE p.ended_at > :since AND p.cause = :cause GROUP BY r.platform ORDER BY r.platform
""")
_LOOKED: Final = text("""
SELECT r.id, r.key FROM route r
WHERE EXISTS (SELECT 1 FROM coverage_proposal p
              WHERE p.route_id = r.id AND p.looked_at > :since) ORDER BY r.key
""")
_HELD: Final = text("""
SELECT reader, max(paused_until) AS until FROM allowance WHERE paused_until > :now
GROUP BY reader ORDER BY reader
""")


@dataclass(frozen=True, slots=True)
class Read:
    """Complete passes of the last week on one route: accounts, calls of one pass over each of
    them, and calls of the one that needs most; at least one call an account."""

    accounts: int
    calls: float
    most: float


@dataclass(frozen=True, slots=True)
class Authorised:
    """Who can be read: accounts by platform, by (reader, platform) with a key of their own, and
    the readers that have a shared one."""

    accounts: Mapping[str, int]
    own: Mapping[tuple[str, str], int]
    shared: frozenset[str]

    @property
    def readers(self) -> frozenset[str]:
        """All readers that hold any key."""
        return self.shared | {reader for reader, _ in self.own}


def authorised(tx: Reading) -> Authorised:
    """As it stands; what is void counts for nothing."""
    asked: dict[str, Any] = {"kind": Kind.OFFICIAL.value, "states": list(READABLE)}
    accounts = {row.platform: row.accounts for row in tx.conn.execute(_READABLE, asked)}
    rows = tx.conn.execute(_AUTHORISED, {**asked, "valid": VALID})
    own = {(row.reader, row.platform): row.accounts for row in rows}
    shared = tx.conn.execute(_SHARED, {"valid": VALID}).scalars()
    return Authorised(accounts, own, frozenset(shared))


def read(tx: Reading, now: int) -> dict[str, Read]:
    """What the last week's passes needed, by the key of the route."""
    asked = {"since": now - WEEK, "complete": PassOutcome.COMPLETE.value}
    rows = tx.conn.execute(_PAGES, asked)
    return {row.key: Read(row.accounts, float(row.calls), float(row.most)) for row in rows}


def completed(tx: Reading) -> dict[str, int | None]:
    """When the last complete pass of each platform ended (seconds); None where none ever did."""
    rows = tx.conn.execute(_COMPLETE, {"complete": PassOutcome.COMPLETE.value})
    return {row.platform: row.at for row in rows}


def caused(tx: Reading, cause: str, since: int) -> dict[str, int]:
    """Accounts by platform that ended for this cause at or after `since` (seconds)."""
    rows = tx.conn.execute(_CAUSED, {"since": since, "cause": cause})
    return {row.platform: row.accounts for row in rows}


def canaries(tx: Reading, now: int) -> dict[str, Health]:
    """How the 对照账号 of each route that looked in the last week fared in the last day."""
    routes = tx.conn.execute(_LOOKED, {"since": now - WEEK}).all()
    return {row.key: health(tx, row.id, now) for row in routes}


def held(tx: Reading, now: int) -> dict[str, int]:
    """Readers whose platform asked everybody to stay away, and until which second."""
    return {row.reader: int(row.until) for row in tx.conn.execute(_HELD, {"now": now})}
