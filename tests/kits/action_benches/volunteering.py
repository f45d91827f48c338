"""An officer's own account of the place: invited to its office's campaign, answered, linked."""

from monitor.actions import volunteer_links, volunteering
from monitor.domain.officer import Joining, Standing
from monitor.domain.volunteer import Reply
from monitor.record import campaigns as kept
from monitor.record import invitations, officers
from tests.builders import an_account
from tests.kits.action_benches.campaigns import HOUSE, SENT, a_campaign
from tests.kits.matrix import UNITS, Act, Desk, Place, bench

KEY = b"k" * 32


def a_volunteer(desk: Desk) -> int:
    """An officer's account of the place with both papers; its id."""
    with desk.store.writing() as tx:
        account = an_account(tx, desk.unit_id, "民警某某(演示)", "douyin", kind="民警个人")
        papers = Joining(Standing.JOINED, tx.second + 86_400, tx.second + 86_400)
        officers.put(tx, account, papers)
    return account


def an_invitation(desk: Desk) -> int:
    """To a campaign of the department that is under way; its id."""
    account = a_volunteer(desk)
    with desk.store.writing() as tx:
        made = kept.get(tx, a_campaign(tx, desk, desk.made.units[UNITS[Place.ABOVE]]))
        assert made is not None
        kept.issue(tx, made, desk.person)
        return invitations.invite(tx, made.id, {account: desk.unit_id}, desk.person)[0]


@bench(volunteering.invite)
def invite(desk: Desk) -> Act:
    account = a_volunteer(desk)
    with desk.store.writing() as tx:
        made = a_campaign(tx, desk, desk.unit_id)
    return lambda actor: volunteering.invite(desk.store, actor, made, [account], SENT, HOUSE)


@bench(volunteering.answer)
def answer(desk: Desk) -> Act:
    made = an_invitation(desk)
    return lambda actor: volunteering.answer(desk.store, actor, (made, 0), Reply.JOINS, SENT)


@bench(volunteer_links.make)
def make(desk: Desk) -> Act:
    made = an_invitation(desk)
    return lambda actor: volunteer_links.make(desk.store, actor, KEY, made)
