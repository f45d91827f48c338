"""Papers of cases: numbered by office, kind and year without a gap, kept as frozen text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import RowMapping, select

from monitor.domain.case_rules import Paper
from monitor.domain.instants import shanghai_day
from monitor.record.cases import Kept
from monitor.record.rows import enter, next_serial
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

PAPER: Final = METADATA.tables["case_paper"]


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that left the house; `amended_by` is the number of what put it right, '' if none."""

    id: int
    case_id: int
    kind: Paper
    number: str
    issued_at: int
    facts: str
    sha256: str
    template: str
    amended_by: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed, and what it is made of."""

    year: int
    serial: int
    text: str


def next_number(tx: Writing, kept: Kept, kind: Paper, word: str) -> Number:
    """The number a paper gets, to be used in this very transaction: 整改通知书 bears the case's,
    the others count by office, kind and year."""
    if kind is Paper.NOTICE:
        return Number(kept.year, kept.serial, kept.number)
    year = shanghai_day(tx.second).year
    alike = {"desk_id": kept.place.desk_id, "kind": kind.value, "year": year}
    serial = next_serial(tx, PAPER, **alike)
    return Number(year, serial, f"{word}〔{year}〕{serial:03d}号")


def issue(tx: Writing, kept: Kept, kind: Paper, number: Number, values: Mapping[str, Any]) -> int:
    """Enter a paper; `values` are `facts`, `sha256`, `template`, `issued_by` and `amends_id`."""
    return enter(
        tx,
        PAPER,
        case_id=kept.id,
        desk_id=kept.place.desk_id,
        kind=kind.value,
        year=number.year,
        serial=number.serial,
        number=number.text,
        issued_at=tx.second,
        recorded_at=tx.stamp,
        **values,
    )


def of_case(tx: Reading, case_id: int) -> tuple[Issued, ...]:
    """The papers of a case, the oldest first."""
    rows = tx.conn.execute(select(PAPER).where(PAPER.c.case_id == case_id).order_by(PAPER.c.id))
    found = list(rows.mappings())
    amended = {row["amends_id"]: row["number"] for row in found if row["amends_id"] is not None}
    return tuple(_issued(row, amended.get(row["id"], "")) for row in found)


def get(tx: Reading, paper_id: int) -> Issued | None:
    """One paper."""
    row = tx.conn.execute(select(PAPER).where(PAPER.c.id == paper_id)).mappings().first()
    return None if row is None else _issued(row, "")


def _issued(row: RowMapping, amended_by: str) -> Issued:
    names = ("id", "case_id", "number", "issued_at", "facts", "sha256", "template")
    return Issued(
        kind=Paper(row["kind"]), amended_by=amended_by, **{name: row[name] for name in names}
    )
