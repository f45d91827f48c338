"""巡: the form of what is to be looked at goes out, and comes back as looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from monitor.collect import patrol_sheet as form_file
from monitor.collect.files import moments
from monitor.collect.files.grid import Limits
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError
from monitor.domain.instants import say_minute, to_second
from monitor.domain.patrol import OFFICE_GRADE, OWN_GRADE, Look
from monitor.domain.patrol_sheet import Line
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.scope import Scope
from monitor.record import accounts, audit, looks
from monitor.record.looks import Witness
from monitor.record.patrol_returns import AT_ONCE, Desk, Known, Returned
from monitor.record.screens import patrol as screens
from monitor.record.screens.patrol import Queued
from monitor.record.staging import chunks
from monitor.record.store import Reading
from monitor.report import patrol_sheet
from monitor.runs import books, files, frame, judge, registry
from monitor.runs.parts import Parts


@dataclass(frozen=True, slots=True)
class Past:
    """A look of an earlier day. `gone`: what is known to be newer had been taken down by then."""

    platform: str
    look: Look
    gone: bool = False


def remember(parts: Parts, told: Sequence[Past], person_id: int) -> None:
    """Take in a person's looks of earlier days in the order given; those known stay as they are."""
    with parts.store.writing(durable=True) as tx:
        for each in told:
            if each.gone:
                looks.take_down(tx, each.look)
            key = f"past:{each.look.account_id}:{each.look.looked_from}"
            looks.save(tx, each.platform, each.look, Witness(OFFICE_GRADE, person_id, key))
        audit.add(tx, person_id, "补录巡查", "table", "patrol", f"{len(told)}次")


def write_sheet(parts: Parts, target: Path, scope: str = "") -> int:
    """Write the form of the accounts that wait in a unit's sub-tree; how many lines it has."""
    if target.suffix != ".xlsx":
        raise InputError("巡查表只能写成 .xlsx", str(target), "请改文件扩展名")
    lines = sheet_lines(parts, scope)
    heading = f"巡查表({say_minute(to_second(parts.now()))[:10]},{len(lines)}个账号)"
    try:
        target.write_bytes(patrol_sheet.render(lines, heading))
    except OSError as error:
        raise InputError(
            f"文件写不进去:{error.strerror}", str(target), "请检查文件夹是否存在、是否可写"
        ) from error
    with parts.store.writing(durable=True) as tx:
        audit.add(tx, None, "导出", "table", "patrol", "命令行")
    return len(lines)


def sheet_lines(parts: Parts, scope: str = "") -> list[Line]:
    """The accounts that wait, in the order in which a look decides soonest."""
    reach = Scope(frozenset({registry.unit_path(parts, scope)}))
    with parts.store.reading() as tx:
        return [_line(each) for each in _waiting(tx, reach, to_second(parts.now()))]


def _waiting(tx: Reading, reach: Scope, now: int) -> Iterator[Queued]:
    offset = 0
    while True:
        page = screens.queue(tx, reach, now, limit=screens.MOST, offset=offset)
        yield from page.rows
        offset += screens.MOST
        if offset >= page.total:
            return


def _line(row: Queued) -> Line:
    known = row.last_from is not None and row.last_until is not None
    return Line(
        account_id=row.account_id,
        region=row.region_name,
        county=row.county_name,
        unit=row.unit_name,
        platform=PLATFORMS.get(row.platform, row.platform),
        name=row.name,
        uid=row.uid or "",
        homepage=row.homepage,
        before=moments.say((row.last_from or 0, row.last_until or 0)) if known else "",
    )


def load(parts: Parts, path: Path, *, own: bool = False) -> Returned:
    """Take in a filled form; a line that is in doubt is refused by row and column.

    `own`: filled in by the units themselves, which speaks against them only.
    """
    content = files.read(path, parts.largest_file)
    now = to_second(parts.now())
    read = form_file.read(content, path.name, now, Limits(bytes=parts.largest_file))
    opened = books.open_books(parts)
    limit = min(each.shortest_limit for each in (opened.own, opened.upper))
    with parts.store.reading() as tx:
        known = Known(accounts.all_accounts(tx))
    grade = OWN_GRADE if own else OFFICE_GRADE
    desk = Desk(sha256(content).hexdigest(), lambda _account: grade, limit, known)
    done = Returned(blank=read.blank, problems=list(read.problems))

    def work(_under: frame.Under) -> RunReport:
        for part in chunks(read.lines, AT_ONCE):
            with parts.store.writing() as tx:
                for line in part:
                    desk.take(tx, line, done)
        counts = {"巡查": done.stored, "先前已导入": done.already, "拒收": len(done.problems)}
        return RunReport(RunOutcome.PARTIAL if done.problems else RunOutcome.DONE, counts)

    frame.run(parts, "patrol-load", work, {"file": path.name, "own": str(own)})
    if done.stored:
        judge.run(parts)
    return done
