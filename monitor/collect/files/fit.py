"""Whether a sheet is laid out as a layout says, and where its columns then stand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final

from monitor.collect.files import header, rows
from monitor.collect.files.grid import Sheet, is_blank
from monitor.collect.files.layout import Column, Layout
from monitor.collect.files.rows import Table
from monitor.domain.errors import InputError
from monitor.domain.instants import day_end
from monitor.domain.loading import RowProblem

FAR_FUTURE: Final = day_end(date(2099, 12, 31))
"""`now` for a row that is only tried: no publishing time is too late."""


def fit(layout: Layout, found: Sequence[Sheet], name: str) -> list[Table]:
    """The sheets that are laid out so; none where the file is another one."""
    place = _by_place if layout.first_row is not None else _by_header
    wanted = [each for each in found if layout.sheet in ("", each.name)]
    tables = [place(layout, sheet, name) for sheet in wanted]
    fitting = [table for table in tables if table is not None]
    return [every for table in fitting for every in (table, *_beside(table))]


def _beside(table: Table) -> list[Table]:
    """The tables to the right: same rows, other columns."""
    return [replace(table, places=_fixed(columns)) for columns in table.layout.beside]


def _fixed(columns: Sequence[Column]) -> tuple[tuple[Column, int], ...]:
    return tuple((each, each.at) for each in columns if each.at is not None)


def _by_header(layout: Layout, sheet: Sheet, name: str) -> Table | None:
    seen = header.find(sheet.rows, layout.words, layout.within)
    if seen is None:
        return None
    where = f"{name} 工作表“{sheet.name}”" if sheet.name else name
    fixed = _fixed(layout.columns)
    if any(not _stands(column, place, seen.titles) for column, place in fixed):
        return None
    if fixed:
        return Table(sheet.name, sheet.rows, seen.row + 1, layout, fixed)
    names = {column.title: column.names for column in layout.columns}
    places = header.places(seen.titles, names, where)
    lacking = [each.title for each in layout.columns if each.required and each.title not in places]
    if lacking:
        raise InputError(f"表头缺少列:{'、'.join(lacking)}", where, "请使用未改动的导出文件或模板")
    columns = tuple((each, places[each.title]) for each in layout.columns if each.title in places)
    return Table(sheet.name, sheet.rows, seen.row + 1, layout, columns)


def _stands(column: Column, place: int, titles: Sequence[str]) -> bool:
    """Whether the header says at that place what the layout expects there."""
    said = header.canonical(titles[place]) if place < len(titles) else ""
    return said in {header.canonical(name) for name in column.names}


def _by_place(layout: Layout, sheet: Sheet, name: str) -> Table | None:
    """A table without a header to look for is known by its blank columns and its first row."""
    first = (layout.first_row or 1) - 1
    if len(sheet.rows) <= first or any(_said(sheet, first, each) for each in layout.blank):
        return None
    if max(map(len, sheet.rows)) < layout.width:
        return None
    table = Table(sheet.name, sheet.rows, first, layout, _fixed(layout.columns))
    tried = next(iter(rows.read(table, FAR_FUTURE)), None)
    return None if tried is None or isinstance(tried, RowProblem) else table


def _said(sheet: Sheet, first: int, place: int) -> bool:
    """True where any row from the first data row on says something in that column."""
    return any(not is_blank(row[place : place + 1]) for row in islice(sheet.rows, first, None))
