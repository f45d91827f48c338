"""邀请文字: what to send to one invited officer, with the link by which he answers himself."""

from dataclasses import dataclass, field

from monitor.access.declared import needs
from monitor.actions import receipt_door, volunteering
from monitor.actions.permitting import permit_person
from monitor.actions.receipt_kinds.volunteer import task
from monitor.domain.errors import Conflict
from monitor.domain.person import Permission, Person
from monitor.domain.receipt import VOLUNTARY, Task
from monitor.domain.volunteer import OPEN, WHERE, Invitation
from monitor.record import accounts, audit, campaigns, officers
from monitor.record.campaigns import Kept
from monitor.record.store import Store, Writing
from monitor.report import campaign_text, reminder


@dataclass(frozen=True, slots=True)
class Made:
    """A fresh link: what it is about, the text that may be published; its token is known only
    now."""

    about: str
    text: str
    token: str = field(repr=False)


@needs(Permission.CONSENT)
def make(store: Store, actor: Person, key: bytes, invitation_id: int) -> Made:
    """A link for the officer of one invitation, until the campaign is due and no longer than his
    papers hold; what was out before ends.

    Conflict where he declined, left, or the campaign is over or stopped.
    """
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CONSENT)
        kept = volunteering.mine(tx, person, invitation_id)
        campaign = _open_to(tx, kept)
        found, account = task(tx, kept.id), accounts.by_id(tx, kept.account_id)
        if campaign is None or found is None or account is None:
            raise Conflict("这项邀请已答复不参加,或已失效", WHERE, "不再发送")
        joining = officers.joining(tx, kept.account_id)
        until = min(campaign.due_at, joining.approved_until, joining.consented_until)
        link = (VOLUNTARY, kept.id, kept.unit_id)
        token = receipt_door.issue(tx, key, link, until, person.id)
        audit.add(tx, person.id, "生成邀请链接", "campaign_invitation", str(kept.id), "")
    return Made(found.title, campaign_text.to_publish(campaign.content, account.platform), token)


def _open_to(tx: Writing, kept: Invitation) -> Kept | None:
    """The campaign, while an invitation to it may be answered; None once that is over."""
    papers = officers.joining(tx, kept.account_id).valid(tx.second)
    if kept.reply not in OPEN or not papers or not volunteering.live(tx, kept):
        return None
    campaign = campaigns.get(tx, kept.campaign_id)
    return campaign if campaign is not None and campaign.due_at > tx.second else None


def text(made: Made, base: str) -> str:
    """What to send to the officer himself; `base` is the desk's address."""
    return reminder.invitation(
        Task(made.about, "", 0), made.text, f"{base.rstrip('/')}/r/{made.token}"
    )
