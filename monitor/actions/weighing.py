"""权重试算 on a result that is there: what other points of the lines would make of it."""

from collections.abc import Mapping

from monitor.report import reweighing
from monitor.report.scorecard import Sheet

Row = tuple[str, str, str, float, float, int, int]


def points(sheet: Sheet) -> dict[str, tuple[str, float]]:
    """The lines of the scheme by id: name and points."""
    return {line.id: (line.name, float(line.max)) for line in sheet.scheme.indicators()}


def tried(sheet: Sheet, given: Mapping[str, float]) -> list[Row]:
    """Every unit under other points: code, name, group, total and place before and after."""
    return [
        (
            each.unit,
            each.name,
            each.group,
            each.before,
            each.after,
            each.place_before,
            each.place_after,
        )
        for each in reweighing.tried(sheet, given)
    ]
