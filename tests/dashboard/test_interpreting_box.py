"""政策解读 drawn by Streamlit: empty, a draft of another, a final list with what is owed."""

import pytest

from monitor.actions import interpreting
from monitor.domain.campaign import TaskMove
from monitor.record import interpretings
from monitor.record.store import Store
from tests.actions.campaign_office import SECOND, CampaignOffice
from tests.actions.test_interpreting import LABEL, QUARTER, interpretation, save, text
from tests.conftest import StandingClock
from tests.dashboard.test_views import FORBIDDEN, a_visit, draw, words


@pytest.fixture
def office(sqlite_store: Store, clock: StandingClock) -> CampaignOffice:
    return CampaignOffice(sqlite_store, clock)


def drawn(office: CampaignOffice) -> str:
    test = draw("campaigns", a_visit(office.store), tab="policy")
    assert not test.exception
    said = words(test)
    assert not [word for word in FORBIDDEN if word in said]
    return said


def test_an_empty_quarter_says_what_to_do(office: CampaignOffice) -> None:
    said = drawn(office)
    assert "还没有政策解读清单" in said
    assert "一行一件" in said


def test_a_draft_waits_for_a_second_person_and_a_final_list_shows_who_owes(
    office: CampaignOffice,
) -> None:
    made = save(office, text("湖北省公安厅", "荆州市公安局"))
    said = drawn(office)
    assert "拟定中" in said
    assert "还没有登记解读" in said
    second, writer = office.who["second"], office.who["writer"]
    interpreting.finalise(office.store, second, (made, 2), office.sent())
    with office.store.reading() as tx:
        first = interpretings.documents(tx, made)[0].id
    campaign = interpretation(office, LABEL)
    interpreting.link(office.store, writer, first, campaign, office.sent())
    saved = type("Saved", (), {"campaign_id": campaign})()
    task = office.tasks(saved)["平安湖畔(演示)"]
    office.decide(task, TaskMove.VERIFY, published=SECOND - 60, url="https://a.cn/1")
    said = drawn(office)
    for expected in ("已定稿", QUARTER[:4], "100.0%", "与文件同步", "未发布", "时效得分率"):
        assert expected in said, expected
    assert "一行一件" not in said
