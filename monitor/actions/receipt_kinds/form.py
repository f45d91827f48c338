"""A form sent to one unit 分发的表格: taken note of, with a word where it is hard to fill."""

from typing import Final

from monitor.actions.receipt_kind import KINDS, ReceiptKind
from monitor.domain.person import Permission
from monitor.domain.receipt import Part, Task
from monitor.record import forms
from monitor.record.store import Reading

NAME: Final = "表格"
TOLD: Final = "请先签收；表格填好后按原渠道交回。有困难或需要说明的，写在下面。"


def task(tx: Reading, task_id: int) -> Task | None:
    """The distribution a unit's form belongs to."""
    form = forms.one(tx, task_id)
    sent = next((each for each in forms.rounds(tx) if form and each.id == form.round_id), None)
    return Task(sent.title, TOLD, form.unit_id, sent.due_at) if form and sent else None


def about(tx: Reading, task_id: int) -> str:
    """Which distribution's."""
    found = task(tx, task_id)
    return found.title if found is not None else ""


KINDS.add(NAME, ReceiptKind(NAME, Permission.SEND_FORMS, about, task, asks=(Part.NOTE,)))
