"""Replies of a group: read within one's own units, confirmed by a person, entered all or none."""

from collections.abc import Sequence

import pytest

from monitor.actions import campaign_receipt_sheets, campaign_returns
from monitor.actions.campaign_returns import Confirmed, Understood
from monitor.actions.sending import Sent
from monitor.domain.campaign import Source, TaskMove
from monitor.domain.campaign import TaskState as T
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.officer import Joining, Standing
from monitor.domain.pasted import Sense
from monitor.record import officers
from monitor.record.store import Store
from monitor.report import receipt_sheet, xlsx_file
from monitor.report.receipt_sheet import SheetLine
from monitor.report.table import Table
from tests.actions.campaign_office import SECOND, CampaignOffice
from tests.builders import an_account
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


def filled(
    office: CampaignOffice, campaign: int, rows: Sequence[tuple[str, ...]], *, of: int | None = None
) -> tuple[str, bytes]:
    """A 回执表 with rows of account, number, 是否已发布, 作品链接, 说明."""
    lines = [
        SheetLine(("单位", "平台", account, task, ""), tuple(said)) for account, task, *said in rows
    ]
    return "回执表.xlsx", receipt_sheet.render(of or campaign, ("回执表", ""), lines)


def test_a_sheet_goes_out_with_what_is_open_and_comes_back_row_by_row(
    office: CampaignOffice,
) -> None:
    saved = office.issued()
    campaign, writer = saved.campaign_id, office.who["writer"]
    office.decide(office.tasks(saved)["平安湖畔(演示)"], TaskMove.VERIFY, published=SECOND - 60)
    out = campaign_receipt_sheets.make(office.store, writer, campaign, "421000", SECOND)
    assert (out.name, out.lines) == ("荆州市回执表_年底防刷单诈骗提示.xlsx", 2)
    blank = campaign_receipt_sheets.understand(
        office.store, writer, campaign, (out.name, out.content), SECOND
    )
    assert [(each.first, each.sense, each.why) for each in blank.said] == [
        (row, Sense.ASIDE, ("“是否已发布”列:没有填",)) for row in (4, 5)
    ]
    names = ("平安荆州(演示)", "荆州交警(演示)", "平安黄冈(演示)", "平安湖畔(演示)")
    key = {name: str(office.tasks(saved)[name].id) for name in names}
    back = filled(
        office,
        campaign,
        [
            (names[0], key[names[0]], "是", "https://mp.weixin.qq.com/s/abc"),
            (names[1], key[names[1]], "是", "https://v.douyin.com/abc"),
            ("别的账号", key[names[2]], "是"),
            (names[3], key[names[3]], "是"),
            (names[0], key[names[0]], "是"),
            (names[0], "99999", "是"),
            (names[0], "没有编号", "大概"),
        ],
    )
    found = campaign_receipt_sheets.understand(office.store, writer, campaign, back, SECOND)
    assert campaign_receipt_sheets.receive(office.store, writer, back, SECOND) == (campaign, found)
    told = [(each.first, each.sense, "".join(each.why)) for each in found.said]
    assert told == [
        (4, Sense.CLEAR, ""),
        (5, Sense.DOUBT, "“作品链接”列:是抖音的链接,任务是微博"),
        (6, Sense.DOUBT, "“账号名称”列:与编号所对应的“平安黄冈(演示)”不一致"),
        (7, Sense.ASIDE, "任务已登记过或已办结,不再登记"),
        (8, Sense.NOTHING, "“任务编号”列:与第4行重复"),
        (9, Sense.NOTHING, "“任务编号”列:不是这次协同在您范围内的任务"),
        (10, Sense.NOTHING, "“任务编号”列:不是这次协同在您范围内的任务"),
    ]
    campaign_returns.confirm(office.store, writer, campaign, sure(found), office.sent())
    assert office.tasks(saved)[names[0]].task.state is T.REPORTED


def test_what_a_row_says_wrongly_is_told_with_its_column(office: CampaignOffice) -> None:
    saved = office.issued()
    task = str(office.tasks(saved)["平安荆州(演示)"].id)
    for said, told in (
        (("大概",), "“是否已发布”列:“大概”有误,应为是或否"),
        (("是", "javascript:1"), "“作品链接”列:链接应以https://开头"),
        (("否", "https://a.cn/1"), "“是否已发布”列:填了未发布,又有链接"),
        (("是", "", "申请免发"), "“说明”列:提到免发"),
        (("否", "", "账号被盗"), "“是否已发布”列:填的是未发布"),
    ):
        file = filled(office, saved.campaign_id, [("平安荆州(演示)", task, *said)])
        found = campaign_receipt_sheets.understand(
            office.store, office.who["writer"], saved.campaign_id, file, SECOND
        )
        assert "".join(found.said[0].why).startswith(told)
        assert not sure(found)


def test_a_sheet_that_is_not_this_campaigns_is_refused(office: CampaignOffice) -> None:
    saved = office.issued()
    other = filled(office, saved.campaign_id, [], of=saved.campaign_id + 1)
    with pytest.raises(InputError, match="另一次协同发声"):
        campaign_receipt_sheets.understand(
            office.store, office.who["writer"], saved.campaign_id, other, SECOND
        )
    foreign = ("台账.xlsx", xlsx_file.render([Table("台账", ("账号",), (("平安",),))], "台账"))
    with pytest.raises(InputError, match="不是系统下发的回执表"):
        campaign_receipt_sheets.understand(
            office.store, office.who["writer"], saved.campaign_id, foreign, SECOND
        )


def test_an_officers_account_with_both_papers_has_no_task_no_row_and_no_claim(
    office: CampaignOffice,
) -> None:
    with office.store.writing() as tx:
        unit = office.units["荆州市公安局"]
        own = an_account(tx, unit, "民警乙(演示)", "weibo", uid="own", kind="民警个人")
        until = SECOND + 86_400
        officers.put(tx, own, Joining(Standing.JOINED, until, until))
    saved = office.issued()
    assert set(office.tasks(saved)) == set(office.accounts)
    found = understood(office, saved.campaign_id, "writer", "荆州市局 民警乙 微博已发")
    assert own not in {each.kept.account_id for each in found.tasks.values()}
    book = campaign_receipt_sheets.make(
        office.store, office.who["writer"], saved.campaign_id, "", SECOND
    )
    assert book.lines == len(office.accounts)
