"""导: tables that leave the house as CSV or XLSX, judged at the instants that stand in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from monitor.collect import ledger as ledger_file
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import say_minute, shanghai_day, to_micro, to_second
from monitor.domain.judged import Judged
from monitor.domain.reason import Field, Label, Mark
from monitor.domain.scope import Scope
from monitor.record import audit, ledger_numbers, listings, office_settings, reasons, runlog
from monitor.record.registered import registered
from monitor.report import csv_file, ledger, places, posts, tables, xlsx_file
from monitor.report.table import Imprint, Table
from monitor.report.wording import trial_note
from monitor.runs import books, judged
from monitor.runs.digest import reach
from monitor.runs.parts import Parts

BY_COMMAND: Final = "命令行"
PURPOSE: Final = Field(Label.PURPOSE, 2, 100, "例如 11月运行情况通报附件")


@dataclass(frozen=True)
class Request:
    """Which table, at which instants, of whom, and what for; `phones`: with people's numbers."""

    what: str
    as_of: datetime | None = None
    known_at: datetime | None = None
    scope: str = ""
    purpose: str = field(default=BY_COMMAND, repr=False)
    phones: bool = False


Build = Callable[[tuple[Judged, ...], Imprint], Table]


def _places(found: tuple[Judged, ...], imprint: Imprint) -> Table:
    return places.regions(found, None, imprint)


JUDGED: Mapping[str, Build] = {
    "health": tables.health,
    "problems": tables.problems,
    "undecided": tables.undecided,
    "places": _places,
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
    table = marked(parts, build(parts, request))
    try:
        write(table, target)
    except OSError as error:
        raise InputError(
            f"文件写不进去:{error.strerror}", str(target), "请检查文件夹是否存在、是否可写"
        ) from error
    vault = parts.vault()
    with parts.store.writing(durable=True) as tx:
        why = reasons.keep(tx, vault, PURPOSE.label, purpose)
        audit.add(tx, None, "导出", "table", request.what, told(request, len(table.rows), why))
    return len(table.rows)


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


def marked(parts: Parts, table: Table) -> Table:
    """The same table, whose 说明 begins with the trial period where one is under way."""
    now = to_second(parts.now())
    with parts.store.reading() as tx:
        until = office_settings.trial_until(tx, now)
    return table if until is None else replace(table, notes=(trial_note(until), *table.notes))


def write(table: Table, target: Path) -> None:
    """The table as the extension asks; a CSV has its explanation in a file beside it."""
    if target.suffix == ".xlsx":
        target.write_bytes(xlsx_file.render([table], table.name))
        return
    target.write_bytes(csv_file.render(table))
    beside = target.with_name(csv_file.explanation_name(target.name))
    beside.write_text(csv_file.explanation(table), "utf-8-sig")


def build(parts: Parts, request: Request, within: Scope | None = None) -> Table:
    """The table asked for; `within` is a scope in place of the request's unit."""
    now = parts.now()
    as_of = to_second(request.as_of or now)
    with parts.store.reading() as tx:
        asked = request.known_at
        known_at = to_micro(asked) if asked else runlog.known_now(tx, to_micro(now))
        seen = reach(tx, request.scope)[0] if within is None else within
        if request.what == "accounts":
            listed = registered(tx, seen, as_of, known_at)
            numbers = (
                ledger_numbers.of(tx, parts.vault(), seen, listed, to_second(now))
                if request.phones
                else None
            )
            return ledger.table(listed, ledger_file.HEADERS, numbers)
        if request.what == "posts":
            listed = registered(tx, seen, as_of, known_at)
            return posts.table(listings.posts(tx, listed, as_of, known_at))
        opened = books.open_books(parts, as_of=as_of, known_at=known_at)
        found = judged.gather(tx, opened, seen, as_of, known_at)
    imprint = Imprint(
        own=opened.own,
        as_of=as_of,
        known_at=known_at,
        exported_at=to_second(now),
        period=f"截至{shanghai_day(as_of)}",
    )
    return JUDGED[request.what](found, imprint)
