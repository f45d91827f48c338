"""What accounts published moves their tasks; who was not looked at is never said to have failed."""

import pytest

from monitor.actions.campaigns import Saved
from monitor.domain.campaign import Facts, Kind, Order, Source, TaskMove
from monitor.domain.campaign import TaskState as T
from monitor.domain.instants import HOUR
from monitor.record.store import Store
from monitor.runs import match, purge
from tests.actions.campaign_office import CONTENT, SECOND, CampaignOffice
from tests.builders import a_look, a_post, a_route, put
from tests.conftest import StandingClock
from tests.record.builders import rows
from tests.service.parts import some_parts

TITLE = "年底防刷单诈骗提示:刷单返利都是骗局,请勿垫资"
ONE, TWO = "平安荆州(演示)", "平安黄冈(演示)"


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    return CampaignOffice(store, clock)


def sweep(office: CampaignOffice) -> None:
    office.clock.move(minutes=10)
    match.run(some_parts(office.store, office.clock))


def publish(office: CampaignOffice, name: str, at: int, title: str = TITLE, text: str = "") -> None:
    with office.store.writing() as tx:
        key = a_post(tx, office.accounts[name], at, title)
        if text:
            put(tx, "post_text", key_id=key, text=text, source="接口采集", seen_at=at)


def test_the_time_is_the_platforms_own_and_late_is_late(office: CampaignOffice) -> None:
    saved = office.issued()
    publish(office, ONE, SECOND + 90)
    publish(office, TWO, SECOND + 5 * HOUR)
    publish(office, "平安湖畔(演示)", SECOND + 60, "国庆返程易堵路段及绕行建议")
    office.clock.move(hours=5)
    sweep(office)
    found = office.tasks(saved)
    assert found[ONE].task.state is T.VERIFIED
    assert (found[ONE].task.published, found[ONE].task.source) == (SECOND + 90, Source.MACHINE)
    assert found[TWO].task.state is T.LATE
    assert found["平安湖畔(演示)"].task.state is T.TO_PUBLISH
    sweep(office)
    assert office.tasks(saved)[ONE].version == found[ONE].version


def test_who_was_not_looked_at_cannot_be_verified_and_who_was_did_not_publish(
    office: CampaignOffice,
) -> None:
    saved = office.issued()
    with office.store.writing() as tx:
        route = a_route(tx)
        a_look(tx, office.accounts[ONE], route, SECOND - HOUR, SECOND + 2 * HOUR)
        a_look(tx, office.accounts[ONE], route, SECOND + 2 * HOUR, SECOND + 5 * HOUR)
        a_look(tx, office.accounts[TWO], route, SECOND - HOUR, SECOND + 3 * HOUR)
    office.clock.move(hours=6)
    sweep(office)
    found = office.tasks(saved)
    assert found[ONE].task.state is T.MISSED
    assert found[TWO].task.state is T.UNKNOWN
    publish(office, TWO, SECOND + 90)
    sweep(office)
    assert office.tasks(saved)[TWO].task.state is T.VERIFIED


def test_a_changed_fact_waits_for_a_person_with_its_place(office: CampaignOffice) -> None:
    body = "11月20日,城南路口发生一起交通事故,造成3人受伤,事故正在处理。"
    saved = office.issued(
        CONTENT,
        kind=Kind.TOPIC,
        title="城南路口交通事故情况通报",
        body=body,
        facts=Facts(people="3人"),
    )
    publish(office, ONE, SECOND + 60, body.replace("3人", "5人"))
    sweep(office)
    task = office.tasks(saved)[ONE].task
    assert task.state is T.DIFFERS
    assert any("3" in each and "5" in each for each in task.places)


def test_the_first_to_publish_opens_the_turn_of_the_others(office: CampaignOffice) -> None:
    saved = office.issued(order=Order.PROVINCE)
    publish(office, "平安湖畔(演示)", SECOND + 30)
    sweep(office)
    assert office.tasks(saved)[ONE].task.opens == SECOND + 600


def test_who_waits_for_the_first_or_is_stopped_has_missed_nothing(office: CampaignOffice) -> None:
    waiting, stopped = office.issued(order=Order.PROVINCE), office.issued()
    office.stop("湖北省公安厅", campaign=stopped.campaign_id)
    office.clock.move(hours=8)
    sweep(office)
    assert office.tasks(waiting)[ONE].task.state is T.TO_PUBLISH
    assert office.tasks(stopped)[ONE].task.state is T.TO_PUBLISH


def test_a_stop_of_all_campaigns_in_one_city_holds_back_that_city_alone(
    office: CampaignOffice,
) -> None:
    saved = office.issued()
    office.stop("荆州市公安局")
    office.clock.move(hours=8)
    sweep(office)
    found = office.tasks(saved)
    assert {found[each].task.state for each in (ONE, "荆州交警(演示)")} == {T.TO_PUBLISH}
    assert found[TWO].task.state is T.UNKNOWN


def test_a_stop_of_one_platform_holds_back_that_platform_alone(office: CampaignOffice) -> None:
    saved = office.issued()
    office.stop("湖北省公安厅", platform="weibo")
    office.clock.move(hours=8)
    sweep(office)
    found = office.tasks(saved)
    assert found["荆州交警(演示)"].task.state is T.TO_PUBLISH
    assert {found[each].task.state for each in (ONE, TWO)} == {T.UNKNOWN}


def test_what_the_unit_says_is_proved_by_what_was_seen(office: CampaignOffice) -> None:
    saved = office.issued()
    office.answer(office.tasks(saved)[ONE], TaskMove.REPORT, url="https://example.cn/s/a")
    publish(office, ONE, SECOND + 60)
    sweep(office)
    assert office.tasks(saved)[ONE].task.source is Source.MACHINE


BODY = "11月20日,城南路口发生一起交通事故,造成3人受伤,事故正在处理。请过往车辆提前绕行。"


def crash(office: CampaignOffice) -> Saved:
    return office.issued(
        CONTENT, kind=Kind.TOPIC, title="情况通报", body=BODY, facts=Facts(people="3人")
    )


def test_a_release_under_another_title_is_found_by_its_text_and_its_place_is_told(
    office: CampaignOffice,
) -> None:
    saved = crash(office)
    publish(office, ONE, SECOND + 60, "刚刚通报!", f"江陵的朋友请看:{BODY}")
    sweep(office)
    task = office.tasks(saved)[ONE].task
    assert (task.state, task.found) == (T.VERIFIED, "正文")
    assert task.passage.startswith("11月20日,城南路口发生")
    assert task.score is not None
    assert task.score > 0.9


def test_what_the_text_says_otherwise_under_the_approved_title_waits_for_a_person(
    office: CampaignOffice,
) -> None:
    saved = crash(office)
    publish(office, ONE, SECOND + 60, "情况通报", BODY.replace("3人", "5人"))
    sweep(office)
    task = office.tasks(saved)[ONE].task
    assert (task.state, task.places) == (T.DIFFERS, ("人数:3人→5人",))


def test_the_words_of_a_platform_without_titles_are_a_text(office: CampaignOffice) -> None:
    saved = crash(office)
    publish(office, "荆州交警(演示)", SECOND + 60, BODY)
    sweep(office)
    assert office.tasks(saved)["荆州交警(演示)"].task.found == "正文"


def test_who_published_something_whose_words_nobody_saw_has_missed_nothing_for_sure(
    office: CampaignOffice,
) -> None:
    saved = crash(office)
    with office.store.writing() as tx:
        route = a_route(tx)
        for name in (ONE, TWO):
            a_look(tx, office.accounts[name], route, SECOND - HOUR, SECOND + 5 * HOUR)
    publish(office, ONE, SECOND + 60, "这件事,请看完")
    publish(office, TWO, SECOND + 60, "这件事,请看完", "今天在社区讲了一堂反诈课,欢迎转告家人。")
    office.clock.move(hours=7)
    sweep(office)
    found = office.tasks(saved)
    assert found[ONE].task.state is T.UNKNOWN
    assert found[TWO].task.state is T.MISSED


def test_words_go_when_their_time_is_over_but_not_those_a_task_rests_on(
    office: CampaignOffice,
) -> None:
    crash(office)
    publish(office, ONE, SECOND + 60, "刚刚通报!", BODY)
    publish(office, TWO, SECOND + 60, "这件事,请看完", "今天在社区讲了一堂反诈课。")
    sweep(office)
    office.clock.move(days=59)
    parts = some_parts(office.store, office.clock)
    purge.run(parts)
    assert len(rows(office.store, "SELECT text FROM post_text")) == 2
    office.clock.move(days=2)
    purge.run(parts)
    assert rows(office.store, "SELECT text FROM post_text") == [(BODY,)]
