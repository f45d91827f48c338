"""Replies of a group: read within one's own units, confirmed by a person, entered all or none."""

import pytest

from monitor.actions import campaign_returns
from monitor.actions.campaign_returns import Confirmed, Understood
from monitor.actions.sending import Sent
from monitor.domain.campaign import Source, TaskMove
from monitor.domain.campaign import TaskState as T
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.pasted import Sense
from monitor.record.store import Store
from tests.actions.campaign_office import SECOND, CampaignOffice
from tests.conftest import StandingClock

PASTED = """1. 荆州市局 公众号已发 https://mp.weixin.qq.com/s/abc
2. 荆州交警 微博已发
3. 黄冈 微信已发 https://mp.weixin.qq.com/s/def
收到
"""


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    return CampaignOffice(store, clock)


def understood(office: CampaignOffice, campaign: int, who: str, text: str = PASTED) -> Understood:
    return campaign_returns.understand(office.store, office.who[who], campaign, text, SECOND)


def sure(found: Understood) -> tuple[Confirmed, ...]:
    """Every claim that is certain, as the page hands it in."""
    every = [each for said in found.said for each in said.claims if each.sure]
    tasks = [(found.tasks[each.tasks[0]].kept, each.url) for each in every]
    return tuple(Confirmed((task.id, task.version), url) for task, url in tasks)


def test_what_was_understood_and_confirmed_is_self_reported(office: CampaignOffice) -> None:
    saved = office.issued()
    found = understood(office, saved.campaign_id, "writer")
    assert [each.sense for each in found.said] == [*[Sense.CLEAR] * 3, Sense.ASIDE]
    sent = Sent("paste", "k")
    for _ in range(2):  # a double click is one doing
        done = campaign_returns.confirm(
            office.store, office.who["writer"], saved.campaign_id, sure(found), sent
        )
    after = office.tasks(saved)
    assert set(done) == {each.id for name, each in after.items() if name != "平安湖畔(演示)"}
    first = after["平安荆州(演示)"].task
    assert (first.state, first.source, first.published) == (T.REPORTED, Source.SELF, None)
    assert first.url == "https://mp.weixin.qq.com/s/abc"
    assert after["荆州交警(演示)"].task.state is T.REPORTED
    assert after["荆州交警(演示)"].task.url == ""
    again = understood(office, saved.campaign_id, "writer")
    assert [[each.url for each in said.claims] for said in again.said] == [[], [""], [], []]


def test_a_city_reads_only_its_own_units_out_of_a_paste(office: CampaignOffice) -> None:
    saved = office.issued()
    found = understood(office, saved.campaign_id, "operator")
    assert {each.unit_name for each in found.tasks.values()} == {"荆州市公安局"}
    assert [each.sense for each in found.said][2] is Sense.NOTHING
    stranger = office.tasks(saved)["平安黄冈(演示)"]
    entries = (*sure(found), Confirmed((stranger.id, stranger.version)))
    with pytest.raises(Forbidden, match="没有这项协同任务"):
        campaign_returns.confirm(
            office.store, office.who["operator"], saved.campaign_id, entries, office.sent()
        )
    assert {each.task.state for each in office.tasks(saved).values()} == {T.TO_PUBLISH}


def test_a_task_that_moved_on_meanwhile_stops_all_of_them(office: CampaignOffice) -> None:
    saved = office.issued()
    entries = sure(understood(office, saved.campaign_id, "writer"))
    office.answer(office.tasks(saved)["荆州交警(演示)"], TaskMove.ASK_OUT, said="账号被盗")
    with pytest.raises(Conflict, match="刚被别人办理过"):
        campaign_returns.confirm(
            office.store, office.who["writer"], saved.campaign_id, entries, office.sent()
        )
    assert office.tasks(saved)["平安荆州(演示)"].task.state is T.TO_PUBLISH


def test_what_cannot_be_read_or_entered_is_refused_by_name(office: CampaignOffice) -> None:
    saved = office.issued()
    for text, told in (("  ", "请粘贴"), ("好" * 30_001, "分几次"), ("江陵 密级:机密", "机密")):
        with pytest.raises(InputError, match=told):
            understood(office, saved.campaign_id, "writer", text)
    with pytest.raises(Forbidden):
        understood(office, saved.campaign_id + 1, "writer")
    with pytest.raises(Forbidden):
        understood(office, 0, "writer")
    task = office.tasks(saved)["平安荆州(演示)"]
    one, two = (Confirmed((task.id, task.version), f"https://a.cn/{n}") for n in "12")
    for entries, told in (((), "请确认"), ((one, two), "两条链接")):
        with pytest.raises(InputError, match=told):
            campaign_returns.confirm(
                office.store, office.who["writer"], saved.campaign_id, entries, office.sent()
            )
