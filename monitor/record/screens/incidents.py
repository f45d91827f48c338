"""What 采集-异常 shows: incidents, allowances, and what platforms say of accounts."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from monitor.access.declared import Reach, shown
from monitor.domain.instants import DAY, OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import allowances, incidents
from monitor.record.allowances import Used
from monitor.record.incidents import Incident
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
