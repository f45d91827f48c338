"""数据提示: accounts whose numbers somebody in the department should look at; no verdict."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from monitor.access.declared import Reach, shown
from monitor.domain.number_hint import Told
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.scoping import sees_all, visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

HINT: Final = METADATA.tables["number_hint"]
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One account, the signals that agree on it, and since when it waits (seconds)."""

    account_id: int
    platform: str
    name: str
    unit_name: str
    region_name: str
    told: tuple[Told, ...]
    as_of: int
    found_at: int


@shown(Permission.SEE_HEALTH, reach=Reach.HOUSE)
def waiting(tx: Reading, scope: Scope, now: int) -> tuple[NumberLine, ...]:
    """Those nobody has looked at, the surest first, at most 100; for the department alone."""
    if not sees_all(tx, scope, now):
        return ()
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(
        select(
            *(seen.c[each] for each in ("account_id", "platform", "name", "unit_name")),
            seen.c.region_name,
            *(HINT.c[each] for each in ("told", "as_of", "found_at")),
        )
        .select_from(HINT.join(seen, seen.c.account_id == HINT.c.account_id))
        .where(HINT.c.decision == "")
        .order_by(HINT.c.rate, HINT.c.account_id)
        .limit(MOST)
    )
    return tuple(
        NumberLine(**{**row, "told": tuple(Told(*each) for each in row["told"])})
        for row in rows.mappings()
    )
