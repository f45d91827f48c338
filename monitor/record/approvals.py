"""Approvals: the row of each subject, its signatures round by round, every move; swapped once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from monitor.domain.approval import (
    Approval,
    Move,
    Paper,
    Signature,
    Stage,
    State,
    Step,
)
from monitor.domain.person import Role
from monitor.record import sendings
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

APPROVAL = METADATA.tables["approval"]
STEP = METADATA.tables["approval_step"]
MOVE = METADATA.tables["approval_move"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is approved: its kind and id, whose unit, and how lists call it."""

    kind: str
    id: int
    unit_id: int
    title: str
    sort: str
    level: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An approval with its row: `version` moves with every change."""

    id: int
    version: int
    subject: Subject
    approval: Approval


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done: by whom, for whom, to whom, and the hash of the text seen."""

    move: Move
    person: int | None
    stage: Stage | None = None
    behalf: int | None = None
    to: int | None = None
    opinion: str = ""
    sha256: str = ""


def begin(tx: Writing, subject: Subject, approval: Approval) -> int:
    """Enter a subject's approval as a draft; its id."""
    return enter(
        tx,
        APPROVAL,
        subject_kind=subject.kind,
        subject_id=subject.id,
        drafter_id=approval.drafter,
        version=0,
        chain="",
        chain_version=0,
        provisional=False,
        **_columns(tx, subject, approval),
    )


def get(tx: Reading, approval_id: int) -> Kept | None:
    """One approval with the signatures of its present round."""
    return _one(tx, APPROVAL.c.id == approval_id)


def of_subject(tx: Reading, kind: str, subject_id: int) -> Kept | None:
    """The approval of a subject; None where it has none yet."""
    return _one(tx, (APPROVAL.c.subject_kind == kind) & (APPROVAL.c.subject_id == subject_id))


def put(
    tx: Writing, before: Kept, subject: Subject, after: Approval, chain: Mapping[str, Any]
) -> bool:
    """Write an approval down on top of the one that was read; False where that is not the newest.

    `chain` are the columns of its chain, where it was laid out anew.
    """
    columns = {**_columns(tx, subject, after), **chain}
    if not sendings.swap(tx, APPROVAL, before.id, before.version, **columns):
        return False
    if after.round != before.approval.round or not after.steps:
        void = update(STEP).where(STEP.c.approval_id == before.id)
        tx.conn.execute(void.values(open=False, void=True))
    if after.round != before.approval.round:
        _lay_out(tx, before.id, after)
    else:
        _sign(tx, before.id, after)
    return True


def note(tx: Writing, approval_id: int, before: Approval, after: Approval, moved: Moved) -> None:
    """Enter a move beside the state it led from and to."""
    tx.conn.execute(
        insert(MOVE).values(
            approval_id=approval_id,
            round=after.round,
            move=moved.move.value,
            stage=moved.stage.value if moved.stage else "",
            before=before.state.value,
            after=after.state.value,
            person_id=moved.person,
            behalf_id=moved.behalf,
            to_id=moved.to,
            opinion=moved.opinion,
            sha256=moved.sha256,
            recorded_at=tx.stamp,
        )
    )


def lapsed(tx: Reading, now: int) -> list[int]:
    """Approvals under way whose due second is past."""
    over = select(APPROVAL.c.id).where(
        APPROVAL.c.state == State.UNDER_WAY.value, APPROVAL.c.due_at <= now
    )
    return list(tx.conn.execute(over.order_by(APPROVAL.c.id)).scalars())


def _columns(tx: Writing, subject: Subject, approval: Approval) -> dict[str, Any]:
    return {
        "unit_id": subject.unit_id,
        "title": subject.title,
        "kind": subject.sort,
        "level": subject.level,
        "state": approval.state.value,
        "sha256": approval.sha256,
        "round": approval.round,
        "due_at": approval.due,
        "planned_at": approval.planned,
        "distinct": approval.distinct,
        "confirms": sorted(role.value for role in approval.confirms),
        "attested_by": approval.attested_by,
        "paper": asdict(approval.paper) if approval.paper else None,
        "recorded_at": tx.stamp,
    }


def _lay_out(tx: Writing, approval_id: int, approval: Approval) -> None:
    rows = [
        {"approval_id": approval_id, "round": approval.round, "position": each.position}
        | {"stage": each.stage.value, "role": each.role.value}
        | _state(approval, each)
        for each in approval.steps
    ]
    if rows:
        tx.conn.execute(insert(STEP), rows)


def _sign(tx: Writing, approval_id: int, approval: Approval) -> None:
    """The steps of the present round as they are now, each in its place."""
    ids = tx.conn.execute(
        select(STEP.c.id)
        .where(STEP.c.approval_id == approval_id, STEP.c.round == approval.round)
        .order_by(STEP.c.position, STEP.c.id)
    ).scalars()
    for step_id, each in zip(list(ids), approval.steps, strict=False):
        changed = update(STEP).where(STEP.c.id == step_id)
        tx.conn.execute(changed.values(**_state(approval, each)))


def _state(approval: Approval, step: Step) -> dict[str, Any]:
    signed = step.signed
    return {
        "holder_id": step.holder,
        "open": step in approval.open_steps,
        "void": False,
        "signed_by": signed.person if signed else None,
        "behalf_id": signed.behalf if signed else None,
        "signed_at": signed.at if signed else None,
        "opinion": signed.opinion if signed else "",
        "sha256": signed.sha256 if signed else "",
    }


def _one(tx: Reading, condition: Any) -> Kept | None:
    row = tx.conn.execute(select(APPROVAL).where(condition)).mappings().first()
    if row is None:
        return None
    steps = tx.conn.execute(
        select(STEP)
        .where(STEP.c.approval_id == row["id"], STEP.c.round == row["round"], ~STEP.c.void)
        .order_by(STEP.c.position, STEP.c.id)
    ).mappings()
    subject = Subject(
        row["subject_kind"],
        row["subject_id"],
        row["unit_id"],
        row["title"],
        row["kind"],
        row["level"],
    )
    return Kept(row["id"], row["version"], subject, _approval(row, [_step(each) for each in steps]))


def _approval(row: RowMapping, steps: list[Step]) -> Approval:
    return Approval(
        drafter=row["drafter_id"],
        sha256=row["sha256"],
        state=State(row["state"]),
        steps=tuple(steps),
        round=row["round"],
        due=row["due_at"],
        planned=row["planned_at"],
        distinct=row["distinct"],
        confirms=frozenset(Role(each) for each in row["confirms"]),
        attested_by=row["attested_by"],
        paper=Paper(**row["paper"]) if row["paper"] else None,
    )


def _step(row: RowMapping) -> Step:
    signed = None
    if row["signed_by"] is not None:
        signed = Signature(
            row["signed_by"], row["signed_at"], row["sha256"], row["opinion"], row["behalf_id"]
        )
    return Step(row["position"], Stage(row["stage"]), Role(row["role"]), row["holder_id"], signed)
