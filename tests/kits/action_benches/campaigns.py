"""A campaign of the place's own office: drafted, and given up."""

from monitor.actions import campaigns
from monitor.actions.campaigns import Doing
from monitor.actions.sending import Sent
from monitor.actions.telling import House
from monitor.domain.approval import Approval, State
from monitor.domain.campaign import Content, Kind, Move, Order
from monitor.domain.instants import HOUR
from monitor.domain.manuscript import SUBJECT
from monitor.domain.person import Person
from monitor.record import approvals, manuscripts
from monitor.record import campaigns as kept
from monitor.record.approvals import Subject
from monitor.record.store import Writing
from monitor.report import campaign_text
from monitor.settings import ROOT
from tests.builders import VAULT
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("campaign", "k")
DATA = ROOT / "data"
HOUSE = House(DATA, VAULT)


def content(desk: Desk) -> Content:
    """Something to be published within four hours."""
    due = desk.now + 4 * HOUR
    return Content(Kind.WARNING, "提示", Order.TOGETHER, "说明", "正文", due=due, contact="某")


def a_campaign(
    tx: Writing,
    desk: Desk,
    unit_id: int,
    state: State = State.DRAFT,
    said: Content | None = None,
) -> int:
    """A campaign of a unit, its text signed where told; its id."""
    said = said or content(desk)
    text = campaign_text.text(said, {})
    text_id = manuscripts.add(tx, unit_id, desk.person, text)
    subject = Subject(SUBJECT, text_id, unit_id, "提示", said.kind.sort, "省厅")
    approvals.begin(tx, subject, Approval(desk.person, text.sha256, state))
    return kept.begin(tx, unit_id, desk.person, text_id, said)


@bench(campaigns.save)
def save(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        made = a_campaign(tx, desk, desk.unit_id)

    def act(actor: Person) -> object:
        if desk.own:
            return campaigns.save(desk.store, actor, content(desk), SENT, DATA)
        return campaigns.save(desk.store, actor, content(desk), SENT, DATA, made)

    return act


@bench(campaigns.move)
def move(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        made = a_campaign(tx, desk, desk.unit_id)
    doing = Doing(Move.CANCEL, (made, 1), "不再发布")
    return lambda actor: campaigns.move(desk.store, actor, doing, SENT, HOUSE)
