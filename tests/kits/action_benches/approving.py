"""The papers of an approval."""

from pathlib import Path

from monitor.actions import approval_papers
from monitor.domain.approval import Approval
from monitor.domain.manuscript import SUBJECT, Text
from monitor.record import approvals, manuscripts
from monitor.record.approvals import Subject
from monitor.settings import ROOT
from tests.kits.matrix import Act, Desk, bench

TEXT = Text("专题宣传", "一图读懂", "正文", ("wechat",))
PAPER = "f" * 64


def an_approval(desk: Desk) -> int:
    """The approval of a text of the place's unit, written by its operator."""
    with desk.store.writing() as tx:
        text_id = manuscripts.add(tx, desk.unit_id, desk.person, TEXT)
        subject = Subject(SUBJECT, text_id, desk.unit_id, TEXT.title, TEXT.kind, "市州局")
        return approvals.begin(tx, subject, Approval(desk.person, TEXT.sha256))


@bench(approval_papers.values)
def values(desk: Desk) -> Act:
    approval = an_approval(desk)
    return lambda actor: approval_papers.values(desk.store, actor, approval)


@bench(approval_papers.word)
def word(desk: Desk) -> Act:
    approval = an_approval(desk)
    return lambda actor: approval_papers.word(desk.store, actor, approval, ROOT / "data")


@bench(approval_papers.scan)
def scan(desk: Desk) -> Act:
    approval = an_approval(desk)
    folder = Path(desk.folder)

    def look(actor: object) -> bool:
        return approval_papers.scan(desk.store, actor, approval, folder) is None  # type: ignore[arg-type]

    return look
