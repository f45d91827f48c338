"""协同 drawn by Streamlit: empty, a form that is saved, one under way with its board, a stop."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, page
from dashboard.page import Visit
from monitor.access.ciphers import KeyRing
from monitor.domain.campaign import Source, TaskMove
from monitor.domain.duty import Liaison, Phones
from monitor.domain.person import Role
from monitor.domain.scope import NOTHING, Scope
from monitor.record import rosters
from monitor.record.store import Store
from monitor.record.vault import Vault
from tests.actions.campaign_office import SECOND, CampaignOffice
from tests.builders import a_number
from tests.conftest import StandingClock
from tests.dashboard.test_views import FORBIDDEN, LATIN, a_visit, draw, words

VAULT = Vault(KeyRing((b"k" * 32,)), b"s" * 32)
FOOT = "严禁要求干警、群众、学生点赞、投票、转发、跟评"


@pytest.mark.parametrize(
    ("query", "told"),
    [({}, "没有协同发声"), ({"id": "7"}, "没有这项协同发声"), ({"write": "new"}, "发布对象")],
)
def test_what_is_not_there_is_said(sqlite_store: Store, query: dict[str, str], told: str) -> None:
    test = draw("campaigns", a_visit(sqlite_store), **query)
    assert not test.exception
    said = words(test)
    assert told in said
    assert not [word for word in FORBIDDEN if word in said]


def test_the_fewest_accounts_for_an_audience_are_proposed_and_taken(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    with sqlite_store.writing() as tx:
        for number, name in enumerate(list(office.accounts)[:3], 1):
            a_number(tx, office.accounts[name], SECOND - 60, 1000 * number)
    test = draw("campaigns", a_visit(sqlite_store), write="new")

    def ask(number: int) -> str:
        next(each for each in test.number_input if "想覆盖" in each.label).set_value(number).run()
        assert not test.exception
        return words(test)

    assert "有粉丝数据的3个账号合计6,000人，不到9,000人" in ask(9000)
    said = ask(4500)
    assert "粉丝不少于2,000的2个账号合计5,000人，够4,500人，是4个发布对象里最少的" in said
    next(each for each in test.button if each.label == "只选这2个账号").click().run()
    assert not test.exception
    assert "2个账号" in words(test)
    reach = next(each for each in test.text_input if each.label == "粉丝不少于")
    assert reach.value == "2000"


def test_one_under_way_shows_who_has_not_published_and_whom_to_remind(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    saved = office.issued()
    office.decide(office.tasks(saved)["平安湖畔(演示)"], TaskMove.VERIFY, published=SECOND - 60)
    visit = a_visit(sqlite_store)
    listed = draw("campaigns", visit)
    assert not listed.exception
    assert "进行中1，最紧一项还剩4小时" in words(listed)
    assert "1/4" in words(listed)
    board = draw("campaigns", visit, id=str(saved.campaign_id))
    assert not board.exception
    said = words(board)
    for expected in ("协同〔2026〕001号", "荆州市", "黄冈市", "未发布", "发布进度曲线", FOOT):
        assert expected in said
    assert re.search(r"合计\s+1/4", said)
    assert "生存" not in said
    tasks = draw("campaigns", visit, id=str(saved.campaign_id), tab="tasks", region="421000")
    assert not tasks.exception
    said = words(tasks)
    assert "平安荆州(演示)" in said
    assert "平安黄冈(演示)" not in said
    assert "尚未发布" in said
    told = words(draw("campaigns", visit, id=str(saved.campaign_id), tab="told"))
    for expected in ("待转告5", "请转告", "operator", "年底防刷单诈骗提示"):
        assert expected in told
    for query in ({"tab": "told"}, {"tab": "content"}, {"tab": "moves"}):
        tab = draw("campaigns", visit, id=str(saved.campaign_id), **query)
        assert not tab.exception
        assert LATIN.findall(re.sub("writer|operator|beside|second|head", "", words(tab))) == []


def test_a_city_counts_from_the_first_of_all_and_sees_nobody_elses(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    saved = office.issued()
    office.decide(office.tasks(saved)["平安湖畔(演示)"], TaskMove.VERIFY, published=SECOND - 600)
    own = a_visit(sqlite_store, Scope(frozenset({office.below("荆州市公安局")})))
    times = data.read(own, data.campaign_board.times, SECOND, saved.campaign_id)
    assert times == data.campaign_board.Times(first=SECOND - 600)
    nobody = a_visit(sqlite_store, NOTHING)
    assert data.read(nobody, data.campaign_board.times, SECOND, saved.campaign_id).first is None
    board = draw("campaigns", own, id=str(saved.campaign_id))
    assert not board.exception
    assert re.search(r"合计\s+0/2", words(board))
    assert "黄冈市" not in words(board)


def test_who_is_to_be_called_stands_with_a_masked_phone_for_whom_people_are_a_matter(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    saved = office.issued()
    with sqlite_store.writing() as tx:
        liaison = Liaison("421000000000", "王某(演示)", since="2026-01-01")
        rosters.keep_liaison(tx, VAULT, liaison, Phones(mobile="13900001234"))
    calls = {"id": str(saved.campaign_id), "tab": "calls"}
    test = draw("campaigns", a_visit(sqlite_store), **calls)
    assert not test.exception
    said = words(test)
    for expected in ("荆州交警(演示)", "王某(演示)", "139****1234", "未登记联络员", "查看联系方式"):
        assert expected in said
    assert "13900001234" not in said
    assert re.search(r"复制催办语（4个）", said)
    unseen = draw("campaigns", a_visit(sqlite_store, role=Role.DIRECTOR), **calls)
    assert not unseen.exception
    assert "荆州交警(演示)" in words(unseen)
    assert not [each for each in ("王某", "139", "查看联系方式") if each in words(unseen)]
    told = draw("campaigns", a_visit(sqlite_store), **calls, region="421100")
    assert "荆州交警(演示)" not in words(told)
    nothing = draw(
        "campaigns", a_visit(sqlite_store), id=str(office.draft().campaign_id), tab="calls"
    )
    assert "没有未发布的账号" in words(nothing)


def test_a_stop_stands_on_the_page_of_everybody_it_concerns(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    below = Scope(frozenset({office.below("荆州市公安局")}))
    assert "紧急停发" not in band(a_visit(sqlite_store, below))
    office.stop("湖北省公安厅")
    assert "内容有误,先停发" in band(a_visit(sqlite_store, below))
    assert "内容有误,先停发" in band(a_visit(sqlite_store))


def test_a_stop_in_one_city_is_no_matter_of_another(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    office.stop("荆州市公安局")
    assert "紧急停发" in band(a_visit(sqlite_store))
    assert "紧急停发" not in band(
        a_visit(sqlite_store, Scope(frozenset({office.below("黄冈市公安局")})))
    )


def test_pasted_replies_are_shown_line_by_line_and_entered_with_one_button(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    saved = office.issued()
    visit = a_visit(sqlite_store)
    test = draw("campaigns", visit, id=str(saved.campaign_id), tab="tasks")
    area = next(each for each in test.text_area if each.label == "群里的接龙或回复")
    area.input("1. 黄冈 微信已发\n2. 荆洲市公安局 公众号已发\n收到")
    test = next(each for each in test.button if each.label == "解读").click().run()
    assert not test.exception
    said = words(test)
    for expected in ("已看懂1行，存疑1行，不登记1行", "黄冈市公安局“平安黄冈(演示)”", "只是回应"):
        assert expected in said
    test = next(each for each in test.button if each.label.startswith("登记")).click().run()
    assert not test.exception
    assert office.tasks(saved)["平安黄冈(演示)"].task.source is Source.SELF


def band(visit: Visit) -> str:
    """What stands at the head of every page of a visitor."""

    def script(who: object) -> None:
        from dashboard import campaign_stop_box

        campaign_stop_box.band(who)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(page, "arrive", lambda *, working=True: visit)
        test = AppTest.from_function(script, args=(visit,)).run()
    assert not test.exception
    return words(test)
