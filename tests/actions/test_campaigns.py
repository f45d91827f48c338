"""A campaign from draft to its last task: who may do what, what is signed, what is frozen."""

from dataclasses import replace

import pytest

from monitor.actions import acknowledging, campaign_links, campaign_stops, campaigns, manuscripts
from monitor.actions.campaign_stops import Stopping
from monitor.actions.campaigns import Doing
from monitor.actions.sending import Sent
from monitor.domain.approval import Move as Signing
from monitor.domain.burden import CapReached
from monitor.domain.campaign import Aim, Kind, Move, Order, Source, State, TaskMove
from monitor.domain.campaign import TaskState as T
from monitor.domain.errors import Conflict, Forbidden, InputError, Overtaken
from monitor.domain.instants import MINUTE
from monitor.domain.manuscript import Text
from monitor.domain.person import Role
from monitor.domain.receipt import Answer
from monitor.domain.scope import EVERYTHING
from monitor.record import campaign_stops as kept_stops
from monitor.record import office_settings
from monitor.record.screens.campaign_targets import Wanted, preview
from monitor.record.store import Store
from tests.actions.campaign_office import AIM, CONTENT, SECOND, CampaignOffice
from tests.conftest import StandingClock

KEY = b"k" * 32
LINK = "https://mp.example.cn/s/abc"


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    return CampaignOffice(store, clock)


def test_every_official_account_in_use_gets_one_task_and_no_officer_does(
    office: CampaignOffice,
) -> None:
    saved = office.issued()
    found = office.tasks(saved)
    assert set(found) == set(office.accounts)
    assert {each.task.state for each in found.values()} == {T.TO_PUBLISH}
    assert {each.task.opens for each in found.values()} == {SECOND}
    assert office.campaign(saved).number == "协同〔2026〕001号"
    assert office.campaign(saved).state is State.UNDER_WAY


def test_the_aim_is_what_the_form_says(office: CampaignOffice) -> None:
    for aim, names in (
        (Aim(), set(office.accounts)),
        (AIM, {"平安荆州(演示)", "荆州交警(演示)"}),
        (Aim(platforms=("weibo",)), {"荆州交警(演示)"}),
        (Aim(main=True, levels=("市州局",)), {"平安荆州(演示)"}),
        (Aim(lines=("交警",)), {"荆州交警(演示)"}),
        (Aim(key=True), {"平安荆州(演示)"}),
        (Aim(regions=("",)), {"平安湖畔(演示)"}),
        (Aim(reach=1), set()),
    ):
        with office.store.reading() as tx:
            found = preview(tx, EVERYTHING, SECOND, Wanted(aim))
        assert {each.name for each in found.rows} == names
        assert found.accounts == len(names)


def test_nothing_is_issued_that_was_not_signed_as_it_stands(office: CampaignOffice) -> None:
    saved = office.draft()
    with pytest.raises(Conflict, match="还没有签发"):
        office.issue(saved)
    office.sign(saved)
    changed = replace(CONTENT, body="刷单返利都是骗局,请勿垫资。请拨打96110。")
    office.rewrite(saved, changed)
    with pytest.raises(Conflict, match="还没有签发"):
        office.issue(saved)
    assert office.tasks(saved) == {}


def test_an_emergency_wants_one_signature_more_and_is_signed_for(office: CampaignOffice) -> None:
    saved = office.draft(kind=Kind.EMERGENCY)
    assert office.sign(saved) == "审批中"
    text = type("Text", (), {"approval_id": saved.approval_id})()
    assert office.do(text, "chief", Signing.AGREE) == "已签发"
    office.issue(saved)
    assert {each.task.state for each in office.tasks(saved).values()} == {T.TO_SIGN}


def test_who_saved_second_sees_both_texts(office: CampaignOffice) -> None:
    saved = office.draft()
    args = (office.store, office.who["writer"], replace(CONTENT, title="另一个标题"))
    campaigns.save(*args, office.sent(1), office.data_dir, saved.campaign_id)
    with pytest.raises(Overtaken) as clash:
        campaigns.save(*args, office.sent(1), office.data_dir, saved.campaign_id)
    assert clash.value.theirs["标题"] == "另一个标题"
    assert office.campaign(saved).version == 2


def test_its_manuscript_cannot_be_changed_behind_its_back(office: CampaignOffice) -> None:
    saved = office.draft()
    manuscript = office.campaign(saved).manuscript_id
    text = Text("预警提示", "别的", "别的", ("wechat",))
    with pytest.raises(Forbidden, match="属于协同发声"):
        manuscripts.save(office.store, office.who["writer"], text, office.sent(1), manuscript)


def test_a_campaign_too_late_or_for_nobody_is_not_issued(
    office: CampaignOffice, clock: StandingClock
) -> None:
    saved = office.draft(aim=Aim(regions=("999999",)))
    office.sign(saved)
    with pytest.raises(InputError, match="没有符合条件"):
        office.issue(saved)
    late = office.draft()
    office.sign(late)
    clock.move(hours=5)
    with pytest.raises(InputError, match="截止时间已过"):
        office.issue(late)
    assert office.campaign(late).serial is None


def test_who_leads_publishes_first_and_the_others_turn_comes_with_it(
    office: CampaignOffice, clock: StandingClock
) -> None:
    saved = office.issued(order=Order.PROVINCE)
    tasks = office.tasks(saved)
    assert {name: each.task.opens for name, each in tasks.items()} == {
        "平安湖畔(演示)": SECOND,
        "平安荆州(演示)": None,
        "荆州交警(演示)": None,
        "平安黄冈(演示)": None,
    }
    clock.move(minutes=10)
    office.decide(tasks["平安湖畔(演示)"], TaskMove.VERIFY, url=LINK, published=SECOND + 300)
    assert office.tasks(saved)["平安荆州(演示)"].task.opens == SECOND + 600


def test_batches_go_by_level(office: CampaignOffice) -> None:
    found = office.tasks(office.issued(order=Order.BATCHES, gap=15))
    assert found["平安湖畔(演示)"].task.opens == SECOND
    assert found["平安荆州(演示)"].task.opens == SECOND + 15 * MINUTE


def test_a_link_is_the_units_own_word_until_somebody_looked(office: CampaignOffice) -> None:
    saved = office.issued()
    office.answer(office.tasks(saved)["平安荆州(演示)"], TaskMove.REPORT, url=LINK)
    task = office.tasks(saved)["平安荆州(演示)"]
    assert (task.task.state, task.task.source, task.task.published) == (
        T.REPORTED,
        Source.SELF,
        None,
    )
    office.decide(task, TaskMove.VERIFY, published=SECOND - 60)
    after = office.tasks(saved)["平安荆州(演示)"].task
    assert (after.state, after.source, after.published) == (T.VERIFIED, Source.PERSON, SECOND - 60)


def test_nobody_answers_for_another_unit(office: CampaignOffice) -> None:
    task = office.tasks(office.issued())["平安荆州(演示)"]
    with pytest.raises(Forbidden):
        office.answer(task, TaskMove.REPORT, who="beside", url=LINK)
    with pytest.raises(Forbidden):
        office.decide(task, TaskMove.VERIFY, who="operator", published=SECOND)


def test_to_be_excused_is_asked_for_with_words_and_decided_by_the_office(
    office: CampaignOffice,
) -> None:
    saved = office.issued()
    with pytest.raises(InputError, match="须写明情况"):
        office.answer(office.tasks(saved)["平安荆州(演示)"], TaskMove.ASK_OUT)
    office.answer(office.tasks(saved)["平安荆州(演示)"], TaskMove.ASK_OUT, said="本地无此类情况")
    office.decide(office.tasks(saved)["平安荆州(演示)"], TaskMove.GRANT)
    assert office.tasks(saved)["平安荆州(演示)"].task.state is T.EXCUSED


def test_two_at_once_do_it_once(office: CampaignOffice) -> None:
    task = office.tasks(office.issued())["平安荆州(演示)"]
    office.answer(task, TaskMove.REPORT, url=LINK)
    with pytest.raises(Conflict):
        office.answer(task, TaskMove.REPORT, url=LINK)


def test_a_fourth_task_in_a_week_is_refused_but_an_emergency_is_not(
    office: CampaignOffice,
) -> None:
    for _ in range(3):
        office.issued(aim=AIM)
    saved = office.draft(aim=AIM)
    office.sign(saved)
    with pytest.raises(CapReached, match="本周协同已达上限"):
        office.issue(saved)
    assert office.tasks(saved) == {}
    urgent = office.draft(aim=AIM, kind=Kind.EMERGENCY)
    office.sign(urgent, ("chief", Signing.AGREE))
    assert office.issue(urgent)["tasks"] == 2


def test_in_the_trial_period_tasks_are_counted_and_not_refused(office: CampaignOffice) -> None:
    with office.store.writing() as tx:
        office_settings.put(tx, office_settings.TRIAL, {"until": "2026-12-23"}, None)
    for _ in range(4):
        assert office.tasks(office.issued(aim=AIM))


def test_a_stop_keeps_everything_back_until_a_second_person_lifts_it(
    office: CampaignOffice,
) -> None:
    saved = office.draft()
    office.sign(saved)
    made = office.stop("湖北省公安厅", campaign=saved.campaign_id)
    with pytest.raises(Conflict, match="正在紧急停发"):
        office.issue(saved)
    with pytest.raises(Forbidden, match="另一人"):
        lift(office, "writer", made)
    lift(office, "head", made)
    assert office.issue(saved)["tasks"] == 4


def lift(office: CampaignOffice, who: str, stop_id: int) -> None:
    args = (office.store, office.who[who], (stop_id, 0), "已核实无误", office.sent(), office.house)
    campaign_stops.lift(*args)


def test_a_stop_gives_its_reason_and_stays_within_ones_own_units(office: CampaignOffice) -> None:
    root = office.units["湖北省公安厅"]
    with pytest.raises(InputError, match="停发理由"):
        campaign_stops.stop(
            office.store,
            office.who["head"],
            Stopping(None, root, "", " "),
            office.sent(),
            office.house,
        )
    office.who["city"] = office.enrol("city", Role.PREFECTURE_ADMIN, office.below("荆州市公安局"))
    with pytest.raises(Forbidden):
        campaign_stops.stop(
            office.store,
            office.who["city"],
            Stopping(None, root, "", "先停一停"),
            office.sent(),
            office.house,
        )
    with office.store.reading() as tx:
        assert kept_stops.in_force(tx) == []


def test_what_was_published_is_put_right_account_by_account(
    office: CampaignOffice, clock: StandingClock
) -> None:
    saved = office.issued()
    for name in ("平安荆州(演示)", "平安黄冈(演示)"):
        office.decide(office.tasks(saved)[name], TaskMove.VERIFY, url=LINK, published=SECOND)
    amending = office.draft(kind=Kind.CORRECTION, amends=saved.campaign_id, title="更正:热线号码")
    office.sign(amending, ("chief", Signing.AGREE))
    assert office.issue(amending)["tasks"] == 2
    clock.move(minutes=20)
    office.answer(office.tasks(amending)["平安荆州(演示)"], TaskMove.CORRECTED, url=LINK)
    task = office.tasks(amending)["平安荆州(演示)"].task
    assert (task.state, task.put_right_at) == (T.CORRECTED, SECOND + 1200)


def test_it_is_ended_put_away_with_words_and_given_up_with_words(office: CampaignOffice) -> None:
    saved = office.issued()
    with pytest.raises(Conflict):
        press(office, saved, Move.ARCHIVE, "早了")
    press(office, saved, Move.END, "")
    with pytest.raises(InputError, match="须写明情况"):
        press(office, saved, Move.ARCHIVE, " ")
    assert press(office, saved, Move.ARCHIVE, "发布及时") == "已总结归档"
    task = office.tasks(saved)["平安荆州(演示)"]
    with pytest.raises(Conflict, match="已经结束"):
        office.answer(task, TaskMove.REPORT, url=LINK)


def press(office: CampaignOffice, saved: campaigns.Saved, move: Move, said: str) -> str:
    which = (saved.campaign_id, office.campaign(saved).version)
    return campaigns.move(
        office.store, office.who["writer"], Doing(move, which, said), office.sent(), office.house
    )


def test_a_receipt_link_takes_the_units_word_without_signing_in(office: CampaignOffice) -> None:
    saved = office.issued()
    task = office.tasks(saved)["平安荆州(演示)"]
    args = (office.store, office.who["writer"], KEY, saved.campaign_id, (task.id,))
    (made,) = campaign_links.make(*args)
    slip = acknowledging.slip_of(office.store, KEY, made.token, "10.0.0.1", SECOND)
    assert slip.task.title == "年底防刷单诈骗提示:“平安荆州(演示)”(微信公众号)"
    sent = Sent("receipt", "k", 0)
    acknowledging.send(office.store, KEY, made.token, "10.0.0.1", (Answer(LINK, "已发"), sent))
    after = office.tasks(saved)["平安荆州(演示)"].task
    assert (after.state, after.source, after.url) == (T.REPORTED, Source.SELF, LINK)
    with pytest.raises(InputError, match="没有需要发链接"):
        campaign_links.make(*args)
