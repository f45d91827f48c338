"""One account's task of 协同发声: signed for, and its link entered, without signing in."""

from typing import Final

from monitor.actions import campaign_tasks
from monitor.actions.receipt_kind import KINDS, ReceiptKind
from monitor.coordinate.campaign_moves import Act, offered
from monitor.domain.account import PLATFORMS
from monitor.domain.campaign import Hand, TaskMove
from monitor.domain.person import Permission
from monitor.domain.receipt import KeptAnswer, Task
from monitor.record import accounts, campaigns
from monitor.record import campaign_tasks as kept_tasks
from monitor.record.store import Reading, Writing
from monitor.report import wording

NAME: Final = "协同"


def task(tx: Reading, task_id: int) -> Task | None:
    """What an account is asked to publish, and until when."""
    kept = kept_tasks.get(tx, task_id)
    campaign = None if kept is None else campaigns.get(tx, kept.campaign_id)
    account = None if kept is None else accounts.by_id(tx, kept.account_id)
    if kept is None or campaign is None or account is None:
        return None
    platform = PLATFORMS.get(account.platform, account.platform)
    title = f"{campaign.content.title}:“{account.name}”({platform})"
    told = f"{campaign.content.brief} 发布后请填作品链接。{wording.NOTE_CAMPAIGN}"
    return Task(title, told, kept.unit_id, kept.task.due)


def about(tx: Reading, task_id: int) -> str:
    """Which campaign's, which account's."""
    found = task(tx, task_id)
    return found.title if found is not None else ""


def took(tx: Writing, kept: KeptAnswer) -> None:
    """A link is the unit's own word of its publication; without one the task is signed for."""
    found = kept_tasks.get(tx, kept.task_id)
    move = TaskMove.REPORT if kept.answer.url else TaskMove.SIGN
    if found is None or move not in offered(found.task.state, Hand.UNIT):
        return
    act = Act(move, kept.answer.note, kept.answer.url)
    campaign_tasks.move(tx, found, act, Hand.UNIT, None)


KINDS.add(NAME, ReceiptKind(NAME, Permission.CAMPAIGN, about, task, took=took))
