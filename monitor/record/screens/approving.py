"""待我审批 and one approval on one page: the text, who checked what, and every move."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from monitor.access.declared import Reach
from monitor.access.declared import shown as shown_to
from monitor.domain.approval import State
from monitor.domain.manuscript import SUBJECT, Text
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import approval_lines, lives, manuscripts, people
from monitor.record.approval_lines import MoveLine, PaperLine, StepLine
from monitor.record.approvals import APPROVAL, MOVE, STEP
from monitor.record.screens.scoping import below, present, within
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

UNIT_REV: Final = METADATA.tables["unit_rev"]
PERSON: Final = METADATA.tables["person"]
__all__ = ["Line", "MoveLine", "PaperLine", "Shown", "StepLine"]
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One approval in a list; seconds. `stage` is whose turn it is, '' where nobody's."""

    approval_id: int
    title: str
    kind: str
    unit_name: str
    drafter: str
    state: str
    stage: str
    since: int
    due_at: int | None
    provisional: bool
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One approval whole. `version` and `sha256` are what a button is pressed on; `account_id` is
    the account whose application it is, while that waits."""

    line: Line
    unit_id: int
    subject_id: int
    mine: bool
    sha256: str
    text_version: int
    text: Text
    planned_at: int | None
    chain: str
    attested_by: str
    paper: PaperLine | None
    steps: tuple[StepLine, ...] = ()
    moves: tuple[MoveLine, ...] = field(default=())
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text: by whom and when (seconds) it was saved."""

    number: int
    name: str
    at: int
    text: Text


@shown_to(Permission.APPROVE, reach=Reach.SELF)
def waiting(tx: Reading, scope: Scope, now: int, person_id: int) -> tuple[Line, ...]:
    """What waits for a person's signature or confirmation, the next to expire first."""
    if scope.empty:
        return ()
    kept = people.by_id(tx, person_id, now)
    grants = () if kept is None else kept.person.held
    whose = {person_id, *(each.behalf for each in grants if each.behalf is not None)}
    turns = [_turn(tx, each.role.value, each.path, each.line) for each in grants]
    turn = (
        select(STEP.c.id)
        .where(
            STEP.c.approval_id == APPROVAL.c.id,
            STEP.c.open,
            or_(STEP.c.holder_id.in_(whose), and_(STEP.c.holder_id.is_(None), _any(turns))),
        )
        .exists()
    )
    alive = or_(APPROVAL.c.due_at.is_(None), APPROVAL.c.due_at > now)
    found = _lines(tx, now, turn, alive, APPROVAL.c.drafter_id != person_id)
    return (*found, *_papers(tx, now, scope, person_id, {each.role.value for each in grants}))


@shown_to(Permission.APPROVE, reach=Reach.SELF)
def written(tx: Reading, scope: Scope, now: int, person_id: int) -> tuple[Line, ...]:
    """What a person wrote, the newest first."""
    if scope.empty:
        return ()
    return _lines(tx, now, APPROVAL.c.drafter_id == person_id)


@shown_to(Permission.APPROVE, reach=Reach.SELF)
def decided(tx: Reading, scope: Scope, now: int, person_id: int) -> tuple[Line, ...]:
    """What a person had a hand in without having written it, the newest first."""
    if scope.empty:
        return ()
    hand = select(MOVE.c.approval_id).where(MOVE.c.person_id == person_id)
    return _lines(tx, now, APPROVAL.c.id.in_(hand), APPROVAL.c.drafter_id != person_id)


@shown_to(Permission.APPROVE)
def within_reach(tx: Reading, scope: Scope, now: int) -> tuple[Line, ...]:
    """All approvals of the units in a scope, the newest first."""
    return _lines(tx, now, within(tx, scope, UNIT_REV.c.path, (UNIT_REV.c.line,)))


@shown_to(Permission.APPROVE)
def shown(
    tx: Reading, scope: Scope, now: int, person_id: int, approval_id: int = 0
) -> Shown | None:
    """One approval, for whoever sees its unit, wrote it or is asked; None for anybody else."""
    if scope.empty:
        return None
    asked = select(STEP.c.approval_id).where(STEP.c.holder_id == person_id)
    reach = or_(
        within(tx, scope, UNIT_REV.c.path, (UNIT_REV.c.line,)),
        APPROVAL.c.drafter_id == person_id,
        APPROVAL.c.id.in_(asked),
    )
    lines = _lines(tx, now, APPROVAL.c.id == approval_id, reach)
    row = tx.conn.execute(select(APPROVAL).where(APPROVAL.c.id == approval_id)).mappings().first()
    if not lines or row is None or row["subject_kind"] != SUBJECT:
        return None
    manuscript = manuscripts.get(tx, row["subject_id"])
    if manuscript is None:
        return None
    names = _names(tx)
    return Shown(
        line=lines[0],
        unit_id=row["unit_id"],
        subject_id=row["subject_id"],
        mine=row["drafter_id"] == person_id,
        sha256=row["sha256"],
        text_version=manuscript.version,
        text=manuscript.text,
        planned_at=row["planned_at"],
        chain=row["chain"],
        attested_by=row["attested_by"],
        paper=approval_lines.paper(row["paper"], names),
        steps=approval_lines.steps(tx, approval_id, row["round"], names),
        moves=approval_lines.moves(tx, approval_id, names),
        account_id=lives.of_text(tx, row["subject_id"]),
    )


@shown_to(Permission.APPROVE)
def versions(
    tx: Reading, scope: Scope, now: int, person_id: int, approval_id: int = 0
) -> tuple[Version, ...]:
    """Every version of an approval's text, the oldest first, for whom the approval is shown."""
    found = shown(tx, scope, now, person_id, approval_id)
    if found is None:
        return ()
    names = _names(tx)
    return tuple(
        Version(number, names.get(by, ""), at, text)
        for number, by, at, text in manuscripts.versions(tx, found.subject_id)
    )


def _turn(tx: Reading, role: str, path: str, line: str) -> ColumnElement[bool]:
    """A step of a role over the units of a grant."""
    place = [below(tx, UNIT_REV.c.path, path)] if path else []
    place += [UNIT_REV.c.line == line] if line else []
    return and_(STEP.c.role == role, or_(false(), *place))


def _any(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    return or_(false(), *conditions)


def _papers(
    tx: Reading, now: int, scope: Scope, person_id: int, roles: set[str]
) -> tuple[Line, ...]:
    """Papers to be confirmed by one of these roles, and not by who wrote or registered."""
    query = _query(now, APPROVAL.c.state == State.PAPER.value, APPROVAL.c.drafter_id != person_id)
    inside = within(tx, scope, UNIT_REV.c.path, (UNIT_REV.c.line,))
    rows = tx.conn.execute(query.where(inside)).mappings()
    names = _names(tx)
    return tuple(
        _line(row, "", names, now)
        for row in rows
        if roles & set(row["confirms"]) and row["paper"]["by"] != person_id
    )


def _lines(tx: Reading, now: int, *conditions: ColumnElement[bool]) -> tuple[Line, ...]:
    rows = list(tx.conn.execute(_query(now, *conditions)).mappings())
    open_steps = tx.conn.execute(
        select(STEP.c.approval_id, STEP.c.stage)
        .where(STEP.c.open, STEP.c.approval_id.in_([row["id"] for row in rows]))
        .order_by(STEP.c.id)
    )
    stages = {row.approval_id: row.stage for row in open_steps}
    names = _names(tx)
    return tuple(_line(row, stages.get(row["id"], ""), names, now) for row in rows)


def _query(now: int, *conditions: ColumnElement[bool]) -> Select[Any]:
    first = APPROVAL.c.due_at.is_(None), APPROVAL.c.due_at, APPROVAL.c.recorded_at.desc()
    return (
        select(APPROVAL, UNIT_REV.c.name.label("unit_name"))
        .join(UNIT_REV, UNIT_REV.c.unit_id == APPROVAL.c.unit_id)
        .where(present(UNIT_REV, "unit_id", now), *conditions)
        .order_by(*first)
        .limit(MOST)
    )


def _line(row: Mapping[Any, Any], stage: str, names: Mapping[int, str], now: int) -> Line:
    over = row["state"] == State.UNDER_WAY and row["due_at"] is not None and row["due_at"] <= now
    return Line(
        approval_id=row["id"],
        title=row["title"],
        kind=row["kind"],
        unit_name=row["unit_name"],
        drafter=names.get(row["drafter_id"], ""),
        state=State.LATE.value if over else row["state"],
        stage="" if over else stage,
        since=row["recorded_at"] // 1_000_000,
        due_at=row["due_at"],
        provisional=row["provisional"],
        on_paper=row["paper"] is not None,
    )


def _names(tx: Reading) -> dict[int, str]:
    return {row.id: row.name for row in tx.conn.execute(select(PERSON.c.id, PERSON.c.name))}
