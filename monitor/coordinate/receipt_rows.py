"""Rows of a returned 回执表 understood, pure: as replies of a group are, with row and column."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from monitor.coordinate.pasted_marks import platform_of, read
from monitor.coordinate.plain_text import folded
from monitor.domain import receipt
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError
from monitor.domain.pasted import Asked, Claim, Said, Sense
from monitor.domain.receipt import Answer
from monitor.domain.receipt_sheet import ACCOUNT, NO, NOTE, OUT, TASK, URL, YES, SheetRow

SAID: Final = {
    "": "",
    "是": YES,
    "已发": YES,
    "已发布": YES,
    "√": YES,
    "否": NO,
    "未发": NO,
    "未发布": NO,
}


def understood(rows: Sequence[SheetRow], asked: Sequence[Asked]) -> tuple[Said, ...]:
    """What each row says of the tasks `asked`; a task's second row is told as such."""
    tasks = {each.id: each for each in asked}
    seen: dict[int, int] = {}
    return tuple(_row(each, tasks, seen) for each in rows)


def _row(row: SheetRow, tasks: Mapping[int, Asked], seen: dict[int, int]) -> Said:
    task = tasks.get(row.task)
    if task is None:
        return _said(row, Sense.NOTHING, why=(f"“{TASK}”列:不是这次协同在您范围内的任务",))
    if row.task in seen:
        return _said(row, Sense.NOTHING, why=(f"“{TASK}”列:与第{seen[row.task]}行重复",))
    seen[row.task] = row.row
    wrong = tuple(_wrong(row))
    if wrong:
        return _said(row, Sense.NOTHING, why=wrong)
    if not row.url and SAID[row.out] != YES:
        told = "填的是未发布" if row.out else "没有填"
        return _said(row, Sense.DOUBT if row.note else Sense.ASIDE, why=(f"“{OUT}”列:{told}",))
    if not task.open:
        return _said(row, Sense.ASIDE, why=("任务已登记过或已办结,不再登记",))
    doubts = tuple(_doubts(row, task))
    claim = Claim((task.id,), row.url, not doubts)
    return _said(row, Sense.DOUBT if doubts else Sense.CLEAR, (claim,), doubts)


def _wrong(row: SheetRow) -> Iterator[str]:
    """What cannot be taken as it stands."""
    if row.out not in SAID:
        yield f"“{OUT}”列:“{row.out[:10]}”有误,应为{YES}或{NO}"
    try:
        receipt.checked(Answer(row.url))
    except InputError as refused:
        yield f"“{URL}”列:{refused.explained.what}"


def _doubts(row: SheetRow, task: Asked) -> Iterator[str]:
    """What a person should look at first."""
    if folded(row.account) != folded(task.account):
        yield f"“{ACCOUNT}”列:与编号所对应的“{task.account}”不一致"
    platform = platform_of(row.url)
    if platform and platform != task.platform:
        yield f"“{URL}”列:是{PLATFORMS[platform]}的链接,任务是{PLATFORMS[task.platform]}"
    if row.url and SAID[row.out] == NO:
        yield f"“{OUT}”列:填了未发布,又有链接"
    if read(row.note).excuse:
        yield f"“{NOTE}”列:提到免发,请由单位“申请免发”"


def _said(
    row: SheetRow, sense: Sense, claims: tuple[Claim, ...] = (), why: tuple[str, ...] = ()
) -> Said:
    text = " ".join(each for each in (row.account, row.out, row.url, row.note) if each)
    return Said(text, row.row, row.row, sense, (), claims, why)
