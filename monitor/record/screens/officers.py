"""民警个人账号: the register itself, for who keeps it; no other screen and no export has more."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import RowMapping, func, select

from monitor.access.declared import shown
from monitor.domain.account import Kind
from monitor.domain.officer import Joining, Standing
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.officers import OFFICER, PAPER
from monitor.record.screens.scoping import ACCOUNT_REV, visible
from monitor.record.store import Reading

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Officer:
    """One account of the register; `scans` counts the papers kept with a scan."""

    account_id: int
    platform: str
    name: str
    unit_name: str
    region_name: str
    county_name: str
    joining: Joining
    scans: int


@shown(Permission.CONSENT)
def officers(tx: Reading, scope: Scope, now: int, limit: int = MOST) -> tuple[Officer, ...]:
    """The officers' accounts of a scope, whatever their papers, by unit and name."""
    personal = ACCOUNT_REV.c.kind == Kind.PERSONAL.value
    seen = visible(tx, scope, now, personal, official=False, register=True)
    scans = (
        select(func.count())
        .where(PAPER.c.account_id == seen.c.account_id, PAPER.c.scan != "")
        .scalar_subquery()
    )
    names = ("account_id", "platform", "name", "unit_name", "region_name", "county_name")
    joined = seen.outerjoin(OFFICER, OFFICER.c.account_id == seen.c.account_id)
    rows = tx.conn.execute(
        select(
            *(seen.c[each] for each in names),
            *(OFFICER.c[each] for each in ("standing", "approved_until", "consented_until")),
            OFFICER.c.version,
            scans.label("scans"),
        )
        .select_from(joined)
        .order_by(seen.c.unit_name, seen.c.name, seen.c.account_id)
        .limit(limit)
    )
    return tuple(_officer(row, names) for row in rows.mappings())


def _officer(row: RowMapping, names: tuple[str, ...]) -> Officer:
    standing = Standing(row["standing"] or Standing.PROPOSED)
    joining = Joining(
        standing, row["approved_until"] or 0, row["consented_until"] or 0, row["version"] or 0
    )
    said = {each: row[each] for each in names}
    return Officer(joining=joining, scans=row["scans"], **said)
