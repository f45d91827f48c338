"""权重试算: other points of the lines give what the engine gives under a scheme with them."""

from dataclasses import replace

import pytest

from monitor.domain.scheme import Scheme, Spread
from monitor.report import reweighing
from monitor.report.scorecard import Sheet
from monitor.score.assess import assess
from monitor.score.rank import places
from tests.report.scorecards import PEERS, ROSTER, UNITS, a_sheet, measured, sheet_of


def weighed(scheme: Scheme, points: dict[str, float]) -> Scheme:
    """The scheme with other points, brought back to its full points by hand."""
    whole = sum(points.get(line.id, line.max) for line in scheme.indicators())
    factor = scheme.full / whole
    sections = []
    for section in scheme.sections:
        lines = tuple(
            replace(line, max=points.get(line.id, line.max) * factor) for line in section.indicators
        )
        most = sum(line.max for line in lines)
        sections.append(replace(section, indicators=lines, max=most))
    return replace(scheme, sections=tuple(sections))


def evenly(sheet: Sheet) -> Sheet:
    scheme = sheet.scheme
    spread = replace(scheme, missing=replace(scheme.missing, spread=Spread.EVEN))
    return sheet_of(assess(spread, measured(), ROSTER, PEERS))


@pytest.mark.parametrize("spread", [Spread.PROPORTIONAL, Spread.EVEN])
@pytest.mark.parametrize("points", [{}, {"B2": 30.0, "C3": 0.0}, {"A1": 1.0, "A2": 1.0, "C4": 9.0}])
def test_other_points_give_what_the_engine_gives(points: dict[str, float], spread: Spread) -> None:
    sheet = a_sheet() if spread is Spread.PROPORTIONAL else evenly(a_sheet())
    found = {each.unit: each for each in reweighing.tried(sheet, points)}
    again = assess(weighed(sheet.scheme, points), measured(), ROSTER, PEERS).totals
    wanted = dict(zip(again["unit"], again["final"], strict=True))
    for unit, each in found.items():
        assert each.after == pytest.approx(wanted[unit], abs=0.0101), unit
    order = dict(zip(again["unit"], places(again), strict=True))
    assert {unit: each.place_after for unit, each in found.items()} == {
        unit: order[unit] for unit in found
    }


def test_nothing_changed_changes_nothing_and_who_has_no_total_is_left_out() -> None:
    found = reweighing.tried(a_sheet(), {})
    assert UNITS[6] not in {each.unit for each in found}
    assert len(found) == 6
    for each in found:
        assert each.after == pytest.approx(each.before, abs=0.0101)
        assert each.place_after == each.place_before
