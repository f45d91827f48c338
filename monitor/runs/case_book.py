"""What the office laid down for cases, read from its data sheets: rules and working days."""

from pathlib import Path

from monitor.collect import shelf
from monitor.coordinate import case_rules, deadline
from monitor.coordinate.deadline import after_working_days
from monitor.domain.calendar import Calendar
from monitor.domain.case import Case
from monitor.domain.case_rules import CaseRules
from monitor.runs.parts import Parts

SHEET = "cases.yaml"


def rules(parts: Parts) -> CaseRules:
    """The rules of cases."""
    page = shelf.read(parts.data_dir / SHEET)
    return case_rules.parse(page.mapping, SHEET, shelf.lines(page.text))


def calendar(parts: Parts) -> Calendar:
    """The working days of all years that were announced."""
    return _calendar(sorted((parts.data_dir / "calendars").glob("*.yaml")))


def _calendar(paths: list[Path]) -> Calendar:
    years = [deadline.parse(shelf.read(path).mapping, path.name) for path in paths]
    return Calendar({each.year: each for each in years})


def due_at(
    book: CaseRules, days: Calendar, case: Case, unit_due: int | None, held_since: int
) -> int | None:
    """The last second of whoever holds a case: the unit's term, else the time of the turn."""
    if unit_due is not None:
        return unit_due
    turn = book.turns.get((case.state, case.holder))
    return None if turn is None else after_working_days(held_since, turn, days).at
