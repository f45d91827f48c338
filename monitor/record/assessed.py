"""What assessments froze and found: written once in bulk, read whole or by unit, never changed."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final, TypeVar

from sqlalchemy import Select, Table, delete, insert, or_, select

from monitor.domain.assessed import Count, Fact, Line, Listed, Total
from monitor.record.staging import chunks
from monitor.record.store import Reading, Store, Writing
from monitor.record.tables.base import METADATA

ROSTER: Final = METADATA.tables["assessment_roster"]
FACT: Final = METADATA.tables["assessment_fact"]
LINE: Final = METADATA.tables["assessment_line"]
COUNT: Final = METADATA.tables["assessment_count"]
TOTAL: Final = METADATA.tables["assessment_total"]
TABLES: Final = {Listed: ROSTER, Fact: FACT, Line: LINE, Count: COUNT, Total: TOTAL}
AT_ONCE: Final = 4000
"""Rows per transaction: some 100 ms under the write lock."""

Row = TypeVar("Row", Listed, Fact, Line, Count, Total)


def clear(tx: Writing, assessment_id: int) -> None:
    """Drop what an attempt that was cut short had written; only before anything is frozen."""
    for table in TABLES.values():
        tx.conn.execute(delete(table).where(table.c.assessment_id == assessment_id))


def add(store: Store, assessment_id: int, rows: Sequence[Row]) -> None:
    """Write rows of one sort, some at a time. Nobody reads them before the assessment itself says
    that they are frozen."""
    for part in chunks(rows, AT_ONCE):
        with store.writing() as tx:
            tx.conn.execute(insert(TABLES[type(part[0])]), _said(assessment_id, part))


def _said(assessment_id: int, rows: Sequence[Row]) -> list[dict[str, Any]]:
    names = [each.name for each in fields(rows[0])]
    return [
        {"assessment_id": assessment_id, **{name: getattr(each, name) for name in names}}
        for each in rows
    ]


def replace(
    tx: Writing, assessment_id: int, begins: Sequence[str], given: Sequence[Sequence[Any]]
) -> None:
    """In one transaction: other lines, counts and totals, and other facts of the measurements that
    begin so; all else that was frozen stays as it is, whatever happens meanwhile."""
    for table in (LINE, COUNT, TOTAL):
        tx.conn.execute(delete(table).where(table.c.assessment_id == assessment_id))
    named = or_(*(FACT.c.measure.startswith(each) for each in begins))
    tx.conn.execute(delete(FACT).where(FACT.c.assessment_id == assessment_id, named))
    for rows in given:
        if rows:
            tx.conn.execute(insert(TABLES[type(rows[0])]), _said(assessment_id, rows))


def roster(tx: Reading, assessment_id: int) -> list[Listed]:
    """The frozen roster, by code."""
    return _read(tx, Listed, assessment_id, "", "unit")


def facts(tx: Reading, assessment_id: int, unit: str = "") -> list[Fact]:
    """The frozen facts of all, or of one unit's code, in the order they were frozen."""
    return _read(tx, Fact, assessment_id, unit, "id")


def lines(tx: Reading, assessment_id: int, unit: str = "") -> list[Line]:
    """评分明细 of all, or of one unit's code, line by line."""
    return _read(tx, Line, assessment_id, unit, "id")


def counts(tx: Reading, assessment_id: int, unit: str = "") -> list[Count]:
    """Deductions and bonus of all, or of one unit's code."""
    return _read(tx, Count, assessment_id, unit, "id")


def totals(tx: Reading, assessment_id: int, unit: str = "") -> list[Total]:
    """The results of all, or of one unit's code, by code."""
    return _read(tx, Total, assessment_id, unit, "unit")


def _read(tx: Reading, sort: type[Row], assessment_id: int, unit: str, by: str) -> list[Row]:
    table = TABLES[sort]
    query = _chosen(table, [each.name for each in fields(sort)])
    query = query.where(table.c.assessment_id == assessment_id)
    if unit:
        query = query.where(table.c.unit == unit)
    return [sort(*row) for row in tx.conn.execute(query.order_by(table.c[by]))]


def _chosen(table: Table, names: Sequence[str]) -> Select[Any]:
    return select(*(table.c[name] for name in names))
