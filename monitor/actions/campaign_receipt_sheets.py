"""回执表.xlsx: a campaign's open tasks of a place out, and the returned sheet read row by row.

What is confirmed of it enters as pasted replies do (`campaign_returns.confirm`).
"""

from dataclasses import dataclass
from typing import Final

from monitor.access.declared import needs
from monitor.actions.campaign_returns import MOST, Understood, asked_of, tasks_of
from monitor.actions.permitting import reach
from monitor.collect import receipt_sheet as returned
from monitor.collect.receipt_sheet import Returned
from monitor.coordinate import receipt_rows
from monitor.domain.account import PLATFORMS
from monitor.domain.campaign import ABSENT
from monitor.domain.errors import InputError
from monitor.domain.instants import say_minute
from monitor.domain.person import Permission, Person
from monitor.record.screens import campaign_board
from monitor.record.screens.campaign_board import TaskLine, Wanted
from monitor.record.store import Store
from monitor.report import receipt_sheet
from monitor.report.receipt_sheet import SheetLine

NOTE: Final = (
    "白色格填写，灰色格不用改；已发布的填“是”和作品链接，拿不到链接的只填“是”；未发布的不用填，"
    "不要增删列。免发请在系统里申请。"
)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: what to call the file, its bytes, and how many tasks it asks for."""

    name: str
    content: bytes
    lines: int


@needs(Permission.CAMPAIGN_TASK, audited=False)
def make(store: Store, actor: Person, campaign_id: int, region: str, now: int) -> Book:
    """The 回执表 of a campaign's tasks that nobody reported yet, of one place ('' of all within
    reach); InputError where none is left."""
    wanted = Wanted(campaign=campaign_id, region=region)
    with store.reading() as tx:
        tasks_of(tx, actor, campaign_id, now)
        found = campaign_board.tasks(tx, reach(actor), now, wanted)
    waiting = [each for each in found if each.kept.task.state in ABSENT and not each.stopped]
    if not waiting:
        raise InputError("没有等回执的任务", "回执表", "都已登记或已办结")
    title = f"“{waiting[0].title}”协同发声回执表"
    content = receipt_sheet.render(campaign_id, (title, NOTE), [_line(each) for each in waiting])
    place = (waiting[0].region_name or "省级") if region else ""
    return Book(f"{place}回执表_{waiting[0].title}.xlsx", content, len(waiting))


@needs(Permission.CAMPAIGN_TASK, audited=False)
def understand(
    store: Store, actor: Person, campaign_id: int, file: tuple[str, bytes], now: int
) -> Understood:
    """What a returned sheet (name, bytes) says, row by row; nothing is changed. InputError where it
    is none that was sent out, or another campaign's."""
    sheet = _sheet(file)
    if sheet.campaign_id != campaign_id:
        raise InputError("这是另一次协同发声的回执表", file[0], "请在那一次的页面交回")
    return _understood(store, actor, sheet, now)


@needs(Permission.CAMPAIGN_TASK, audited=False)
def receive(
    store: Store, actor: Person, file: tuple[str, bytes], now: int
) -> tuple[int, Understood]:
    """As `understand`, of whichever campaign the sheet is: its id, and what the sheet says."""
    sheet = _sheet(file)
    return sheet.campaign_id, _understood(store, actor, sheet, now)


def _sheet(file: tuple[str, bytes]) -> Returned:
    sheet = returned.read(file[1], file[0])
    if len(sheet.rows) > MOST:
        raise InputError(f"超过{MOST}行", file[0], "请按市州分开交回")
    return sheet


def _understood(store: Store, actor: Person, sheet: Returned, now: int) -> Understood:
    with store.reading() as tx:
        tasks = tasks_of(tx, actor, sheet.campaign_id, now)
    asked = [asked_of(each) for each in tasks.values()]
    return Understood(receipt_rows.understood(sheet.rows, asked), tasks)


def _line(line: TaskLine) -> SheetLine:
    platform = PLATFORMS.get(line.platform, line.platform)
    due = say_minute(line.kept.task.due)
    return SheetLine((line.unit_name, platform, line.name, str(line.kept.id), due))
