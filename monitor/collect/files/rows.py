"""Rows: each row of a recognised sheet becomes a post, numbers of its account, or a problem."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from monitor.collect.files import keys, moments, values
from monitor.collect.files.cells import Reader
from monitor.collect.files.grid import Row, is_blank
from monitor.collect.files.layout import ACCOUNT_FIELDS, POST_FIELDS, Column, Layout
from monitor.collect.files.moments import Moment
from monitor.collect.files.values import Cell, Unreadable
from monitor.domain.account import PLATFORMS, platform_of
from monitor.domain.instants import day_end, shanghai_day
from monitor.domain.loading import RowProblem
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers
from monitor.domain.post import SeenPost

LEVEL: Final = "累计"
DAILY: Final = "单日"
DESCRIBING: Final = ("native_id", "url", "title", "form")
Said = dict[str, Any]
"""Values of one row by field."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose columns are known. `places` are the columns of the layout that it has."""

    sheet: str
    rows: tuple[Row, ...]
    first: int
    layout: Layout
    places: tuple[tuple[Column, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What one good row says."""

    platform: str
    uid: str
    name: str
    post: SeenPost | None
    observations: tuple[AccountObservation, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the rows of one table are read: its columns, what may be filled, which rows count."""

    table: Table
    now: int
    readers: tuple[Reader, ...]
    choosing: tuple[Reader, ...]
    posts: tuple[str, ...]
    accounts: tuple[str, ...]
    named: bool


def _plan(table: Table, now: int) -> _Plan:
    missing = table.layout.missing
    readers = tuple(Reader(column, place, missing) for column, place in table.places)
    aims = {column.aim for column, _ in table.places}
    aims |= {aim for column, _ in table.places for aim in column.by_platform.values()}
    return _Plan(
        table,
        now,
        readers,
        tuple(each for each in readers if each.column.skip or each.column.keep),
        tuple(sorted(POST_FIELDS & aims)),
        tuple(sorted(ACCOUNT_FIELDS & aims)),
        "account_name" in aims,
    )


class _Refused(Exception):  # noqa: N818  # never leaves this file
    def __init__(self, column: str, value: Cell, expected: str) -> None:
        super().__init__(expected)
        self.column = column
        self.value = value
        self.expected = expected


def read(table: Table, now: int) -> Iterator[Line | RowProblem]:
    """Every row that is not blank, in order; a refused one says nothing at all."""
    plan = _plan(table, now)
    for number, row in enumerate(table.rows[table.first :], start=table.first + 1):
        if is_blank(row) or _left_out(plan, row):
            continue
        try:
            yield _line(plan, row)
        except _Refused as refused:
            value = values.text_of(refused.value)
            yield RowProblem(table.sheet, number, refused.column, value, refused.expected)


def _left_out(plan: _Plan, row: Row) -> bool:
    """True for a total, another channel, or the rest of a longer table that stands beside it."""
    for each in plan.choosing:
        column = each.column
        said = values.text_of(row[each.place] if each.place < len(row) else None)
        if said in column.skip or (column.keep and said not in column.keep):
            return True
    if not plan.table.layout.beside:
        return False
    return all(is_blank(row[each.place : each.place + 1]) for each in plan.readers)


def _line(plan: _Plan, row: Row) -> Line:
    table = plan.table
    platform = table.layout.platform or _platform(table, row)
    said = _said(plan, row, platform)
    observed_at = _observed_at(plan, said)
    uid, name = said.get("account_id", ""), said.get("account_name", "")
    if plan.named and not (uid or name):
        raise _Refused(_title(table, "account_name"), "", "账号名称,或账号ID")
    post = _post(plan, said, observed_at, uid or name)
    return Line(platform, uid, name, post, _observations(plan, said, observed_at))


def _said(plan: _Plan, row: Row, platform: str) -> Said:
    """What the row says, by field; a column that is kept nowhere is only checked."""
    said: Said = {}
    width = len(row)
    for each in plan.readers:
        cell = row[each.place] if each.place < width else None
        if cell is None or cell == "":
            continue
        column = each.column
        try:
            found = each.value(cell)
        except Unreadable as error:
            raise _Refused(column.title, cell, error.expected) from None
        aim = column.by_platform.get(platform, column.aim)
        if aim and found is not None:
            said[aim] = found
    return said


def _platform(table: Table, row: Row) -> str:
    """The platform the row names."""
    column, place = next(each for each in table.places if each[0].aim == "platform")
    cell = row[place] if place < len(row) else None
    platform = platform_of(values.text_of(cell))
    if platform is None:
        raise _Refused(column.title, cell, f"平台名称:{'、'.join(PLATFORMS.values())}")
    return platform


def _observed_at(plan: _Plan, said: Said) -> int:
    """The end of 统计日期, never after `now`; `now` where the file has none."""
    dated: Moment | None = said.get("stat_date")
    if dated is None:
        if all(column.aim != "published" for column, _ in plan.table.places):
            raise _Refused(_title(plan.table, "stat_date"), "", "日期,如2026-11-22")
        return plan.now
    if dated[0] > plan.now:
        shown = str(shanghai_day(dated[0]))
        raise _Refused(_title(plan.table, "stat_date"), shown, "不晚于今天的日期")
    return min(_end_of_day(dated[0]), plan.now)


@lru_cache(maxsize=4096)
def _end_of_day(second: int) -> int:
    return day_end(shanghai_day(second))


def _post(plan: _Plan, said: Said, observed_at: int, account: str) -> SeenPost | None:
    """The post of the row; None where the row tells of the account only."""
    published: Moment | None = said.get("published")
    numbers = {each: said[each] for each in plan.posts if each in said}
    if published is None:
        if numbers or any(said.get(each) for each in DESCRIBING):
            raise _Refused(_title(plan.table, "published"), "", moments.EXPECTED)
        return None
    try:
        start, end = moments.clipped(published, observed_at)
    except Unreadable as error:
        shown = moments.say(published)
        raise _Refused(_title(plan.table, "published"), shown, error.expected) from None
    title, url = said.get("title", ""), said.get("url", "")
    return SeenPost(
        keys.native_id(said.get("native_id", ""), url, account, start, title),
        title=title,
        url=url,
        form=said.get("form", ""),
        published_from=start,
        published_until=end,
        observed_at=observed_at,
        numbers=PostNumbers(**{name: each.value for name, each in numbers.items()}),
        capped=frozenset([name for name, each in numbers.items() if each.capped]),
    )


def _observations(plan: _Plan, said: Said, observed_at: int) -> tuple[AccountObservation, ...]:
    """Followers are a level (累计), whatever the day's other numbers are."""
    numbers = {
        aim.removeprefix("account."): said[aim].value for aim in plan.accounts if aim in said
    }
    if not numbers:
        return ()
    basis = plan.table.layout.basis
    dated = said.get("stat_date")
    final = basis != DAILY or dated is None or observed_at == _end_of_day(dated[0])
    if basis != DAILY or "followers" not in numbers:
        return (AccountObservation(observed_at, AccountNumbers(**numbers), basis, final),)
    level = AccountNumbers(followers=numbers.pop("followers"))
    seen = (AccountObservation(observed_at, level, LEVEL, final),)
    if not numbers:
        return seen
    return (*seen, AccountObservation(observed_at, AccountNumbers(**numbers), DAILY, final))


def _title(table: Table, aim: str) -> str:
    return next(column.title for column, _ in table.places if column.aim == aim)
