"""A bulletin of the place's own office: asked for, put up, issued, put right, fetched."""

from monitor.actions import bulletins
from monitor.actions.bulletins import Wanted
from monitor.actions.case_moving import House
from monitor.actions.sending import Sent
from monitor.collect import shelf
from monitor.domain.approval import Approval, State
from monitor.domain.bulletin import SUBJECT, Sort
from monitor.domain.manuscript import SUBJECT as TEXT
from monitor.domain.manuscript import Text
from monitor.domain.person import Person
from monitor.record import approvals, jobs, manuscripts, photos
from monitor.record import bulletins as kept
from monitor.record.approvals import Subject
from monitor.settings import ROOT
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("bulletin", "k")
WANTED = Wanted("2026Q3", "各单位:", "某某,027-00000000")
CONTENT = {
    "within": {
        **dict.fromkeys(("标题", "主送", "依据", "成效", "上期", "要求", "联系人", "落款"), "某"),
        **dict.fromkeys(("印发范围", "合格率", "文号", "日期"), ""),
        **{name: [] for name in ("总体", "问题", "清单", "分项")},
        **{"公开": False, "考核": "某", "口径": "某"},
    },
    "dropped": [],
}
CONTENT["public"] = CONTENT["within"]


def house(desk: Desk) -> House:
    """The shipped sheets, files in the desk's folder."""
    return House(ROOT / "data", desk.folder)


def a_draft(desk: Desk, *, approved: bool = False, issued: bool = False) -> int:
    """A draft of the place's unit; with its text signed where told, and numbered."""
    template = shelf.template(ROOT / "data", f"{Sort.QUARTER}.docx")
    digest = photos.keep_template(desk.folder, template)
    with desk.store.writing() as tx:
        drafted = kept.Drafted(
            desk.unit_id, Sort.QUARTER, "2026Q3", CONTENT, digest, (tx.second, tx.stamp)
        )
        made = kept.draft(tx, drafted)
        if approved:
            text = Text(SUBJECT, "某", "某")
            text_id = manuscripts.add(tx, desk.unit_id, desk.person, text)
            subject = Subject(TEXT, text_id, desk.unit_id, "某", SUBJECT, "省厅")
            signed = Approval(desk.person, text.sha256, State.APPROVED)
            approvals.begin(tx, subject, signed)
            found = kept.get(tx, made)
            assert found is not None
            assert kept.submitted(tx, found, text_id)
        if issued:
            found = kept.get(tx, made)
            assert found is not None
            kept.issue(tx, found, desk.person)
    return made


@bench(bulletins.ask)
def ask(desk: Desk) -> Act:
    def act(actor: Person) -> bool:
        with desk.store.writing() as tx:
            theirs = jobs.ask(tx, bulletins.JOB, {}, f"{desk.person}:bulletin:k", desk.person)
        mine = bulletins.ask(desk.store, actor, WANTED, SENT)
        return desk.own or mine == theirs

    return act


@bench(bulletins.submit)
def submit(desk: Desk) -> Act:
    made = a_draft(desk)
    return lambda actor: bulletins.submit(desk.store, actor, (made, 0), SENT)


@bench(bulletins.issue)
def issue(desk: Desk) -> Act:
    made = a_draft(desk, approved=True)
    return lambda actor: bulletins.issue(desk.store, actor, (made, 1), SENT, house(desk))


@bench(bulletins.amend)
def amend(desk: Desk) -> Act:
    made = a_draft(desk, issued=True)
    said = ("某处应为某", "某某,027-00000000")
    return lambda actor: bulletins.amend(desk.store, actor, (made, 1), said, SENT, house(desk))


@bench(bulletins.word)
def word(desk: Desk) -> Act:
    made = a_draft(desk)
    return lambda actor: bulletins.word(desk.store, actor, made, house(desk))
