"""通报: what an office drafted and issued, with where its approval stands; newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import and_, select

from monitor.access.declared import shown
from monitor.domain.account import PLATFORMS
from monitor.domain.bulletin import Candidate, Handling
from monitor.domain.case import OVER
from monitor.domain.manuscript import SUBJECT
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import bulletins, case_handling
from monitor.record.approvals import APPROVAL
from monitor.record.bulletins import BULLETIN, Kept, kept_of
from monitor.record.cases import UNIT_REV
from monitor.record.screens import cases
from monitor.record.screens.cases import CaseLine, Wanted
from monitor.record.screens.scoping import present, within
from monitor.record.store import Reading

MOST: Final = 50
AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """One bulletin: its office, its approval ('' where none was begun), and what was frozen."""

    kept: Kept
    unit_name: str
    approval_id: int | None = None
    approval_state: str = ""
    content: dict[str, Any] = field(default_factory=dict)


@shown(Permission.SEE_CASES)
def listing(
    tx: Reading, scope: Scope, now: int, *, bulletin_id: int = 0, limit: int = MOST
) -> tuple[BulletinLine, ...]:
    """The bulletins of offices within a scope; with an id that one, its frozen content too."""
    approved = and_(
        APPROVAL.c.subject_kind == SUBJECT, APPROVAL.c.subject_id == BULLETIN.c.manuscript_id
    )
    query = (
        select(
            BULLETIN,
            UNIT_REV.c.name.label("unit_name"),
            APPROVAL.c.id.label("approval_id"),
            APPROVAL.c.state.label("approval_state"),
        )
        .select_from(BULLETIN)
        .join(UNIT_REV, and_(UNIT_REV.c.unit_id == BULLETIN.c.unit_id, _present(now)))
        .outerjoin(APPROVAL, approved)
        .where(within(tx, scope, UNIT_REV.c.path, (UNIT_REV.c.line,)))
        .order_by(BULLETIN.c.id.desc())
        .limit(min(limit, MOST))
    )
    if bulletin_id:
        query = query.where(BULLETIN.c.id == bulletin_id)
    rows = tx.conn.execute(query).mappings().all()
    return tuple(_line(tx, dict(row), whole=bool(bulletin_id)) for row in rows)


@shown(Permission.SEE_CASES)
def candidates(tx: Reading, scope: Scope, now: int) -> tuple[Candidate, ...]:
    """All cases of a scope as a bulletin would tell of them, by place, unit and number."""
    some: list[Candidate] = []
    wanted = Wanted(over=True)
    while rows := cases.listing(tx, scope, now, wanted, limit=AT_ONCE, offset=len(some)).rows:
        ids = [each.kept.id for each in rows]
        told, handled = bulletins.told(tx, ids), case_handling.of(tx, ids)
        some += [_candidate(each, told, handled) for each in rows]
    return tuple(sorted(some, key=lambda each: (each.place, each.unit, each.number)))


def _candidate(
    line: CaseLine, told: Mapping[int, int], handled: Mapping[int, Handling]
) -> Candidate:
    kept = line.kept
    return Candidate(
        case_id=kept.id,
        number=kept.number,
        account_id=kept.place.account_id,
        account=line.name,
        platform=PLATFORMS.get(line.platform, line.platform),
        unit=line.unit_name,
        place=line.region_name or "省级",
        case=kept.case,
        told_at=told.get(kept.id),
        due_at=line.due_at,
        opened_at=kept.opened_at,
        over_at=line.last_at if kept.case.state in OVER else None,
        handling=replace(handled.get(kept.id, Handling()), nth=kept.nth),
    )


def _present(now: int) -> Any:
    return present(UNIT_REV, "unit_id", now)


def _line(tx: Reading, row: dict[str, Any], *, whole: bool) -> BulletinLine:
    kept = kept_of(row)
    return BulletinLine(
        kept,
        row["unit_name"],
        row["approval_id"],
        row["approval_state"] or "",
        bulletins.content(tx, kept) if whole else {},
    )
