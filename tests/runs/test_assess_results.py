"""What the desk makes of a real result: weights tried on it, movement since the last period."""

from datetime import date

import pytest

from monitor.actions import weighing
from monitor.domain.assessment import Kind, State
from monitor.domain.assessment_kept import Assessment
from monitor.domain.instants import day_start
from monitor.record import assessments, results, schemes
from monitor.record.assessments import ASSESSMENT
from monitor.record.schemes import Sheet as KeptSheet
from monitor.record.store import Store
from monitor.report import result_sheet, scorecard_tables, steady
from monitor.report.scorecard import Sheet
from monitor.runs import assess
from monitor.runs.export_scores import SYMBOLS
from monitor.runs.parts import Parts
from monitor.runs.schemes import of_revision
from monitor.settings import ROOT
from tests.conftest import StandingClock
from tests.record.score_world import build
from tests.service.parts import some_parts

SCHEME = "hubei-police-default"
SINCE = day_start(date(2026, 1, 1))


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock) -> Parts:
    made = some_parts(sqlite_store, clock)
    build(made.store, 3)
    text = (ROOT / "data" / "schemes" / f"{SCHEME}.yaml").read_text("utf-8")
    assert "limit: 40" in text
    lenient = text.replace("limit: 40", "limit: 100")
    with made.store.writing() as tx:
        schemes.enter(tx, KeptSheet(SCHEME, 9, "宽限方案", lenient, SINCE), State.IN_FORCE)
    return made


def scored(parts: Parts, period: str) -> Assessment:
    """The result a job makes of a period."""
    assess.run(parts, SCHEME, period)
    with parts.store.reading() as tx:
        found = assessments.newest(tx, period, Kind.FORMAL, SCHEME)
    assert found is not None
    return found


def sheet_of(parts: Parts, kept: Assessment) -> Sheet:
    with parts.store.reading() as tx:
        seen, revision = assessments.get(tx, kept.id), schemes.get(tx, kept.scheme_revision_id)
        assert seen is not None
        assert revision is not None
        found = results.of(tx, seen, revision)
    return result_sheet.sheet(found, of_revision(revision).scheme, SYMBOLS, (0, "某"), "")


def test_the_weights_as_they_are_change_no_total_and_no_place(parts: Parts) -> None:
    sheet = sheet_of(parts, scored(parts, "2026Q3"))
    same = weighing.tried(sheet, {})
    assert same
    for row in same:
        assert row[4] == pytest.approx(sheet.rounded(row[3]))
        assert row[5] == row[6]
    finals = {each.unit: each.final for each in sheet.totals if each.final is not None}
    assert {row[0]: row[3] for row in same} == finals


def test_a_result_says_how_it_moved_since_the_last_one_that_was_settled(parts: Parts) -> None:
    before, now = scored(parts, "2026Q2"), scored(parts, "2026Q3")
    assert not sheet_of(parts, now).before
    with parts.store.writing() as tx:
        settled = {"state": State.SETTLED.value}
        tx.conn.execute(ASSESSMENT.update().where(ASSESSMENT.c.id == before.id).values(**settled))
    last, sheet = sheet_of(parts, before), sheet_of(parts, now)
    finals = {each.unit: each.final for each in last.totals if each.final is not None}
    assert sheet.before == finals != {}
    for row in scorecard_tables.results(sheet).named:
        unit = str(row["机构代码"])
        if row["最终得分"] is not None and unit in finals:
            assert row["增减"] == pytest.approx(
                float(row["最终得分"]) - (finals[unit] or 0), abs=0.006
            )
    assert {each["机构代码"] for each in steady.rows(sheet)} <= set(sheet.listed)
