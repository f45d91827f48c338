"""需要您决定的: what waits for a yes or no within a scope, counted by sort in SQL."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, exists, func, or_, select

from monitor.access.declared import shown
from monitor.domain.approval import State as Signed
from monitor.domain.instants import OPEN
from monitor.domain.lifecycle import Move
from monitor.domain.manuscript import SUBJECT
from monitor.domain.person import Permission, Role
from monitor.domain.scope import Scope
from monitor.record.approvals import APPROVAL, STEP
from monitor.record.lives import LIFE
from monitor.record.objections import OBJECTION
from monitor.record.screens.scoping import present, visible, within
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

UNIT_REV: Final = METADATA.tables["unit_rev"]
HOUSE: Final = frozenset(
    {Role.HEAD, Role.DIRECTOR, Role.CHIEF, Role.SECRECY, Role.COSIGNER, Role.EDITOR}
)
CITY: Final = frozenset({Role.PREFECTURE_REVIEWER, Role.PREFECTURE_ADMIN})
"""Who signs in the province's own house, and who in a prefecture: the others' steps are theirs."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many of one sort of text or application; `due_at` (seconds) is when the first lapses."""

    sort: str
    count: int
    due_at: int | None = None


@shown(Permission.APPROVE)
def signatures(
    tx: Reading, scope: Scope, now: int, roles: Collection[Role] = HOUSE
) -> tuple[Waiting, ...]:
    """Approvals under way whose open step is one of these roles', by sort of text."""
    asked = select(STEP.c.approval_id).where(
        STEP.c.open, STEP.c.role.in_([each.value for each in roles])
    )
    rows = tx.conn.execute(
        select(APPROVAL.c.kind, func.count(), func.min(APPROVAL.c.due_at))
        .join(UNIT_REV, UNIT_REV.c.unit_id == APPROVAL.c.unit_id)
        .where(
            present(UNIT_REV, "unit_id", now),
            within(tx, scope, UNIT_REV.c.path, (UNIT_REV.c.line,)),
            APPROVAL.c.state == Signed.UNDER_WAY.value,
            _alive(now),
            APPROVAL.c.id.in_(asked),
        )
        .group_by(APPROVAL.c.kind)
        .order_by(APPROVAL.c.kind)
    )
    return tuple(Waiting(kind, int(count), due) for kind, count, due in rows)


def _alive(now: int) -> ColumnElement[bool]:
    return or_(APPROVAL.c.due_at.is_(None), APPROVAL.c.due_at > now)


@shown(Permission.CONFIRM)
def applications(tx: Reading, scope: Scope, now: int) -> tuple[Waiting, ...]:
    """Applications for accounts that nobody is asked to sign: only a registered word ends them."""
    seen = visible(tx, scope, now)
    signed = exists().where(
        APPROVAL.c.subject_kind == SUBJECT,
        APPROVAL.c.subject_id == LIFE.c.text_id,
        APPROVAL.c.state == Signed.UNDER_WAY.value,
    )
    rows = tx.conn.execute(
        select(LIFE.c.pending, func.count())
        .join(seen, seen.c.account_id == LIFE.c.account_id)
        .where(LIFE.c.pending.in_([each.value for each in ASKS]), ~signed)
        .group_by(LIFE.c.pending)
        .order_by(LIFE.c.pending)
    )
    return tuple(Waiting(move, int(count)) for move, count in rows)


ASKS: Final = (Move.APPLY_OPEN, Move.APPLY_CHANGE, Move.APPLY_CLOSE)


@shown(Permission.SEE_SCORES)
def objections(tx: Reading, scope: Scope, now: int) -> int:
    """Objections to assessments that nobody has answered."""
    row = (
        select(func.count())
        .select_from(OBJECTION)
        .join(UNIT_REV, UNIT_REV.c.unit_id == OBJECTION.c.unit_id)
        .where(
            OBJECTION.c.decided_at == OPEN,
            present(UNIT_REV, "unit_id", now),
            within(tx, scope, UNIT_REV.c.path, (UNIT_REV.c.line,)),
        )
    )
    return int(tx.conn.execute(row).scalar_one())
