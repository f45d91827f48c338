"""A letter 催补函 to one unit: taken note of, with a word where something cannot be given."""

import json

from monitor.actions.receipt_kind import KINDS, ReceiptKind
from monitor.domain.owing import NAME
from monitor.domain.person import Permission
from monitor.domain.receipt import Part, Task
from monitor.record import ask_letters
from monitor.record.store import Reading


def task(tx: Reading, task_id: int) -> Task | None:
    """What a unit is asked for, and until when; None where the letter was taken back."""
    letter = ask_letters.get(tx, task_id)
    if letter is None or not letter.stands:
        return None
    said = json.loads(letter.facts)
    lacks = "；".join(f"{each['账号']}（{each['平台']}）" for each in said["事项"])
    told = (
        f"{said['考核周期']}考核还缺下列账号的数据：{lacks}。补交方式：{said['补交方式']}。"
        f"满{said['工作日']}个工作日仍未补的，只按有证据的计。联系人：{said['联系人']}。"
        "请先签收；确实无法提供的，把原因写在下面。"
    )
    return Task(f"催补函 {letter.number}", told, letter.unit_id, letter.due_at)


def about(tx: Reading, task_id: int) -> str:
    """Which letter."""
    letter = ask_letters.get(tx, task_id)
    return letter.number if letter is not None else ""


KINDS.add(NAME, ReceiptKind(NAME, Permission.ASSESS, about, task, asks=(Part.NOTE,)))
