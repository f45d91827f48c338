"""Invitations, late reminders and what is handed on say the same on both databases."""

from datetime import timedelta

from monitor.actions import campaign_handing, officers
from monitor.domain.officer import Step
from monitor.domain.scope import EVERYTHING
from monitor.domain.volunteer import Reply
from monitor.record.screens import volunteering as screen
from monitor.record.screens.telling import messages
from monitor.record.store import Store
from tests.actions.test_campaign_handing import urges
from tests.actions.test_volunteering import NAME, VolunteerOffice
from tests.conftest import StandingClock


def test_invited_stopped_answered_gone_and_reminded(store: Store, clock: StandingClock) -> None:
    office = VolunteerOffice(store, clock)
    saved = office.issued()
    office.invite(saved, *office.volunteers)
    office.answer(saved, Reply.JOINS)
    office.stop("荆州市公安局", campaign=saved.campaign_id)
    assert {each.stopped for each in office.invited(saved).values()} == {True}
    officers.take(store, None, officers.Doing(office.volunteers[NAME], Step.LEAVE, 3))
    assert set(office.invited(saved)) == {"民警小李(演示)"}
    with store.reading() as tx:
        assert len(screen.to_answer(tx, EVERYTHING, office.now)) == 1
        assert len(screen.candidates(tx, EVERYTHING, office.now, saved.campaign_id)) == 0
        assert messages(tx, EVERYTHING, office.now, saved.campaign_id)
    clock.now += timedelta(hours=5)
    which = (saved.campaign_id, "421100")
    assert campaign_handing.urged(store, office.who["writer"], which, office.sent()) == 1
    assert urges(office) == [("黄冈市公安局", "协同催办")]
