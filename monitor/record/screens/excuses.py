"""同意停更 of one account: what was agreed on what paper, what was ended early or taken back."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Row, func, or_, select

from monitor.access.declared import shown
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.excuses import EXCUSE
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

PERSON: Final = METADATA.tables["person"]
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreed silence: [a, b) seconds, of what kind, on what paper; who entered it, '' where
    nobody at the desk did. `ended` says that it was shortened, `withdrawn` that it counts for
    nothing."""

    id: int
    a: int
    b: int
    kind: str
    paper: str
    by: str
    ended: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Silences:
    """All that was agreed of an account of the scope at `path`, the newest first."""

    account_id: int
    name: str
    path: str
    rows: tuple[Agreed, ...]


@shown(Permission.SEE_ACCOUNTS, Permission.SEE_HEALTH)
def agreed(tx: Reading, scope: Scope, now: int, account_id: int) -> Silences | None:
    """An official account of the scope with its agreed silence; None where there is none such."""
    seen = visible(tx, scope, now)
    home = tx.conn.execute(
        select(seen.c.name, seen.c.path).where(seen.c.account_id == account_id)
    ).first()
    if home is None:
        return None
    stands = or_(EXCUSE.c.superseded_at == OPEN, EXCUSE.c.withdrawn_by.is_not(None))
    rows = tx.conn.execute(
        select(EXCUSE, func.coalesce(PERSON.c.name, "").label("person"))
        .outerjoin(PERSON, PERSON.c.id == func.coalesce(EXCUSE.c.withdrawn_by, EXCUSE.c.by))
        .where(EXCUSE.c.account_id == account_id, stands)
        .order_by(EXCUSE.c.a.desc(), EXCUSE.c.id.desc())
        .limit(MOST)
    )
    return Silences(account_id, home.name, home.path, tuple(_agreed(row) for row in rows))


def _agreed(row: Row[tuple[object, ...]]) -> Agreed:
    said = row._mapping
    return Agreed(
        id=said["id"],
        a=said["a"],
        b=said["b"],
        kind=said["kind"],
        paper=said["paper"],
        by=said["person"],
        ended=said["follows"] is not None,
        withdrawn=said["superseded_at"] != OPEN,
    )
