"""巡: the form of what is to be looked at goes out, and comes back as looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from monitor.collect import patrol_sheet as form_file
from monitor.collect.files import moments
from monitor.collect.files.grid import Limits
from monitor.domain.account import PLATFORMS, Account
from monitor.domain.errors import InputError
from monitor.domain.instants import say_minute, to_second
from monitor.domain.loading import RowProblem
from monitor.domain.patrol import OFFICE_GRADE, OWN_GRADE, Doubt, Look, Moment, doubt
from monitor.domain.patrol_sheet import NAME, NEWEST, SECOND, FilledLine, Line
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.scope import Scope
from monitor.record import accounts, audit, looks
from monitor.record.looks import Witness
from monitor.record.screens import patrol as screens
from monitor.record.screens.patrol import Queued
from monitor.record.staging import chunks
from monitor.record.store import Reading, Writing
from monitor.report import patrol_sheet
from monitor.runs import books, files, frame, judge, registry
from monitor.runs.parts import Parts

AT_ONCE = 50
"""Lines stored by one transaction, so that nobody waits long for the write lock."""


@dataclass
class Returned:
    """What became of a form: looks stored, lines taken in before, lines left blank, refusals."""

    stored: int = 0
    already: int = 0
    blank: int = 0
    problems: list[RowProblem] = field(default_factory=list)


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
    limit = min(each.least_failing_limit for each in (opened.own, opened.upper))
    with parts.store.reading() as tx:
        known = _Known(accounts.all_accounts(tx))
    desk = _Desk(sha256(content).hexdigest(), OWN_GRADE if own else OFFICE_GRADE, limit, known)
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


@dataclass(frozen=True)
class _Desk:
    """Where returned lines are taken in: the file they stand in, what their word is worth."""

    digest: str
    grade: int
    limit: int
    known: "_Known"

    def take(self, tx: Writing, line: FilledLine, done: Returned) -> None:
        """Store one line, or say by row and column why not."""
        account = self.known.find(line)
        if account is None or account.id is None:
            done.problems.append(RowProblem(line.sheet, line.row, NAME, line.name, "台账中的账号"))
            return
        look = _look(account.id, line)
        newest = looks.newest_live(tx, account.id, look.end)
        doubted = doubt(look, None if newest is None else newest.when, self.limit)
        if doubted:
            done.problems.append(_doubtful(line, doubted))
            return
        witness = Witness(self.grade, None, f"{self.digest}:{line.sheet}:{line.row}")
        kept = looks.save(tx, account.platform, look, witness)
        done.already += kept.already
        done.stored += not kept.already


def _look(account_id: int, line: FilledLine) -> Look:
    is_url = line.post.startswith(("http://", "https://"))
    looker = f"查看人:{line.looker}" if line.looker else ""
    return Look(
        account_id=account_id,
        looked_from=line.looked[0],
        looked_until=line.looked[1],
        seen=line.seen,
        newest=line.newest,
        empty=line.empty,
        title="" if is_url else line.post,
        url=line.post if is_url else "",
        second=line.second,
        comments=line.comments,
        name_now=line.name_now,
        remark=" ".join(part for part in (line.remark, looker) if part),
    )


def _doubtful(line: FilledLine, doubted: Doubt) -> RowProblem:
    if doubted is Doubt.NEWER_KNOWN:
        expected = "不早于系统已知的最新作品(请核对:置顶?已删除?排序?)"
        return RowProblem(line.sheet, line.row, NEWEST, _said(line.newest), expected)
    if doubted is Doubt.PINNED:
        expected = "不晚于最近一条的时间(最近一条应为置顶内容)"
        return RowProblem(line.sheet, line.row, SECOND, _said(line.second), expected)
    expected = "第二条的发布时间,没有第二条填“无”(按最近一条将超过更新期限)"
    return RowProblem(line.sheet, line.row, SECOND, "", expected)


def _said(when: Moment | None) -> str:
    return "无" if when is None else moments.say(when)


class _Known:
    """The registry's accounts, by everything a form may call them."""

    def __init__(self, every: Sequence[Account]) -> None:
        self._by_id = {each.id: each for each in every}
        self._by_uid = {(each.platform, each.uid): each for each in every if each.uid}
        self._by_name: dict[tuple[str, str], list[Account]] = {}
        for each in every:
            self._by_name.setdefault((each.platform, each.name), []).append(each)

    def find(self, line: FilledLine) -> Account | None:
        """By its number where platform and name or id agree, else by id, else by a name that only
        one account has; a number that points to another account is not believed."""
        numbered = self._by_id.get(line.account_id) if line.account_id is not None else None
        if numbered is not None and _agrees(numbered, line):
            return numbered
        if line.uid:
            return self._by_uid.get((line.platform, line.uid))
        named = self._by_name.get((line.platform, line.name), [])
        return named[0] if len(named) == 1 else None


def _agrees(account: Account, line: FilledLine) -> bool:
    alike = line.name == account.name or (line.uid != "" and line.uid == account.uid)
    return account.platform == line.platform and alike
