"""已转告 is said once, by name and instant; late reminders burden a unit, and are counted."""

from datetime import timedelta

import pytest

from monitor.actions import campaign_handing
from monitor.actions.campaigns import Saved
from monitor.domain.burden import Sort
from monitor.domain.campaign import TaskMove
from monitor.domain.errors import Conflict, Forbidden
from monitor.domain.notice import Outcome
from monitor.domain.scope import EVERYTHING
from monitor.record import burdens
from monitor.record.screens import burden
from monitor.record.screens.telling import Message, messages
from monitor.record.store import Store
from monitor.runs import campaign_steps
from tests.actions.campaign_office import CampaignOffice
from tests.conftest import StandingClock
from tests.service.parts import some_parts


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    return CampaignOffice(store, clock)


def listed(office: CampaignOffice, saved: Saved) -> list[Message]:
    with office.store.reading() as tx:
        return list(messages(tx, EVERYTHING, office.now, saved.campaign_id))


def urges(office: CampaignOffice) -> list[tuple[str, str]]:
    """What counts as 催办 this week: whose, of what kind."""
    with office.store.reading() as tx:
        found = burden.items(tx, EVERYTHING, office.now, burden.Wanted(sort=Sort.URGE.value))
    return sorted((each.unit_name, each.kind) for each in found.rows)


def test_who_handed_a_text_on_says_so_once(office: CampaignOffice, clock: StandingClock) -> None:
    saved = office.issued()
    text = next(each for each in listed(office, saved) if each.name == "operator某")
    assert text.outcome is Outcome.PASTE
    clock.now += timedelta(minutes=5)
    with pytest.raises(Forbidden):
        campaign_handing.handed(office.store, office.who["beside"], text.id, office.sent())
    campaign_handing.handed(office.store, office.who["operator"], text.id, office.sent())
    after = next(each for each in listed(office, saved) if each.id == text.id)
    assert (after.outcome, after.handed_by, after.at) == (
        Outcome.HANDED,
        "operator某",
        office.now,
    )
    with pytest.raises(Conflict, match="已有人转告"):
        campaign_handing.handed(office.store, office.who["writer"], text.id, office.sent())


def test_a_copied_reminder_is_shown_and_burdens_only_what_is_late(
    office: CampaignOffice, clock: StandingClock
) -> None:
    saved = office.issued()
    which = (saved.campaign_id, "421000")
    assert campaign_handing.urged(office.store, office.who["writer"], which, office.sent()) == 2
    assert urges(office) == []
    office.answer(
        office.tasks(saved)["荆州交警(演示)"], TaskMove.REPORT, url="https://example.cn/a"
    )
    clock.now += timedelta(hours=5)
    assert campaign_handing.urged(office.store, office.who["operator"], which, office.sent()) == 1
    said = listed(office, saved)[0]
    assert (said.what, said.outcome, said.handed_by, said.tasks) == (
        "催办",
        Outcome.HANDED,
        "operator某",
        1,
    )
    assert urges(office) == [("荆州市公安局", "协同催办")]
    with pytest.raises(Conflict, match="不在本人管理范围内"):
        beside = (saved.campaign_id, "421000")
        campaign_handing.urged(office.store, office.who["beside"], beside, office.sent())


def test_a_reminder_after_the_end_counts_once_for_a_unit_and_one_before_it_does_not(
    office: CampaignOffice, clock: StandingClock
) -> None:
    clock.now += timedelta(hours=9)
    office.issued(due=office.now + 4 * 3600)
    parts = some_parts(office.store, clock)
    clock.now += timedelta(hours=3, minutes=40)
    campaign_steps.run(parts)
    assert urges(office) == []
    clock.now += timedelta(minutes=40)
    campaign_steps.run(parts)
    names = ("湖北省公安厅", "荆州市公安局", "黄冈市公安局")
    assert urges(office) == sorted((each, "协同催办") for each in names)
    clock.now += timedelta(hours=1)
    campaign_steps.run(parts)
    with office.store.writing() as tx:
        loads = burdens.of_units(tx, Sort.URGE, office.units.values())
    assert {(each.unit_name, each.issued) for each in loads} == {(each, 1) for each in names}
