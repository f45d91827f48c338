"""Replies about a task of the place's account, in a campaign of the office above."""

from monitor.actions import campaign_receipt_sheets, campaign_returns
from monitor.actions.campaign_returns import Confirmed
from monitor.domain.campaign import TaskState
from monitor.record import campaign_tasks as kept
from monitor.report import receipt_sheet
from monitor.report.receipt_sheet import SheetLine
from tests.kits.action_benches.campaign_tasks import a_task
from tests.kits.action_benches.campaigns import SENT
from tests.kits.matrix import UNITS, Act, Desk, Place, bench


def asked(desk: Desk) -> tuple[int, int]:
    """A task's id and its campaign's."""
    with desk.store.writing() as tx:
        made = a_task(tx, desk, desk.made.units[UNITS[Place.ABOVE]], TaskState.TO_PUBLISH)
        task = kept.get(tx, made)
    assert task is not None
    return made, task.campaign_id


@bench(campaign_returns.understand)
def understand(desk: Desk) -> Act:
    _, campaign = asked(desk)
    text = "1. 微博已发"
    return lambda actor: campaign_returns.understand(desk.store, actor, campaign, text, desk.now)


@bench(campaign_returns.confirm)
def confirm(desk: Desk) -> Act:
    made, campaign = asked(desk)
    entries = (Confirmed((made, 0), "https://example.cn/s/a"),)
    return lambda actor: campaign_returns.confirm(desk.store, actor, campaign, entries, SENT)


@bench(campaign_receipt_sheets.make)
def make(desk: Desk) -> Act:
    _, campaign = asked(desk)
    return lambda actor: campaign_receipt_sheets.make(desk.store, actor, campaign, "", desk.now)


def sheet(desk: Desk) -> tuple[int, tuple[str, bytes]]:
    made, campaign = asked(desk)
    line = SheetLine(("单位", "微博", "账号", str(made), ""), ("是",))
    return campaign, ("回执表.xlsx", receipt_sheet.render(campaign, ("回执表", ""), [line]))


@bench(campaign_receipt_sheets.receive)
def receive_sheet(desk: Desk) -> Act:
    _, file = sheet(desk)
    return lambda actor: campaign_receipt_sheets.receive(desk.store, actor, file, desk.now)


@bench(campaign_receipt_sheets.understand)
def understand_sheet(desk: Desk) -> Act:
    campaign, file = sheet(desk)
    return lambda actor: campaign_receipt_sheets.understand(
        desk.store, actor, campaign, file, desk.now
    )
