"""协同响应: a row a task, who was first, why one was excused, what was read on the seventh day."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.domain.campaign import Kind, TaskMove
from monitor.domain.instants import DAY, MINUTE
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record.campaign_tasks import put as put_task
from monitor.record.screens.campaign_responses import responses
from monitor.record.store import Store
from monitor.report import responses as paper
from monitor.runs import export, setup
from tests.actions.campaign_office import SECOND, CampaignOffice
from tests.builders import a_post, put
from tests.conftest import StandingClock
from tests.service.parts import some_parts

HEADER = (
    "协同编号,协同名称,类型,是否演练,首发方式,首发账号,首发时间,下达时间,截止时间,市州,县市区,主办单位,"
    "平台,账号名称,账号归属,签收时间,发布时间,发布链接,距首发(分钟),距下达(分钟),是否在截止前,"
    "核验方式(自动/人工/自报),匹配度,内容有出入(是/否),状态,免发理由,更正或撤稿时间,阅读播放(T+7),"
    "数据来源,统计期,数据截止,监测时间点,认定标准,导出时间,导出人"
)


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    return CampaignOffice(store, clock)


def a_look(office: CampaignOffice, key: int, at: int, **numbers: int) -> None:
    with office.store.writing() as tx:
        said = {"source": "接口采集", "final": True, "capped": "", "recorded_at": tx.stamp}
        put(tx, "post_obs", key_id=key, observed_at=at, **said, **numbers)


def test_a_row_says_all_that_came_of_a_task(office: CampaignOffice) -> None:
    saved = office.issued()
    tasks = office.tasks(saved)
    office.decide(tasks["平安荆州(演示)"], TaskMove.VERIFY, published=SECOND - 60)
    office.answer(tasks["荆州交警(演示)"], TaskMove.ASK_OUT, said="账号正在迁移")
    office.decide(office.tasks(saved)["荆州交警(演示)"], TaskMove.GRANT, said="同意")
    first = office.tasks(saved)["平安荆州(演示)"]
    with office.store.writing() as tx:
        key = a_post(tx, first.account_id, SECOND - 60)
        put_task(tx, first, first.task, key)
    for days, reads in ((2, 10), (6, 70), (7, 80), (9, 500)):
        a_look(office, key, SECOND - 60 + days * DAY, reads=reads)
    office.draft(title="没有下达的")
    with office.store.reading() as tx:
        every = {each.account_name: each for each in responses(tx, EVERYTHING, SECOND)}
        inside = Scope(frozenset({office.below("荆州市公安局")}))
        own = {each.account_name for each in responses(tx, inside, SECOND)}
    assert set(every) == set(office.accounts)
    assert own == {"平安荆州(演示)", "荆州交警(演示)"}
    looked = every["平安荆州(演示)"]
    assert (looked.release.first_account, looked.release.first) == ("平安荆州(演示)", SECOND - 60)
    assert (looked.reach, looked.source) == (80, "接口采集")
    assert every["荆州交警(演示)"].excuse == "账号正在迁移"
    assert every["平安黄冈(演示)"].reach is None


def test_the_file_has_the_offices_columns_and_says_what_is_a_drill(
    sqlite_store: Store, clock: StandingClock, tmp_path: Path
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    saved = office.issued(kind=Kind.DRILL)
    office.decide(office.tasks(saved)["平安荆州(演示)"], TaskMove.VERIFY, published=SECOND - 90)
    parts = setup.ready(some_parts(sqlite_store, clock))
    target = tmp_path / "协同响应.csv"
    assert export.run(parts, export.Request("campaigns", purpose="年度总结"), target) == 4
    with target.open(encoding="utf-8-sig", newline="") as file:
        assert file.readline() == HEADER + "\r\n"
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["账号名称"]: row for row in csv.DictReader(file)}
    first, waiting = rows["平安荆州(演示)"], rows["平安黄冈(演示)"]
    assert {row["是否演练"] for row in rows.values()} == {"是"}
    assert {row["账号归属"] for row in rows.values()} == {"官方"}
    assert (first["距首发(分钟)"], first["距下达(分钟)"], first["是否在截止前"]) == (
        "0",
        "-2",
        "是",
    )
    assert (first["核验方式(自动/人工/自报)"], first["状态"]) == ("人工", "已核验")
    assert (waiting["发布时间"], waiting["是否在截止前"], waiting["状态"]) == ("", "", "待发布")
    assert "没有取得的空白,不等于零" in target.with_name("协同响应.说明.txt").read_text("utf-8-sig")


def test_what_was_said_otherwise_and_what_cannot_be_checked_is_told(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    office.issued()
    with sqlite_store.reading() as tx:
        one = responses(tx, EVERYTHING, SECOND)[0]
    task = replace(one.task, published=SECOND + 5 * MINUTE, places=("人数:3→5",), score=0.98765)
    row = paper._row(replace(one, task=task))
    assert (row["内容有出入(是/否)"], row["匹配度"], row["距下达(分钟)"]) == ("是", 0.988, 5)
    assert row["距首发(分钟)"] is None
