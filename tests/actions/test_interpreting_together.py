"""政策解读 together with its document, by the drafter's own accounts, tied by who may say so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.actions import campaign_issuing, interpreting
from monitor.domain.campaign import Kind, TaskMove
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Role
from monitor.domain.scope import EVERYTHING
from monitor.record import interpretings
from monitor.record.screens import campaigns
from monitor.record.store import Store
from tests.actions.campaign_office import CONTENT, SECOND, CampaignOffice
from tests.actions.test_interpreting import (
    DAY_OF_ISSUE,
    JINGZHOU,
    LABEL,
    duties,
    final,
    interpretation,
    save,
    text,
)
from tests.builders import a_unit, an_account
from tests.conftest import StandingClock


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    return CampaignOffice(store, clock)


def test_an_interpretation_is_not_issued_before_its_document_and_says_why_when_late(
    office: CampaignOffice, clock: StandingClock
) -> None:
    final(office, "湖北省公安厅")
    early = office.draft(replace(CONTENT, kind=Kind.POLICY, document=LABEL, due=SECOND + 9 * DAY))
    office.sign(early)
    clock.now -= timedelta(days=3)
    with pytest.raises(Conflict, match=f"{DAY_OF_ISSUE.isoformat()}印发,解读不能先于文件"):
        office.issue(early)
    clock.now += timedelta(days=5)
    with pytest.raises(InputError, match="这是补发解读"):
        office.issue(early)
    which = (early.campaign_id, office.campaign(early).version)
    given = (office.store, office.who["writer"], which, office.sent(), office.house)
    campaign_issuing.issue(*given, "文件印发后才确定解读口径负责人")
    with office.store.reading() as tx:
        moved = campaigns.history(tx, EVERYTHING, office.now, early.campaign_id)
    assert moved[0].said == "补发解读:文件印发后才确定解读口径负责人"


def test_only_the_drafters_own_accounts_speak_for_it(office: CampaignOffice) -> None:
    with office.store.writing() as tx:
        root = office.units["湖北省公安厅"]
        office.units["办公室"] = a_unit(tx, "办公室", "420000000001", root, level="厅直")
        below = office.units["荆州市公安局"]
        county = a_unit(tx, "江陵县公安局", "421024000000", below, level="县级局")
        office.accounts["江陵(演示)"] = an_account(tx, county, "江陵(演示)")
    ids = final(office, "荆州市公安局", "办公室")
    for number, document in enumerate(ids, 1):
        said = f"鄂公规〔2026〕{number}号"
        campaign = interpretation(office, said)
        interpreting.link(office.store, office.who["writer"], document, campaign, office.sent())
        tasks = office.tasks(type("Saved", (), {"campaign_id": campaign})())
        for name in ("平安湖畔(演示)", "江陵(演示)"):
            given = {"published": SECOND - number, "url": "https://a.cn/1"}
            office.decide(tasks[name], TaskMove.VERIFY, **given)
    found = duties(office)
    assert not found[ids[0], JINGZHOU].out
    assert found[ids[1], "420000000001"].published == SECOND - 2


def test_what_another_office_ties_counts_once_the_department_confirms_it(
    office: CampaignOffice,
) -> None:
    city = office.enrol("citywriter", Role.PREFECTURE_ADMIN, office.below("荆州市公安局"))
    office.who["citywriter"] = city
    with office.store.writing() as tx:
        below = office.units["荆州市公安局"]
        a_unit(tx, "江陵县公安局", "421024000000", below, level="县级局")
    listed = save(office, text("江陵县公安局"), "citywriter")
    interpreting.finalise(office.store, office.who["second"], (listed, 2), office.sent())
    made = office.draft(replace(CONTENT, kind=Kind.POLICY, document=LABEL), "citywriter")
    for who, stands in (("citywriter", False), ("writer", True), ("citywriter", True)):
        with office.store.reading() as tx:
            [document] = interpretings.documents(tx, listed)
        given = (document.id, made.campaign_id, office.sent())
        interpreting.link(office.store, office.who[who], *given)
        with office.store.reading() as tx:
            [after] = interpretings.documents(tx, listed)
        assert (after.campaign_id, after.stands) == (made.campaign_id, stands)
