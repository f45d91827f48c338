"""待确认: what looks and units say of the registry and nobody has confirmed yet."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from monitor.access.declared import shown
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.reporting import fillers
from monitor.record.screens.scoping import may_see, visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

PROPOSAL: Final = METADATA.tables["proposal"]
LOOK: Final = METADATA.tables["look"]
LINE: Final = METADATA.tables["report_line"]
PERSON: Final = METADATA.tables["person"]
UNIT_REV: Final = METADATA.tables["unit_rev"]
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Proposed:
    """One matter of one account and what it rests on. `filler_path` is the path of the unit that
    fills in the account's reports. Seconds UTC; `decided_at` None while it is open."""

    id: int
    account_id: int
    platform: str
    name: str
    state: str
    unit_name: str
    region_name: str
    filler_path: str
    matter: str
    value: str
    stated_at: int
    person_id: int | None
    person_name: str | None
    look_seen: str | None
    look_grade: int | None
    photo: str | None
    remark: str | None
    week: str | None
    decision: str
    decided_at: int | None
    decided_name: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """One page of a list, and how many there are."""

    total: int
    rows: tuple[Proposed, ...]


@shown(Permission.CONFIRM)
def waiting(tx: Reading, scope: Scope, now: int, *, limit: int = 50, offset: int = 0) -> Proposals:
    """What is open in a scope, the oldest first."""
    return _page(tx, (scope, now), (PROPOSAL.c.decided_at.is_(None),), limit, offset)


@shown(Permission.CONFIRM)
def decided(tx: Reading, scope: Scope, now: int, *, limit: int = 20) -> Proposals:
    """What was decided in a scope, the newest first."""
    return _page(tx, (scope, now), (PROPOSAL.c.decided_at.is_not(None),), limit, 0)


@shown(Permission.CONFIRM)
def one(tx: Reading, scope: Scope, now: int, proposal_id: int) -> Proposed | None:
    """One matter within the scope; None where there is none."""
    found = _page(tx, (scope, now), (PROPOSAL.c.id == proposal_id,), 1, 0).rows
    return found[0] if found else None


@shown(Permission.SEE_ACCOUNTS)
def of_account(tx: Reading, scope: Scope, now: int, account_id: int) -> tuple[Proposed, ...]:
    """All that was ever said of one account, the newest first."""
    if not may_see(tx, scope, now, account_id):
        return ()
    return _page(tx, (scope, now), (PROPOSAL.c.account_id == account_id,), MOST, 0).rows[::-1]


def _page(
    tx: Reading,
    within: tuple[Scope, int],
    conditions: tuple[ColumnElement[bool], ...],
    limit: int,
    offset: int,
) -> Proposals:
    seen = visible(tx, *within)
    joined = seen.join(PROPOSAL, PROPOSAL.c.account_id == seen.c.account_id)
    total = select(func.count()).select_from(joined).where(*conditions)
    proposer, decider = PERSON.alias("proposer"), PERSON.alias("decider")
    rows = (
        select(*_columns(seen, proposer, decider))
        .select_from(
            joined.outerjoin(LOOK, LOOK.c.id == PROPOSAL.c.look_id)
            .outerjoin(LINE, LINE.c.id == PROPOSAL.c.line_id)
            .outerjoin(proposer, proposer.c.id == PROPOSAL.c.person_id)
            .outerjoin(decider, decider.c.id == PROPOSAL.c.decided_by)
        )
        .where(*conditions)
        .order_by(PROPOSAL.c.decided_at.desc(), PROPOSAL.c.recorded_at, PROPOSAL.c.id)
        .limit(min(limit, MOST))
        .offset(offset)
    )
    found = [dict(row) for row in tx.conn.execute(rows).mappings()]
    above = _paths(tx) if found else {}
    return Proposals(
        int(tx.conn.execute(total).scalar_one()), tuple(_proposed(each, above) for each in found)
    )


def _paths(tx: Reading) -> dict[int, str]:
    """By unit, the path of the one that fills its reports in."""
    filler = fillers(tx)
    rows = tx.conn.execute(
        select(UNIT_REV.c.unit_id, UNIT_REV.c.path)
        .where(UNIT_REV.c.superseded_at == OPEN)
        .order_by(UNIT_REV.c.valid_from)
    )
    paths = {row.unit_id: row.path for row in rows}
    return {unit: paths[above] for unit, (above, _) in filler.items()}


def _proposed(row: dict[str, Any], above: dict[int, str]) -> Proposed:
    path = above[row.pop("unit_id")]
    if row["decided_at"] is not None:
        row["decided_at"] //= 1_000_000
    return Proposed(filler_path=path, **row)


def _columns(seen: Any, proposer: Any, decider: Any) -> list[ColumnElement[Any]]:
    own = ("id", "matter", "value", "stated_at", "person_id", "decision", "decided_at", "reason")
    shown = ("account_id", "platform", "name", "state", "unit_id", "unit_name", "region_name")
    return [
        *(PROPOSAL.c[name] for name in own),
        *(seen.c[name] for name in shown),
        proposer.c.name.label("person_name"),
        decider.c.name.label("decided_name"),
        LOOK.c.seen.label("look_seen"),
        LOOK.c.grade.label("look_grade"),
        LOOK.c.photo,
        LOOK.c.remark,
        LINE.c.week,
    ]
