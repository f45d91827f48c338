"""One officer's consent 知情同意书, taken back by the officer himself, at once."""

from typing import Final

from monitor.actions import officers as leaving
from monitor.actions.receipt_kind import KINDS, ReceiptKind
from monitor.domain.account import PLATFORMS
from monitor.domain.person import Permission
from monitor.domain.receipt import LEAVING, WITHDRAWAL, KeptAnswer, Task
from monitor.record import officers
from monitor.record.store import Reading, Writing

TOLD: Final = (
    "您可以随时收回对本账号加入矩阵的同意，不需要说明理由，也不作任何考核依据。"
    "确认后立即生效：除登记册外，各页面和导出都不再出现本账号；以后愿意再加入，须重新签署同意书。"
)


def task(tx: Reading, task_id: int) -> Task | None:
    """The consent a link is about, by the account it was given for."""
    found = officers.agreed(tx, task_id)
    if found is None:
        return None
    title = f"民警个人账号“{found.name}”（{PLATFORMS[found.platform]}）"
    return Task(title, TOLD, found.unit_id)


def about(tx: Reading, task_id: int) -> str:
    """Whose."""
    found = task(tx, task_id)
    return found.title if found is not None else ""


def took(tx: Writing, kept: KeptAnswer) -> None:
    """The account leaves, in the transaction of the answer: there is no moment in between."""
    found = officers.agreed(tx, kept.task_id)
    if found is not None:
        leaving.leave(tx, found.account_id)


KINDS.add(
    WITHDRAWAL,
    ReceiptKind(
        *(WITHDRAWAL, Permission.CONSENT, about, task),
        asks=(),
        took=took,
        wording=LEAVING,
    ),
)
