"""首页 by who looks: what waits for him first; a unit sees its own accounts and nobody else's."""

import re
from pathlib import Path

from dashboard import data
from monitor.domain.campaign import TaskMove
from monitor.domain.clearing import Stage
from monitor.domain.instants import DAY
from monitor.domain.person import Role
from monitor.domain.scope import NOTHING, Scope
from monitor.record.screens.awaited import Tasks
from monitor.record.store import Store
from tests.actions.assessing_office import Office, told
from tests.actions.campaign_office import SECOND, CampaignOffice
from tests.builders import T, a_day, an_account
from tests.conftest import StandingClock
from tests.dashboard.test_clearing_page import a_project
from tests.dashboard.test_views import FORBIDDEN, LATIN, NAMES, a_visit, draw, words
from tests.filled import Filled, fill_store
from tests.kits.matrix import enter_cases


def test_what_waits_stands_before_the_figures_and_leads_to_its_list(sqlite_store: Store) -> None:
    made = fill_store(sqlite_store)
    key = a_project(sqlite_store, Stage.CHECK, made)
    overdue(sqlite_store, made)
    test = draw("home", a_visit(sqlite_store))
    assert not test.exception
    html = " ".join(str(each.proto.body) for each in test.get("html"))
    said = words(test)
    for expected in ("整改逾期", "清理排查未自查", "清理排查待核查"):
        assert expected in said
    for address in (
        "/cases?tab=overdue",
        f"/clearing?id={key}&amp;part=answer",
        f"/clearing?id={key}&amp;part=check",
    ):
        assert html.index(f'href="{address}"') < html.index('href="/health?group=fresh"')
    assert LATIN.findall(NAMES.sub(" ", said)) == []
    assert not [word for word in FORBIDDEN if word in said]


def overdue(store: Store, made: Filled) -> None:
    """A live 整改单 for each account that has one, out of time since yesterday."""
    enter_cases(store, made)
    with store.writing() as tx:
        tx.conn.execute(T["case"].update().values(due_at=SECOND - DAY))


def test_a_viewer_is_offered_nothing_he_may_not_do(sqlite_store: Store) -> None:
    a_project(sqlite_store, Stage.CHECK)
    said = words(draw("home", a_visit(sqlite_store, role=Role.VIEWER)))
    assert "清理排查" not in said
    assert "目前没有等您办理的事项" in said


def test_a_unit_sees_how_long_each_of_its_accounts_has_and_no_ranking_of_places(
    sqlite_store: Store,
) -> None:
    made = fill_store(sqlite_store)
    own = Scope(frozenset({made.paths["江陵县公安局"]}))
    test = draw("home", a_visit(sqlite_store, own, Role.UNIT_LIAISON))
    assert not test.exception
    said = words(test)
    listed = data.read(
        a_visit(sqlite_store, own), data.listing.listing, SECOND, data.listing.Wanted()
    )
    assert listed.total > 0
    for each in listed.rows:
        assert f"{each.name} · " in said
    assert re.search(r"(还有|已超)\d+(天|小时)", said)
    assert "提前提醒只发给您本人和联络员" in said
    for absent in ("分地区", "采集异常平台", "荆州市公安局"):
        assert absent not in said


def test_the_tasks_of_a_campaign_are_counted_for_who_has_them(
    store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(store, clock)
    office.decide(
        office.tasks(office.issued())["平安湖畔(演示)"], TaskMove.VERIFY, published=SECOND - 60
    )
    everything = a_visit(store)
    counted = data.read(everything, data.awaited.tasks, SECOND)
    assert (counted.campaigns, counted.to_publish, counted.open) == (1, 3, 3)
    assert counted.due_at is not None
    assert counted.due_at > SECOND
    late = data.read(everything, data.awaited.tasks, counted.due_at)
    assert late.due_at is None
    assert data.read(a_visit(store, NOTHING), data.awaited.tasks, SECOND) == Tasks()
    place = office.below("荆州市公安局")
    unit = a_visit(store, Scope(frozenset({place})), Role.UNIT_LIAISON)
    assert data.read(unit, data.awaited.tasks, SECOND).open == 2


def test_a_unit_is_told_of_its_tasks_with_their_end(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    office.issued()
    unit = Scope(frozenset({office.below("荆州市公安局")}))
    said = words(draw("home", a_visit(sqlite_store, unit, Role.OPERATOR)))
    assert re.search(r"协同待发布\s+2个账号\s+\d\d-\d\d \d\d:\d\d截止", said)
    office_said = words(draw("home", a_visit(sqlite_store)))
    assert re.search(r"协同进行中\s+1项\s+未发布4个、待更正0个、无法核验0个", office_said)


def test_who_assesses_is_told_how_many_objections_wait(sqlite_store: Store, tmp_path: Path) -> None:
    office = Office(sqlite_store, tmp_path)
    with sqlite_store.writing() as tx:
        a_day(tx, an_account(tx, office.units["甲"], "平安甲(演示)"))
    office.object(told(office, office.begin()), office.unit)
    said = words(draw("home", a_visit(sqlite_store, role=Role.ASSESSOR)))
    assert re.search(r"考核异议待答复\s+1件", said)
    assert "考核异议" not in words(draw("home", a_visit(sqlite_store, role=Role.VIEWER)))
