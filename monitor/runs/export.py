"""导: tables that leave the house as CSV or XLSX, judged at the instants that stand in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from monitor.collect import ledger as ledger_file
from monitor.domain.bulletin import Candidate, Sort
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import say_minute, shanghai_day, to_micro, to_second
from monitor.domain.judged import Judged
from monitor.domain.reason import Field, Label, Mark
from monitor.domain.scope import Scope
from monitor.record import (
    audit,
    bulletins,
    ledger_numbers,
    listings,
    office_settings,
    reasons,
    runlog,
)
from monitor.record.registered import registered
from monitor.record.screens import bulletins as screen
from monitor.record.screens import campaign_responses
from monitor.record.store import Reading
from monitor.report import (
    csv_file,
    figures,
    handling,
    ledger,
    named,
    places,
    posts,
    responses,
    tables,
    xlsx_file,
)
from monitor.report.table import Imprint, Table, revived
from monitor.report.wording import trial_note
from monitor.runs import books, export_scores, judged
from monitor.runs.digest import reach
from monitor.runs.parts import Parts

BY_COMMAND: Final = "命令行"
PURPOSE: Final = Field(Label.PURPOSE, 2, 100, "例如 11月运行情况通报附件")


@dataclass(frozen=True)
class Request:
    """Which table, at which instants, of whom, and what for; `phones`: with people's numbers;
    `period`: of which assessment, the last by default; `by`: who asked, nobody for the machine."""

    what: str
    as_of: datetime | None = None
    known_at: datetime | None = None
    scope: str = ""
    purpose: str = field(default=BY_COMMAND, repr=False)
    phones: bool = False
    period: str = ""
    by: str = ""


@dataclass(frozen=True)
class Seen:
    """What tables of judged accounts are made of; `cases` are empty where the past is asked for."""

    judged: tuple[Judged, ...]
    imprint: Imprint
    cases: Mapping[int, Candidate]
    by_county: bool


BULLETIN: Final = "bulletin"
CAMPAIGNS: Final = "campaigns"
ASSESSMENT: Final = "assessment"
PROBLEMS: Final = "problems"
LISTED: Final = frozenset({"accounts", "posts"})
Build = Callable[[Seen], tuple[Table, ...]]
JUDGED: Mapping[str, Build] = {
    "health": lambda seen: (tables.health(seen.judged, seen.imprint),),
    PROBLEMS: lambda seen: (tables.problems(seen.judged, seen.imprint, seen.cases),),
    "undecided": lambda seen: (tables.undecided(seen.judged, seen.imprint),),
    "places": lambda seen: places.every(seen.judged, None, seen.imprint, by_county=seen.by_county),
}


def run(parts: Parts, request: Request, target: Path) -> int:
    """Write a table to a file, its explanation beside it; the number of rows. Audited.

    Nobody is signed in here, so that nobody's number leaves: Forbidden.
    """
    if request.phones:
        raise Forbidden("命令行不导出联系电话", "台账", "请有“敏感导出”权限的人员在“导出”页办理")
    if target.suffix not in {".csv", ".xlsx"}:
        raise InputError("只能导出为 .csv 或 .xlsx", str(target), "请改文件扩展名")
    purpose = PURPOSE.checked(request.purpose)
    made = marked(parts, build(parts, request))
    try:
        write(made, target)
    except OSError as error:
        raise InputError(
            f"文件写不进去:{error.strerror}", str(target), "请检查文件夹是否存在、是否可写"
        ) from error
    vault = parts.vault()
    with parts.store.writing(durable=True) as tx:
        why = reasons.keep(tx, vault, PURPOSE.label, purpose)
        audit.add(tx, None, "导出", "table", request.what, told(request, rows(made), why))
    return rows(made)


def rows(made: Sequence[Table]) -> int:
    """How many rows an export has, of all its tables."""
    return sum(len(each.rows) for each in made)


def told(request: Request, rows: int, why: Mark) -> str:
    """What the audit keeps of an export: which part, at which instants, how many rows, and the
    number of its purpose."""
    said = {
        "联系电话": "含" if request.phones else "",
        "范围": request.scope,
        "监测时间点": say_minute(to_second(request.as_of)) if request.as_of else "",
        "采集截止": say_minute(to_second(request.known_at)) if request.known_at else "",
    }
    parts = (f"{name}:{text}" for name, text in said.items() if text)
    return ";".join([f"{rows}行", *parts, str(why)])


def marked(parts: Parts, made: Sequence[Table]) -> tuple[Table, ...]:
    """The same tables, whose 说明 begins with the trial period where one is under way."""
    now = to_second(parts.now())
    with parts.store.reading() as tx:
        until = office_settings.trial_until(tx, now)
    if until is None:
        return tuple(made)
    return tuple(replace(each, notes=(trial_note(until), *each.notes)) for each in made)


def write(made: Sequence[Table], target: Path) -> None:
    """The tables as the extension asks: sheets of one workbook, or a CSV for each, the first under
    the name asked for, with its explanation in a file beside it."""
    if target.suffix == ".xlsx":
        target.write_bytes(xlsx_file.render(made, made[0].name))
        return
    for place, table in enumerate(made):
        name = f"{target.stem}-{table.name}{target.suffix}" if place else target.name
        path = target.with_name(name)
        path.write_bytes(csv_file.render(table))
        beside = path.with_name(csv_file.explanation_name(path.name))
        beside.write_text(csv_file.explanation(table), "utf-8-sig")


def build(parts: Parts, request: Request, within: Scope | None = None) -> tuple[Table, ...]:
    """The tables asked for; `within` is a scope in place of the request's unit."""
    now = to_second(parts.now())
    as_of = to_second(request.as_of or parts.now())
    with parts.store.reading() as tx:
        asked = request.known_at
        known_at = to_micro(asked) if asked else runlog.known_now(tx, to_micro(parts.now()))
        seen = reach(tx, request.scope)[0] if within is None else within
        if request.what == BULLETIN:
            return _bulletin(tx, seen, now)
        if request.what == ASSESSMENT:
            return export_scores.tables(parts, tx, seen, request.period, request.by)
        if request.what == CAMPAIGNS:
            return (_campaigns(parts, tx, seen, (as_of, known_at)),)
        if request.what in LISTED:
            return (_listed(parts, tx, request, seen, (as_of, known_at)),)
        opened = books.open_books(parts, as_of=as_of, known_at=known_at)
        found = judged.gather(tx, opened, seen, as_of, known_at)
        present = request.as_of is None and asked is None
        cases = screen.candidates(tx, seen, now) if present and request.what == PROBLEMS else ()
    imprint = _imprint(opened, (as_of, known_at), now)
    one_place = len(figures.by_place(found)) == 1
    return JUDGED[request.what](Seen(found, imprint, handling.by_account(cases), one_place))


def _imprint(opened: books.Books, at: tuple[int, int], now: int) -> Imprint:
    as_of, known_at = at
    return Imprint(opened.own, as_of, known_at, now, f"截至{shanghai_day(as_of)}")


def _campaigns(parts: Parts, tx: Reading, seen: Scope, at: tuple[int, int]) -> Table:
    """Every task of every campaign that was issued, as it stands now."""
    now = to_second(parts.now())
    opened = books.open_books(parts, as_of=at[0], known_at=at[1])
    found = campaign_responses.responses(tx, seen, now)
    return responses.table(found, _imprint(opened, at, now))


def _listed(parts: Parts, tx: Reading, request: Request, seen: Scope, at: tuple[int, int]) -> Table:
    """Tables that nothing is judged for."""
    listed = registered(tx, seen, *at)
    if request.what == "posts":
        return posts.table(listings.posts(tx, listed, *at))
    now = to_second(parts.now())
    numbers = ledger_numbers.of(tx, parts.vault(), seen, listed, now) if request.phones else None
    return ledger.table(listed, ledger_file.HEADERS, numbers)


def _bulletin(tx: Reading, seen: Scope, now: int) -> tuple[Table, ...]:
    """The attachments of the newest bulletin that was issued, else of the newest draft, as they
    were frozen: what its page and its paper say."""
    lines = [each for each in screen.listing(tx, seen, now) if each.kept.sort is Sort.QUARTER]
    if not lines:
        raise InputError("还没有季度通报", "通报", "请先在“通报”页生成草稿")
    kept = next((each.kept for each in lines if each.kept.issued_at is not None), lines[0].kept)
    frozen = map(revived, bulletins.content(tx, kept).get("tables", ()))
    made = tuple(named.numbered(each, kept.number) for each in frozen)
    if not made:
        raise InputError("这份通报生成时还没有附件表", kept.period, "请重新生成草稿")
    return made
