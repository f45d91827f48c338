"""Rows: each row of a recognised sheet becomes a post, numbers of its account, or a problem."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from monitor.collect.files import keys, moments, values
from monitor.collect.files.cells import Reader
from monitor.collect.files.grid import Columns, Row, Strip, is_blank
from monitor.collect.files.layout import ACCOUNT_FIELDS, POST_FIELDS, Column, Layout
from monitor.collect.files.moments import Moment
from monitor.collect.files.values import Cell, Count, Unreadable
from monitor.domain.account import PLATFORMS, platform_of
from monitor.domain.instants import day_end, shanghai_day
from monitor.domain.loading import RowProblem
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers
from monitor.domain.post import SeenPost

LEVEL: Final = "累计"
DAILY: Final = "单日"
STEP: Final = 4096
"""Rows whose cells are read at a time, column by column."""
NOTHING_CAPPED: Final[frozenset[str]] = frozenset()
Said = Sequence[Any]
"""What the cells of one row say, in the order of the readers."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose columns are known. `places` are the columns of the layout that it has."""

    sheet: str
    rows: Sequence[Row]
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
class _Shape:
    """Where each field stands in what a row says, for accounts of one platform; -1 is nowhere."""

    platform: str
    uid: int
    name: int
    published: int
    stat_date: int
    native_id: int
    url: int
    title: int
    form: int
    posts: tuple[tuple[str, int], ...]
    accounts: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Plan:
    """How the rows of one table are read: its columns, what may be filled, which rows count.

    `platform` is where what a row says names its platform, -1 where the layout does. `troubled`
    and `capped` once a cell could not be read, or was shown as a ceiling: few files hold any.
    """

    table: Table
    rows: Columns
    now: int
    readers: tuple[Reader, ...]
    choosing: tuple[Reader, ...]
    platform: int
    dated: bool
    named: bool
    shapes: dict[str | None, _Shape] = field(default_factory=dict)
    troubled: bool = False
    capped: bool = False

    def said(self, start: int, stop: int) -> Iterator[Said]:
        """What the rows from `start` before `stop` say."""
        columns = [each.values(start, stop) for each in self.readers]
        self.troubled = any(each.troubled for each in self.readers)
        self.capped = any(each.capped for each in self.readers)
        return zip(*columns, strict=True)


def _plan(table: Table, now: int) -> _Plan:
    missing = table.layout.missing
    rows = Columns.of(table.rows)
    nowhere: Strip = ((None,), bytes(len(rows)))
    readers = tuple(
        Reader(column, place, rows.strips[place] if place < len(rows.strips) else nowhere, missing)
        for column, place in table.places
    )
    aims = [column.aim for column, _ in table.places]
    every = {
        aim for column, _ in table.places for aim in (column.aim, *column.by_platform.values())
    }
    return _Plan(
        table,
        rows,
        now,
        readers,
        tuple(each for each in readers if each.column.skip or each.column.keep),
        -1 if table.layout.platform else aims.index("platform"),
        "published" in aims,
        "account_name" in every,
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
    for start in range(table.first, len(plan.rows), STEP):
        stop = min(start + STEP, len(plan.rows))
        for number, said in enumerate(plan.said(start, stop), start=start):
            if _left_out(plan, number, said):
                continue
            try:
                yield _line(plan, number, said)
            except _Refused as refused:
                value = values.text_of(refused.value)
                yield RowProblem(table.sheet, number + 1, refused.column, value, refused.expected)


def _left_out(plan: _Plan, number: int, said: Said) -> bool:
    """True for a blank row, a total, another channel, the rest of a longer table beside it."""
    if said == (None,) * len(said):
        beside = bool(plan.table.layout.beside)
        row = [each.cell(number) for each in plan.readers] if beside else plan.rows[number]
        if is_blank(row):
            return True
    for each in plan.choosing:
        column, text = each.column, values.text_of(each.cell(number))
        if text in column.skip or (column.keep and text not in column.keep):
            return True
    return False


def _line(plan: _Plan, number: int, said: Said) -> Line:
    shape = _shape(plan, number, said)
    if plan.troubled:
        _check(plan, number, said)
    observed_at = _observed_at(plan, shape, said)
    uid, name = _text(said, shape.uid), _text(said, shape.name)
    if plan.named and not (uid or name):
        raise _Refused(_title(plan.table, "account_name"), "", "账号名称,或账号ID")
    post = _post(plan, shape, said, observed_at)
    return Line(shape.platform, uid, name, post, _observations(plan, shape, said, observed_at))


def _text(said: Said, place: int) -> str:
    found: str | None = said[place] if place >= 0 else None
    return found or ""


def _shape(plan: _Plan, number: int, said: Said) -> _Shape:
    """Where what stands, on the platform of the layout, else on that which the row names."""
    named = said[plan.platform] if plan.platform >= 0 else None
    known = plan.shapes.get(named)
    if known is not None:
        return known
    platform = plan.table.layout.platform or platform_of(named or "")
    if platform is None:
        reader = plan.readers[plan.platform]
        raise _Refused(
            reader.column.title, reader.cell(number), f"平台名称:{'、'.join(PLATFORMS.values())}"
        )
    plan.shapes[named] = _shaped(plan, platform)
    return plan.shapes[named]


def _shaped(plan: _Plan, platform: str) -> _Shape:
    at = {each.column.aim_on(platform): place for place, each in enumerate(plan.readers)}
    return _Shape(
        platform,
        uid=at.get("account_id", -1),
        name=at.get("account_name", -1),
        published=at.get("published", -1),
        stat_date=at.get("stat_date", -1),
        native_id=at.get("native_id", -1),
        url=at.get("url", -1),
        title=at.get("title", -1),
        form=at.get("form", -1),
        posts=tuple((aim, at[aim]) for aim in sorted(POST_FIELDS & set(at))),
        accounts=tuple(
            (aim.removeprefix("account."), at[aim]) for aim in sorted(ACCOUNT_FIELDS & set(at))
        ),
    )


def _check(plan: _Plan, number: int, said: Said) -> None:
    """The first cell that says nothing its column can hold; kept or only looked at."""
    for each, found in zip(plan.readers, said, strict=True):
        if isinstance(found, Unreadable):
            raise _Refused(each.column.title, each.cell(number), found.expected)


def _observed_at(plan: _Plan, shape: _Shape, said: Said) -> int:
    """The end of 统计日期, never after `now`; `now` where the file has none."""
    dated: Moment | None = said[shape.stat_date] if shape.stat_date >= 0 else None
    if dated is None:
        if not plan.dated:
            raise _Refused(_title(plan.table, "stat_date"), "", "日期,如2026-11-22")
        return plan.now
    if dated[0] > plan.now:
        shown = str(shanghai_day(dated[0]))
        raise _Refused(_title(plan.table, "stat_date"), shown, "不晚于今天的日期")
    return min(_end_of_day(dated[0]), plan.now)


@lru_cache(maxsize=4096)
def _end_of_day(second: int) -> int:
    return day_end(shanghai_day(second))


def _post(plan: _Plan, shape: _Shape, said: Said, observed_at: int) -> SeenPost | None:
    """The post of the row; None where the row tells of the account only."""
    published: Moment | None = said[shape.published] if shape.published >= 0 else None
    numbers = {name: said[place] for name, place in shape.posts if said[place] is not None}
    native, url = _text(said, shape.native_id), _text(said, shape.url)
    title, form = _text(said, shape.title), _text(said, shape.form)
    if published is None:
        if numbers or native or url or title or form:
            raise _Refused(_title(plan.table, "published"), "", moments.EXPECTED)
        return None
    try:
        start, end = moments.clipped(published, observed_at)
    except Unreadable as error:
        shown = moments.say(published)
        raise _Refused(_title(plan.table, "published"), shown, error.expected) from None
    account = _text(said, shape.uid) or _text(said, shape.name)
    capped = _capped(plan, numbers)
    return SeenPost(
        keys.native_id(native, url, account, start, title),
        title=title,
        url=url,
        form=form,
        published_from=start,
        published_until=end,
        observed_at=observed_at,
        numbers=PostNumbers(**numbers),
        capped=capped,
    )


def _capped(plan: _Plan, numbers: dict[str, Any]) -> frozenset[str]:
    """The numbers that were shown as a ceiling, which become plain ones."""
    if not plan.capped:
        return NOTHING_CAPPED
    found = {name: each.value for name, each in numbers.items() if isinstance(each, Count)}
    numbers.update(found)
    return frozenset(found)


def _observations(
    plan: _Plan, shape: _Shape, said: Said, observed_at: int
) -> tuple[AccountObservation, ...]:
    """Followers are a level (累计), whatever the day's other numbers are."""
    numbers = {name: said[place] for name, place in shape.accounts if said[place] is not None}
    if not numbers:
        return ()
    _capped(plan, numbers)
    basis = plan.table.layout.basis
    dated = said[shape.stat_date] if shape.stat_date >= 0 else None
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
