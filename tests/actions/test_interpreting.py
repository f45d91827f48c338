"""政策解读清单: written, made final by another, tied to an interpretation, and what is owed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.actions import interpreting, interpreting_papers
from monitor.actions.sending import Sent
from monitor.domain.assessed import Fact, Listed
from monitor.domain.bulletin import Sort, last_ended, period_of
from monitor.domain.calendar import Calendar
from monitor.domain.campaign import SURE, Kind, TaskMove, TaskState
from monitor.domain.errors import Conflict, Forbidden, InputError, Overtaken
from monitor.domain.instants import DAY, day_start, shanghai_day
from monitor.domain.interpreting import Duty, State
from monitor.domain.measuring import Span as Measuring
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import interpretings, score_interpreting
from monitor.record.score_facts import Asked
from monitor.record.score_interpreting import Span
from monitor.record.screens import interpreting as screen
from monitor.record.store import Store
from monitor.runs.interpreted import added
from monitor.score.interpreting import RATE, TIMELY, points
from tests.actions.campaign_office import CONTENT, SECOND, CampaignOffice
from tests.conftest import StandingClock

QUARTER = last_ended(Sort.QUARTER, SECOND).following.code
DAY_OF_ISSUE = shanghai_day(SECOND - 2 * DAY)
LABEL = "鄂公规〔2026〕1号《旅馆住宿登记细则》"
PROVINCE, JINGZHOU, HUANGGANG = "420000000000", "421000000000", "421100000000"


def text(*units: str) -> str:
    return "\n".join(
        f"鄂公规〔2026〕{number}号 | 旅馆住宿登记细则{'' if number == 1 else number}"
        f" | {DAY_OF_ISSUE.isoformat()} | {unit}"
        for number, unit in enumerate(units, 1)
    )


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    return CampaignOffice(store, clock)


def save(office: CampaignOffice, said: str, who: str = "writer", version: int = 0) -> int:
    person = office.who[who]
    return interpreting.save(office.store, person, QUARTER, said, office.sent(version)).list_id


def final(office: CampaignOffice, *units: str) -> list[int]:
    """A final list with documents drafted by these units; the documents' ids."""
    made = save(office, text(*units))
    interpreting.finalise(office.store, office.who["second"], (made, 2), office.sent())
    with office.store.reading() as tx:
        return [each.id for each in interpretings.documents(tx, made)]


def interpretation(office: CampaignOffice, document: str = LABEL) -> int:
    content = replace(CONTENT, kind=Kind.POLICY, document=document)
    return office.issued(content).campaign_id


def duties(office: CampaignOffice) -> dict[tuple[int, str], Duty]:
    with office.store.reading() as tx:
        found = score_interpreting.duties(tx, Span((QUARTER,), office.now + 1, 1 << 62))
    return {(each.document, each.unit): each for each in found}


def test_a_list_is_made_final_by_another_and_never_changed_again(office: CampaignOffice) -> None:
    made = save(office, text("湖北省公安厅"))
    with pytest.raises(Forbidden, match="不能定稿本人"):
        interpreting.finalise(office.store, office.who["writer"], (made, 2), office.sent())
    with pytest.raises(Conflict):
        interpreting.finalise(office.store, office.who["second"], (made, 1), office.sent())
    interpreting.finalise(office.store, office.who["second"], (made, 2), office.sent())
    with pytest.raises(Conflict, match="已经定稿"):
        save(office, text("荆州市公安局"), version=3)
    with office.store.reading() as tx:
        kept = interpretings.of_quarter(tx, office.units["湖北省公安厅"], QUARTER)
    assert kept is not None
    assert kept.state is State.FINAL


def test_who_saves_second_sees_both_texts_and_an_empty_list_is_not_final(
    office: CampaignOffice,
) -> None:
    made = save(office, text("湖北省公安厅"))
    with pytest.raises(Overtaken) as clash:
        save(office, text("荆州市公安局"), "second")
    assert "湖北省公安厅" in clash.value.theirs["清单"]
    save(office, "", "second", version=2)
    with pytest.raises(InputError, match="还没有文件"):
        interpreting.finalise(office.store, office.who["head"], (made, 3), office.sent())
    with pytest.raises(InputError, match="不在"):
        save(
            office, text("湖北省公安厅").replace(DAY_OF_ISSUE.isoformat(), "2020-01-01"), version=3
        )
    with pytest.raises(Forbidden):
        interpreting.save(office.store, office.who["operator"], QUARTER, "", Sent("t", "k"))


def test_only_an_interpretation_that_names_the_document_is_tied_to_it(
    office: CampaignOffice,
) -> None:
    [document] = final(office, "湖北省公安厅")
    person = office.who["writer"]
    other = interpretation(office, "鄂公规〔2026〕9号")
    with pytest.raises(InputError, match="这次解读写的是"):
        interpreting.link(office.store, person, document, other, office.sent())
    with pytest.raises(InputError, match="政策解读"):
        warning = office.issued().campaign_id
        interpreting.link(office.store, person, document, warning, office.sent())
    mine = interpretation(office)
    interpreting.link(office.store, person, document, mine, office.sent())
    with office.store.reading() as tx:
        [shown] = screen.quarter(tx, EVERYTHING, office.now, screen.Wanted(QUARTER))
    assert shown.rows[0].campaign is not None
    assert shown.rows[0].campaign.id == mine


def test_what_each_unit_owes_is_what_a_walk_over_the_tasks_finds(
    office: CampaignOffice, clock: StandingClock
) -> None:
    first, second = final(office, "湖北省公安厅", "黄冈市公安局")
    assert {key: each.out for key, each in duties(office).items()} == {
        (first, PROVINCE): False,
        (second, HUANGGANG): False,
    }
    campaign = interpretation(office)
    interpreting.link(office.store, office.who["writer"], first, campaign, office.sent())
    saved = type("Saved", (), {"campaign_id": campaign})()
    tasks = office.tasks(saved)
    verify = TaskMove.VERIFY
    office.decide(tasks["平安湖畔(演示)"], verify, published=SECOND - 60, url="https://a.cn/1")
    office.decide(tasks["荆州交警(演示)"], verify, published=SECOND - 30, url="https://a.cn/2")
    office.answer(tasks["平安黄冈(演示)"], TaskMove.ASK_OUT, "beside", said="设备检修,无法发布")
    office.decide(office.tasks(saved)["平安黄冈(演示)"], TaskMove.GRANT)
    clock.now += timedelta(hours=1)
    found = duties(office)
    assert found == {
        **dict(walked(office, saved, first)),
        (second, HUANGGANG): found[second, HUANGGANG],
    }
    assert found[first, PROVINCE].published == SECOND - 60
    assert found[first, JINGZHOU].published == SECOND - 30
    assert found[first, HUANGGANG].excused
    assert not found[second, HUANGGANG].out
    before = Span((QUARTER,), SECOND - 59, 1 << 62)
    with office.store.reading() as tx:
        early = {each.unit: each.out for each in score_interpreting.duties(tx, before)}
        unknown = score_interpreting.duties(tx, replace(before, known_at=1))
    assert early[PROVINCE]
    assert not early[JINGZHOU]
    assert unknown == []


def walked(
    office: CampaignOffice, saved: object, document: int
) -> Iterator[tuple[tuple[int, str], Duty]]:
    """The same, task by task."""
    codes = {
        office.units[name]: code
        for name, code in (
            ("湖北省公安厅", PROVINCE),
            ("荆州市公安局", JINGZHOU),
            ("黄冈市公安局", HUANGGANG),
        )
    }
    mine = defaultdict(list)
    for each in office.tasks(saved).values():  # type: ignore[arg-type]
        mine[codes[each.unit_id]].append(each.task)
    for unit, every in mine.items():
        times = [each.published for each in every if each.state in SURE and each.published]
        excused = all(each.state is TaskState.EXCUSED for each in every)
        out = bool(times)
        issued = day_start(DAY_OF_ISSUE)
        first = min(times, default=None)
        yield (document, unit), Duty(document, unit, issued, out, first, excused=excused)


def test_a_city_sees_a_final_list_of_the_department_and_its_own_units_only(
    office: CampaignOffice,
) -> None:
    city = Scope(frozenset({office.below("荆州市公安局")}))
    wanted = screen.Wanted(QUARTER)
    made = save(office, text("湖北省公安厅", "荆州市公安局"))
    with office.store.reading() as tx:
        assert screen.quarter(tx, city, office.now, wanted) == ()
    interpreting.finalise(office.store, office.who["second"], (made, 2), office.sent())
    with office.store.reading() as tx:
        [shown] = screen.quarter(tx, city, office.now, wanted)
    assert {each.unit for each in shown.duties} == {JINGZHOU}
    assert len(shown.rows) == 2
    content = interpreting_papers.table(
        office.store, office.who["writer"], QUARTER, office.data_dir
    ).decode("utf-8-sig")
    lines = content.splitlines()
    assert lines[0].startswith("机构代码,单位,应解读,已发布")
    assert [each.split(",")[:4] for each in lines[1:]] == [
        [PROVINCE, "湖北省公安厅", "1", "0"],
        [JINGZHOU, "荆州市公安局", "1", "0"],
    ]


def test_an_assessment_reads_the_quarters_rates_and_one_without_a_list_stays_as_it_was(
    office: CampaignOffice, clock: StandingClock
) -> None:
    period = period_of(QUARTER)
    clock.now += timedelta(hours=1)
    wanted = frozenset({RATE, TIMELY})
    roster = [Listed(code, 0, code, "/", "市州局") for code in (PROVINCE, JINGZHOU)]
    before = [Fact(each.unit, RATE, cause="系统原因", note="尚无") for each in roster]

    def measured() -> dict[tuple[str, str], Fact]:
        span = Measuring(period.since, period.until, office.now + 1, 1 << 62)
        with office.store.reading() as tx:
            found = added(tx, Asked(span, wanted), roster, before, Calendar())
        return {(each.unit, each.measure): each for each in found}

    assert list(measured().values()) == before
    [document] = final(office, "湖北省公安厅")
    campaign = interpretation(office)
    interpreting.link(office.store, office.who["writer"], document, campaign, office.sent())
    tasks = office.tasks(type("Saved", (), {"campaign_id": campaign})())
    office.decide(tasks["平安湖畔(演示)"], TaskMove.VERIFY, published=SECOND, url="https://a.cn/1")
    found = measured()
    assert (found[PROVINCE, RATE].numerator, found[PROVINCE, RATE].denominator) == (1, 1)
    assert found[PROVINCE, TIMELY].value == points(_weekdays(DAY_OF_ISSUE, shanghai_day(SECOND)))
    assert (found[JINGZHOU, RATE].numerator, found[JINGZHOU, RATE].denominator) == (0, 1)
    assert found[JINGZHOU, TIMELY].value == 0


def _weekdays(first: date, last: date) -> int:
    days = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days + 1))
    return sum(each.weekday() < 5 for each in days)
