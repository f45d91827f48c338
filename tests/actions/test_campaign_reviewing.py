"""复盘 of a campaign: what is read for it, what it comes to, and the file that leaves."""

import io

import pytest
from docx import Document

from monitor.actions import campaign_reviewing
from monitor.domain.campaign import Aim, Kind, TaskMove
from monitor.domain.campaign_review import Effect, Past, Read
from monitor.domain.errors import Forbidden
from monitor.domain.instants import DAY, MINUTE
from monitor.domain.scope import EVERYTHING, NOTHING
from monitor.record.campaign_tasks import put as put_task
from monitor.record.screens.campaign_review import material
from monitor.record.store import Store
from monitor.settings import ROOT
from tests.actions.campaign_office import AIM, SECOND, CampaignOffice
from tests.builders import a_post, put
from tests.conftest import StandingClock

MINE, BESIDE = "平安荆州(演示)", "平安黄冈(演示)"


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    return CampaignOffice(store, clock)


def a_number(office: CampaignOffice, account: int, published: int, days: int, **said: int) -> int:
    """A post with the number it had so many days later; its key."""
    with office.store.writing() as tx:
        key = a_post(tx, account, published)
        seen = {"observed_at": published + days * DAY, "recorded_at": tx.stamp}
        put(tx, "post_obs", key_id=key, source="接口采集", final=True, capped="", **seen, **said)
    return key


def published(office: CampaignOffice, name: str, at: int, saved: object, key: int) -> None:
    office.decide(office.tasks(saved)[name], TaskMove.VERIFY, published=at)  # type: ignore[arg-type]
    task = office.tasks(saved)[name]  # type: ignore[arg-type]
    with office.store.writing() as tx:
        put_task(tx, task, task.task, key)


def test_a_campaign_is_held_against_what_its_accounts_are_used_to(office: CampaignOffice) -> None:
    saved = office.issued()
    account = office.accounts[MINE]
    for n, reads in enumerate((90, 100, 110, 95, 9000)):
        a_number(office, account, SECOND - (20 + n) * DAY, 9, reads=reads, likes=10, shares=n)
    a_number(office, account, SECOND - 3 * DAY, 2, reads=7_777)
    a_number(office, account, SECOND - 100 * DAY, 9, reads=7_777)
    a_number(office, account, SECOND - 30 * DAY, 1, reads=7_777)
    key = a_number(office, account, SECOND - 60, 8, reads=250, likes=24)
    published(office, MINE, SECOND - 60, saved, key)
    other = a_number(office, office.accounts[BESIDE], SECOND - 30, 1, reads=5)
    published(office, BESIDE, SECOND - 30, saved, other)
    with office.store.reading() as tx:
        found = material(tx, EVERYTHING, SECOND, saved.campaign_id)
        assert material(tx, NOTHING, SECOND, saved.campaign_id) is None
    assert found is not None
    ours = sorted(each.reach or 0 for each in found.reads if each.account_id == account)
    assert ours == [90, 95, 100, 110, 250, 9000]
    assert Read(office.accounts[BESIDE], own=True) in found.reads
    made = campaign_reviewing.review(found, SECOND)
    assert made.reach == Effect(2, 1, 2.5, 2.5, 2.5)
    assert made.response == Effect(2, 1, 2.0, 2.0, 2.0)
    assert (made.published, made.missing, made.burden.units, made.burden.most) == (2, 2, 3, 2)
    assert (made.itself.median, made.fastest) == (30, 0)
    assert made.itself.in_time == 0.5


def test_earlier_ones_of_the_kind_and_drills_stand_beside(office: CampaignOffice) -> None:
    drill = office.issued(kind=Kind.DRILL, title="演练一次", aim=Aim(regions=("421100",)))
    office.decide(office.tasks(drill)[BESIDE], TaskMove.VERIFY, published=SECOND - 60)
    office.clock.move(hours=1)
    earlier = office.issued(title="上一次", aim=AIM)
    office.answer(office.tasks(earlier)[MINE], TaskMove.ASK_OUT, said="账号正在迁移")
    office.decide(office.tasks(earlier)[MINE], TaskMove.GRANT)
    office.clock.move(hours=1)
    office.issued(kind=Kind.TOPIC, title="别的类型", aim=AIM)
    now = office.issued(title="这一次", aim=AIM)
    with office.store.reading() as tx:
        found = material(tx, EVERYTHING, office.now, now.campaign_id)
        before = material(tx, EVERYTHING, office.now, earlier.campaign_id)
    assert found is not None
    assert before is not None
    made = campaign_reviewing.review(found, office.now)
    assert [each.title for each in made.beside] == ["上一次", "演练一次"]
    assert [each.drill for each in made.beside] == [False, True]
    assert made.beside[1] == Past(
        made.beside[1].number, "演练一次", Kind.DRILL, SECOND, 1, 1.0, 1.0, 0, 0
    )
    assert [each.kept.content.title for each in before.earlier] == ["演练一次"]
    assert campaign_reviewing.review(before, office.now).excuses == (("账号正在迁移", 1),)


def test_the_file_says_it_in_the_offices_template_and_is_audited(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    saved = office.issued(kind=Kind.DRILL)
    office.decide(office.tasks(saved)[MINE], TaskMove.VERIFY, published=SECOND - 5 * MINUTE)
    who = office.who["writer"]
    paper = campaign_reviewing.summary(sqlite_store, who, saved.campaign_id, ROOT / "data")
    document = Document(io.BytesIO(paper))
    said = "\n".join(each.text for each in document.paragraphs)
    assert "《【演练】年底防刷单诈骗提示》协同发声总结" in said
    assert "已发布1个,占25.0%(1/4,免发、无法核验的不计入比例)" in said
    assert "暂不比较(可比0个/已发布1个)" in said
    assert [each.text for each in document.tables[0].rows[1].cells][2:5] == ["4", "25.0%", "25.0%"]
    with pytest.raises(Forbidden):
        campaign_reviewing.summary(sqlite_store, who, 99, ROOT / "data")
