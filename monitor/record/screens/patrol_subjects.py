"""巡查: the account somebody wants to look at, where it is within reach."""

from dataclasses import dataclass

from sqlalchemy import select

from monitor.access.declared import shown
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.scoping import ACCOUNT, visible
from monitor.record.store import Reading


@dataclass(frozen=True, slots=True)
class Subject:
    """An account somebody wants to look at: its platform and the path of its unit."""

    account_id: int
    platform: str
    name: str
    path: str


@shown(Permission.PATROL)
def subject(tx: Reading, scope: Scope, now: int, account_id: int) -> Subject | None:
    """An account within the scope; None where there is none."""
    seen = visible(tx, scope, now, ACCOUNT.c.id == account_id)
    columns = (seen.c.account_id, seen.c.platform, seen.c.name, seen.c.path)
    row = tx.conn.execute(select(*columns)).first()
    return None if row is None else Subject(*row)
