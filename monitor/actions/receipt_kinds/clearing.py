"""自查 of one unit in a 清理排查: all its accounts attested at once, or a word that some differ."""

from typing import Final

from monitor.actions import clearing_lines
from monitor.actions.receipt_kind import KINDS, ReceiptKind
from monitor.domain.account import PLATFORMS
from monitor.domain.clearing import Stage
from monitor.domain.person import Permission
from monitor.domain.receipt import ALL_TRUE, ATTESTING, CLEARING, KeptAnswer, Part, Task
from monitor.record import clearing_receipts, clearings
from monitor.record.store import Reading, Writing

NAME: Final = CLEARING
NAMED: Final = 20
OPEN: Final = (Stage.SELF, Stage.CHECK)


def task(tx: Reading, task_id: int) -> Task | None:
    """What one unit is asked: the accounts the ledger holds and nobody answered for yet."""
    asked = clearing_receipts.one(tx, task_id)
    project = None if asked is None else clearings.get(tx, asked.clearing_id)
    if asked is None or project is None or project.stage not in OPEN:
        return None
    return Task(f"{project.title}·自查", _told(tx, asked), asked.unit_id, project.due.answer)


def _told(tx: Reading, asked: clearing_receipts.Asked) -> str:
    held = clearing_receipts.accounts(tx, asked)
    if not held:
        return "本单位的账号都已自查，不用再填。"
    names = "；".join(
        f"{place}.“{each.name}”（{PLATFORMS.get(each.platform, each.platform)}，{each.state}）"
        for place, each in enumerate(held[:NAMED], 1)
    )
    more = f"等共{len(held)}个" if len(held) > NAMED else f"。共{len(held)}个"
    return (
        f"台账所列本单位账号：{names}{more}。名称、主办单位、状态、管理员都与实际相符的，选"
        f"“{ALL_TRUE}”；有改名、拟关停、失管等不符的选另一项，由联系人逐个登记。"
    )


def about(tx: Reading, task_id: int) -> str:
    """Which project's, '' once it is past being answered."""
    found = task(tx, task_id)
    return found.title if found is not None else ""


def took(tx: Writing, kept: KeptAnswer) -> None:
    """Every account nobody answered for is 属实, in the transaction of the answer."""
    asked = clearing_receipts.one(tx, kept.task_id)
    project = None if asked is None else clearings.get(tx, asked.clearing_id)
    if asked is None or project is None or kept.answer.note != ALL_TRUE:
        return
    if project.stage in OPEN:
        clearing_lines.attest(tx, project, clearing_receipts.waiting(tx, asked))


KINDS.add(
    NAME,
    ReceiptKind(
        *(NAME, Permission.CONFIRM, about, task),
        asks=(Part.NOTE,),
        took=took,
        wording=ATTESTING,
    ),
)
