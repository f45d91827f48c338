"""What 采集-异常 shows: incidents, allowances, and what platforms say of accounts."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from monitor.access.declared import Reach, shown
from monitor.domain.instants import DAY, OPEN, from_second, to_micro
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import allowances, incidents, outlook
from monitor.record.allowances import Used
from monitor.record.claims import Health
from monitor.record.coverage import CONTRADICTED
from monitor.record.incidents import Incident
from monitor.record.routes import SUSPENDED
from monitor.record.screens.scoping import sees_all
from monitor.record.store import Reading

SHOWN: Final = 30 * DAY

_DIFFERENT: Final = text(f"""
SELECT s.account_id, r.name AS registered, s.name, s.present, s.verified, s.verified_as, s.seen_at
FROM account_sighting s
JOIN account_rev r ON r.account_id = s.account_id AND r.superseded_at = {OPEN}
  AND r.valid_until = {OPEN}
WHERE s.id = (SELECT max(n.id) FROM account_sighting n WHERE n.account_id = s.account_id)
  AND (s.present = :no OR s.verified = :no OR (s.name IS NOT NULL AND s.name <> r.name))
ORDER BY s.seen_at DESC, s.account_id LIMIT :limit
""")


_HELD: Final = text(f"""
SELECT a.platform, count(DISTINCT f.account_id) AS accounts
FROM finding f JOIN account a ON a.id = f.account_id
WHERE f.held = :yes AND f.superseded_at = {OPEN} GROUP BY a.platform
""")
_DOUBTED: Final = text("""
SELECT r.key AS route, r.platform, r.source, n.ceiling, n.reason AS why,
       (SELECT count(*) FROM coverage_revocation v JOIN coverage c ON c.id = v.coverage_id
        WHERE c.route_id = r.id AND v.recorded_at >= :since AND v.reason = :contradicted)
         AS contradicted,
       (SELECT count(*) FROM coverage_revocation v JOIN coverage c ON c.id = v.coverage_id
        WHERE c.route_id = r.id AND v.recorded_at >= :since) AS revoked,
       (SELECT count(DISTINCT c.account_id) FROM coverage_revocation v
        JOIN coverage c ON c.id = v.coverage_id
        WHERE c.route_id = r.id AND v.recorded_at >= :since) AS accounts
FROM route r LEFT JOIN route_ceiling n ON n.route_id = r.id AND n.recorded_at = (
  SELECT max(m.recorded_at) FROM route_ceiling m WHERE m.route_id = r.id)
ORDER BY r.key
""")


@dataclass(frozen=True, slots=True)
class Doubted:
    """A route whose word was disproved or lowered: rows of the last thirty days taken back, those
    of them that a post contradicted, the accounts judged again for it, and its ceiling now."""

    route: str
    platform: str
    source: str
    ceiling: int | None
    why: str | None
    contradicted: int
    revoked: int
    accounts: int

    @property
    def suspended(self) -> bool:
        """True where the machine stopped believing it: a person may look and restore it."""
        return self.why == SUSPENDED


@dataclass(frozen=True, slots=True)
class Difference:
    """An account of which the platform says something else than the registry: a proposal."""

    account_id: int
    registered: str
    name: str | None
    present: bool | None
    verified: bool | None
    verified_as: str | None
    seen_at: int


@shown(Permission.SEE_COLLECTING, reach=Reach.HOUSE)
def troubles(tx: Reading, scope: Scope, now: int) -> tuple[Incident, ...]:
    """Open incidents and those of the last thirty days, for those who see the whole tree."""
    if not sees_all(tx, scope, now):
        return ()
    return tuple(incidents.listed(tx, now - SHOWN))


@shown(Permission.SEE_COLLECTING, reach=Reach.HOUSE)
def canaries(tx: Reading, scope: Scope, now: int) -> dict[str, Health]:
    """对照账号 of the last day, by the key of each route that looked in the last week."""
    return outlook.canaries(tx, now) if sees_all(tx, scope, now) else {}


@shown(Permission.SEE_COLLECTING, reach=Reach.HOUSE)
def held_accounts(tx: Reading, scope: Scope, now: int) -> dict[str, int]:
    """How many accounts of each platform wait for a person (暂缓认定)."""
    if not sees_all(tx, scope, now):
        return {}
    return {row.platform: row.accounts for row in tx.conn.execute(_HELD, {"yes": True})}


@shown(Permission.SEE_COLLECTING, reach=Reach.HOUSE)
def doubted(tx: Reading, scope: Scope, now: int) -> tuple[Doubted, ...]:
    """Routes with rows taken back in the last thirty days, or with a ceiling, by key."""
    if not sees_all(tx, scope, now):
        return ()
    asked = {"since": to_micro(from_second(now - SHOWN)), "contradicted": CONTRADICTED}
    found = (Doubted(*row) for row in tx.conn.execute(_DOUBTED, asked))
    return tuple(each for each in found if each.revoked or each.ceiling is not None)


@shown(Permission.SEE_COLLECTING, reach=Reach.HOUSE)
def budgets(tx: Reading, scope: Scope, now: int) -> tuple[Used, ...]:
    """How full each allowance is at `now`, the fullest first, for who sees the whole tree."""
    return tuple(allowances.used(tx, now)) if sees_all(tx, scope, now) else ()


@shown(Permission.SEE_COLLECTING, reach=Reach.HOUSE)
def differences(tx: Reading, scope: Scope, now: int, *, limit: int = 200) -> tuple[Difference, ...]:
    """Accounts deleted, renamed or no longer verified by what the platform last said."""
    if not sees_all(tx, scope, now):
        return ()
    rows = tx.conn.execute(_DIFFERENT, {"no": False, "limit": min(limit, 500)})
    return tuple(Difference(*row) for row in rows)
