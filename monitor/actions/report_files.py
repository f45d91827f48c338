"""填报 in Excel: a unit's pre-filled workbook out, and the returned one back, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.access.declared import free, needs
from monitor.actions.permitting import permit, reach
from monitor.actions.reporting import Filled, Filling, Opened, take
from monitor.collect import report_sheet as returned
from monitor.collect.report_sheet import ReportSheet, SheetWords
from monitor.domain.account import PLATFORMS
from monitor.domain.instants import say_minute
from monitor.domain.iso_week import due_of, monday_of, say_week
from monitor.domain.loading import RowProblem
from monitor.domain.person import Permission, Person
from monitor.domain.report_entry import Problem, read
from monitor.domain.scope import Scope
from monitor.record import audit, receipt_links
from monitor.record.report_lines import Author
from monitor.record.screens import reporting
from monitor.record.screens.reporting import Asked, UnitLine
from monitor.record.store import Store
from monitor.report import csv_file, report_sheet, report_text
from monitor.report.report_sheet import SheetLine
from monitor.report.table import build

NOTE = "白色格填写，灰色格不用改；发布时间不清楚的可只填日期；填好后原样交回，不要增删列。"

OUT_ALREADY = "已下达，原链接仍有效；如已遗失请重新生成"


@dataclass(frozen=True, slots=True)
class Book:
    """A unit's workbook: what to call the file, its bytes, and how many lines it asks for."""

    name: str
    content: bytes
    lines: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a returned workbook."""

    name: str
    week: str
    unit: str
    saved: int
    problems: tuple[RowProblem, ...] = ()


@free("its scope is the caller's: the command line, or a page of who may report")
def books(
    store: Store, scope: Scope, now: int, week: str, unit_id: int | None = None
) -> list[Book]:
    """The workbooks of every unit of a scope, or of one, that has lines left to fill in."""
    monday_of(week)
    with store.reading() as tx:
        lines = [each for each in reporting.sheet(tx, scope, now, week, unit_id) if not each.held]
        tasks = receipt_links.tasks(tx, week)
    found = []
    for unit in sorted({each.unit_id for each in lines}):
        own = [each for each in lines if each.unit_id == unit]
        due = tasks[unit].due if unit in tasks else due_of(week)
        found.append(_book(own, week, due))
    return found


@needs(Permission.REPORT)
def load(
    store: Store, actor: Person | None, content: bytes, name: str, *, dry_run: bool = False
) -> Taken:
    """Take a returned workbook in, good rows saved and bad ones named. `actor` None is whoever runs
    the command line; a person takes in lines of the own scope only."""
    sheet = returned.read(content, name)
    with store.writing(durable=True) as tx:
        scope = reach(permit(tx, actor, Permission.REPORT))
        asked = reporting.sheet(tx, scope, tx.second, sheet.week)
        known = {each.account_id: each for each in asked}
        inside = [each for each in sheet.lines if each.account_id in known]
        filling = Filling(
            week=sheet.week,
            words={each.account_id: each.words for each in inside},
            versions={each.account_id: known[each.account_id].version for each in inside},
            key=f"xlsx:{tx.stamp}",
            submit=True,
        )
        if dry_run:
            bad = _unreadable(sheet, inside, tx.second)
            refused = _refused(sheet, set(known), Filled(problems=bad))
            told = (*sheet.problems, *refused)
            return Taken(name, sheet.week, sheet.unit, len(inside) - len(bad), told)
        author = Author(person_id=actor.id if actor else None)
        done = take(tx, filling, asked, author)
        audit.add(tx, author.person_id, "导入填报表", "report_week", sheet.week, "")
    refused = _refused(sheet, set(known), done)
    return Taken(name, sheet.week, sheet.unit, len(done.saved), (*sheet.problems, *refused))


def _unreadable(
    sheet: ReportSheet, lines: Sequence[SheetWords], now: int
) -> dict[int, tuple[Problem, ...]]:
    """What would be refused of these lines, by account."""
    entered = {
        each.account_id: read(each.account_id, sheet.week, each.words, now) for each in lines
    }
    return {key: each.problems for key, each in entered.items() if each.problems}


def address(base: str, token: str) -> str:
    """Where a receipt link leads."""
    return f"{base.rstrip('/')}/r/{token}"


def text(week: str, each: Opened, base: str) -> str:
    """What to paste into a unit's group."""
    return report_text.ask(each.unit_name, week, each.due, (each.asked, address(base, each.token)))


def links(week: str, opened: Sequence[Opened], base: str) -> bytes:
    """单位, 应填账号数, 链接, 群消息 of each unit as CSV; a link already out is not known."""
    rows = [
        {
            "单位": each.unit_name,
            "应填账号数": each.asked,
            "链接": address(base, each.token) if each.token else OUT_ALREADY,
            "群消息": text(week, each, base) if each.token else None,
        }
        for each in opened
    ]
    return csv_file.render(build("填报链接", ("单位", "应填账号数", "链接", "群消息"), rows))


def table(lines: Sequence[UnitLine]) -> list[tuple[str, str, str]]:
    """单位, 填报情况, 最近填写 of each unit, for the command line."""
    return [
        (
            each.unit_name,
            f"已填{each.filled}/{each.asked}" + (f",暂存{each.drafted}" if each.drafted else ""),
            say_minute(each.last_at) if each.last_at else "未填",
        )
        for each in lines
    ]


@free("asked at the command line, on the machine itself")
def status(store: Store, scope: Scope, now: int, week: str) -> list[tuple[str, str, str]]:
    """How far each unit of a scope has come."""
    monday_of(week)
    with store.reading() as tx:
        return table(reporting.units(tx, scope, now, week))


def _book(lines: Sequence[Asked], week: str, due: int) -> Book:
    unit = lines[0].unit_name
    title = f"{unit} 每周填报 {say_week(week)}(请于{say_minute(due)}前交回)"
    rows = [
        SheetLine(
            PLATFORMS.get(each.platform, each.platform),
            each.name,
            each.place or each.unit_name,
            each.account_id,
            each.words,
        )
        for each in lines
    ]
    name = "".join(char for char in unit if char not in '\\/:*?"<>|')
    content = report_sheet.render(unit, week, (title, NOTE), rows)
    return Book(f"填报_{week}_{name}.xlsx", content, len(rows))


def _refused(sheet: ReportSheet, known: set[int], done: Filled) -> list[RowProblem]:
    """Rows that were not saved, by their place in the workbook."""
    found = []
    for each in sheet.lines:
        if each.account_id not in known:
            number = str(each.account_id)
            problem = RowProblem("填报", each.row, "账号编号", number, "本单位范围内的账号")
            found.append(problem)
        found += [
            RowProblem("填报", each.row, problem.column, problem.value, problem.expected)
            for problem in done.problems.get(each.account_id, ())
        ]
    return found
