"""Rows: each row of a recognised sheet becomes a post, numbers of its account, or a problem."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from monitor.collect.files import keys, moments, values
from monitor.collect.files.grid import Row, is_blank
from monitor.collect.files.layout import ACCOUNT_FIELDS, POST_FIELDS, Column, Kind, Layout
from monitor.collect.files.moments import Moment
from monitor.collect.files.values import Cell, Count, Unreadable
from monitor.domain.account import PLATFORMS, platform_of
from monitor.domain.instants import day_end, shanghai_day
from monitor.domain.loading import RowProblem
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers
from monitor.domain.post import SeenPost

NO_ID: Final = frozenset({"无", "待补", "未知", "不详", "暂无"})
LEVEL: Final = "累计"
DAILY: Final = "单日"
_NUMBERS: Final[dict[Kind, Callable[[Cell, frozenset[str]], Any]]] = {
    Kind.COUNT: values.count,
    Kind.SHARE: values.share,
    Kind.POINTS: values.points,
    Kind.SECONDS: values.seconds,
    Kind.CHANGE: values.change,
}


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


@dataclass(slots=True)
class _Reading:
    """One row while it is read: values by field, and who is to blame for a refusal."""

    texts: dict[str, str] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)
    published: Moment | None = None
    stat_date: date | None = None


class _Refused(Exception):  # noqa: N818  # never leaves this file
    def __init__(self, column: str, value: Cell, expected: str) -> None:
        super().__init__(expected)
        self.column = column
        self.value = value
        self.expected = expected


def read(table: Table, now: int) -> Iterator[Line | RowProblem]:
    """Every row that is not blank, in order; a refused one says nothing at all."""
    for number, row in enumerate(table.rows[table.first :], start=table.first + 1):
        if is_blank(row) or _left_out(table, row):
            continue
        try:
            yield _line(table, row, now)
        except _Refused as refused:
            value = values.text_of(refused.value)
            yield RowProblem(table.sheet, number, refused.column, value, refused.expected)


def _left_out(table: Table, row: Row) -> bool:
    """True for a total, another channel, or the rest of a longer table that stands beside it."""
    for column, place in table.places:
        if column.skip or column.keep:
            said = values.text_of(row[place] if place < len(row) else None)
            if said in column.skip or (column.keep and said not in column.keep):
                return True
    if not table.layout.beside:
        return False
    return all(is_blank(row[place : place + 1]) for _, place in table.places)


def _line(table: Table, row: Row, now: int) -> Line:
    platform = _platform(table, row)
    reading = _Reading()
    for column, place in table.places:
        cell = row[place] if place < len(row) else None
        try:
            _take(reading, column, column.aim_on(platform), cell, table.layout)
        except Unreadable as error:
            raise _Refused(column.title, cell, error.expected) from None
    observed_at = _observed_at(table, reading, now)
    uid, name = _account(table, reading)
    post = _post(table, reading, observed_at, uid or name)
    return Line(platform, uid, name, post, _observations(table, reading, observed_at))


def _platform(table: Table, row: Row) -> str:
    """The layout's platform, or the one the row names."""
    if table.layout.platform:
        return table.layout.platform
    column, place = next(each for each in table.places if each[0].aim == "platform")
    cell = row[place] if place < len(row) else None
    platform = platform_of(values.text_of(cell))
    if platform is None:
        raise _Refused(column.title, cell, f"平台名称:{'、'.join(PLATFORMS.values())}")
    return platform


def _take(reading: _Reading, column: Column, aim: str, cell: Cell, layout: Layout) -> None:
    """Read one cell; a column that is kept nowhere is only checked."""
    found = _value(column.kind, cell, layout.missing)
    if not aim or found is None:
        return
    if aim == "published":
        reading.published = found
    elif aim == "stat_date":
        reading.stat_date = moments.day(cell)
    elif column.kind is Kind.COUNT:
        reading.counts[aim] = found
    else:
        reading.texts[aim] = found


def _value(kind: Kind, cell: Cell, missing: frozenset[str]) -> Any:
    if kind is Kind.TEXT:
        return values.text_of(cell)
    if kind is Kind.ID:
        said = values.identity(cell)
        return "" if said in NO_ID or values.is_missing(said) else said
    if kind is Kind.TIME:
        return moments.moment(cell)
    return _NUMBERS[kind](cell, missing)


def _observed_at(table: Table, reading: _Reading, now: int) -> int:
    """The end of 统计日期, never after `now`; `now` where the file has none."""
    if reading.stat_date is None:
        if all(column.aim != "published" for column, _ in table.places):
            raise _Refused(_title(table, "stat_date"), "", "日期,如2026-11-22")
        return now
    if reading.stat_date > shanghai_day(now):
        raise _Refused(_title(table, "stat_date"), str(reading.stat_date), "不晚于今天的日期")
    return min(day_end(reading.stat_date), now)


def _account(table: Table, reading: _Reading) -> tuple[str, str]:
    """(uid, name); a file that names its accounts names one in every row."""
    uid, name = reading.texts.get("account_id", ""), reading.texts.get("account_name", "")
    named = any(column.aim == "account_name" for column, _ in table.places)
    if named and not (uid or name):
        raise _Refused(_title(table, "account_name"), "", "账号名称,或账号ID")
    return uid, name


def _post(table: Table, reading: _Reading, observed_at: int, account: str) -> SeenPost | None:
    """The post of the row; None where the row tells of the account only."""
    said = {each: reading.texts.get(each, "") for each in ("native_id", "url", "title", "form")}
    numbers = {each: reading.counts[each] for each in POST_FIELDS if each in reading.counts}
    if reading.published is None:
        if any(said.values()) or numbers:
            raise _Refused(_title(table, "published"), "", moments.EXPECTED)
        return None
    try:
        start, end = moments.clipped(reading.published, observed_at)
    except Unreadable as error:
        shown = moments.say(reading.published)
        raise _Refused(_title(table, "published"), shown, error.expected) from None
    return SeenPost(
        keys.native_id(said["native_id"], said["url"], account, start, said["title"]),
        title=said["title"],
        url=said["url"],
        form=said["form"],
        published_from=start,
        published_until=end,
        observed_at=observed_at,
        numbers=PostNumbers(**{name: each.value for name, each in numbers.items()}),
        capped=frozenset(name for name, each in numbers.items() if each.capped),
    )


def _observations(
    table: Table, reading: _Reading, observed_at: int
) -> tuple[AccountObservation, ...]:
    """Followers are a level (累计), whatever the day's other numbers are."""
    said = {
        aim.removeprefix("account."): reading.counts[aim].value
        for aim in ACCOUNT_FIELDS
        if aim in reading.counts
    }
    if not said:
        return ()
    basis = table.layout.basis
    day = reading.stat_date
    final = basis != DAILY or day is None or observed_at == day_end(day)
    if basis != DAILY or "followers" not in said:
        return (AccountObservation(observed_at, AccountNumbers(**said), basis, final),)
    level = AccountNumbers(followers=said.pop("followers"))
    seen = (AccountObservation(observed_at, level, LEVEL, final),)
    if not said:
        return seen
    return (*seen, AccountObservation(observed_at, AccountNumbers(**said), DAILY, final))


def _title(table: Table, aim: str) -> str:
    return next(column.title for column, _ in table.places if column.aim == aim)
