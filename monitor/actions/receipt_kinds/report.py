"""The weekly report 填报 of one unit."""

from monitor.actions.receipt_kind import KINDS, ReceiptKind
from monitor.domain.iso_week import say_week
from monitor.domain.person import Permission
from monitor.domain.receipt import REPORT
from monitor.record import receipt_links
from monitor.record.store import Reading


def about(tx: Reading, task_id: int) -> str:
    """Which week's."""
    task = receipt_links.task(tx, task_id)
    return say_week(task.week) if task is not None else ""


KINDS.add(REPORT, ReceiptKind(REPORT, Permission.OPEN_REPORTS, about))
