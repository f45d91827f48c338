"""An approval's signatures, moves and paper as lines with names, for the page that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from monitor.record.approvals import MOVE, STEP
from monitor.record.store import Reading

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class StepLine:
    """One signature, given or wanted; `behalf` is for whom a deputy signed."""

    stage: str
    role: str
    holder: str
    open: bool
    signed_by: str = ""
    behalf: str = ""
    signed_at: int | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One move, newest first."""

    at: int
    move: str
    stage: str
    person: str
    behalf: str
    to: str
    opinion: str
    after: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """线下签批 as registered; `scan` is the hash of the file."""

    signer: str
    signed_at: int
    scan: str
    registered_by: str
    confirmed_by: str


def paper(paper: Mapping[str, Any] | None, names: Mapping[int, str]) -> PaperLine | None:
    """What was signed on paper, with names; None where nothing was."""
    if paper is None:
        return None
    return PaperLine(
        paper["signer"],
        paper["signed_at"],
        paper["scan"],
        names.get(paper["by"], ""),
        names.get(paper["confirmed_by"] or 0, ""),
    )


def steps(
    tx: Reading, approval_id: int, number: int, names: Mapping[int, str]
) -> tuple[StepLine, ...]:
    """The signatures of one round, given and wanted, in their order."""
    rows = tx.conn.execute(
        select(STEP)
        .where(STEP.c.approval_id == approval_id, STEP.c.round == number, ~STEP.c.void)
        .order_by(STEP.c.position, STEP.c.id)
    ).mappings()
    return tuple(
        StepLine(
            stage=row["stage"],
            role=row["role"],
            holder=names.get(row["holder_id"] or 0, ""),
            open=row["open"],
            signed_by=names.get(row["signed_by"] or 0, ""),
            behalf=names.get(row["behalf_id"] or 0, ""),
            signed_at=row["signed_at"],
            opinion=row["opinion"],
        )
        for row in rows
    )


def moves(tx: Reading, approval_id: int, names: Mapping[int, str]) -> tuple[MoveLine, ...]:
    """Every move of an approval, the newest first."""
    rows = tx.conn.execute(
        select(MOVE).where(MOVE.c.approval_id == approval_id).order_by(MOVE.c.id.desc()).limit(MOST)
    ).mappings()
    return tuple(
        MoveLine(
            at=row["recorded_at"] // 1_000_000,
            move=row["move"],
            stage=row["stage"],
            person=names.get(row["person_id"] or 0, ""),
            behalf=names.get(row["behalf_id"] or 0, ""),
            to=names.get(row["to_id"] or 0, ""),
            opinion=row["opinion"],
            after=row["after"],
        )
        for row in rows
    )
