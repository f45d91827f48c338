"""离岗清理: accounts and credentials that still hang on people who left."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import and_, exists, not_, or_, select

from monitor.access.declared import shown
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.people import GRANT, MOST, PERSON, reaches
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

CREDENTIAL: Final = METADATA.tables["credential"]
BOUND: Final = ("联络员", "运维员A", "运维员B", "责任人", "分管领导")
"""What the registry says of people by name."""
KEEPER: Final = "绑定管理员在岗"


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who left, and an account the registry still binds to him; `credential` says that
    keys for it are kept."""

    account_id: int
    platform: str
    account_name: str
    unit_name: str
    field: str
    person_name: str
    credential: bool


@shown(Permission.SEE_PEOPLE)
def leavers(tx: Reading, scope: Scope, now: int, *, limit: int = MOST) -> tuple[Left, ...]:
    """Accounts still bound to people who left or were kept out, or whose 绑定管理员 is gone.

    What the registry says of people is read as it streams by: SQLite finds no Chinese key in JSON.
    """
    gone = frozenset(_gone(tx, scope, now))
    seen = visible(tx, scope, now)
    keys = and_(
        CREDENTIAL.c.account_id == seen.c.account_id, CREDENTIAL.c.platform == seen.c.platform
    )
    names = ("account_id", "platform", "name", "unit_name", "details")
    rows = tx.conn.execute(
        select(*(seen.c[name] for name in names), CREDENTIAL.c.id.is_not(None).label("credential"))
        .select_from(seen.outerjoin(CREDENTIAL, keys))
        .order_by(seen.c.path, seen.c.account_id)
        .execution_options(yield_per=1000)
    )
    found = (each for row in rows.mappings() for each in _left(row, gone))
    return tuple(islice(found, min(limit, MOST)))


def _left(row: Mapping[Any, Any], gone: Collection[str]) -> list[Left]:
    details = row["details"] or {}
    found = [(field, details[field]) for field in BOUND if details.get(field) in gone]
    if details.get(KEEPER) == "否":
        found.append(("绑定管理员", "已不在岗"))
    account = (row["account_id"], row["platform"], row["name"], row["unit_name"])
    return [Left(*account, field, name, bool(row["credential"])) for field, name in found]


def _gone(tx: Reading, scope: Scope, now: int) -> list[str]:
    """Names of people who are out, or whose every right has ended; not of a namesake still here."""
    held = exists().where(GRANT.c.person_id == PERSON.c.id, GRANT.c.until > now)
    ever = exists().where(GRANT.c.person_id == PERSON.c.id)
    out = or_(not_(PERSON.c.active), and_(ever, not_(held)))
    reached = exists().where(GRANT.c.person_id == PERSON.c.id, reaches(tx, scope))
    namesake = PERSON.alias()
    here = exists().where(
        namesake.c.name == PERSON.c.name, namesake.c.active, namesake.c.id != PERSON.c.id
    )
    return list(tx.conn.execute(select(PERSON.c.name).where(out, reached, not_(here))).scalars())
