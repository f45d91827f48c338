"""What units owed of a period's documents, joined to the facts an assessment measured."""

from collections.abc import Iterator, Sequence
from typing import Final

from monitor.domain.assessed import Fact, Listed
from monitor.domain.bulletin import Sort, last_ended
from monitor.domain.calendar import Calendar
from monitor.domain.measuring import Span
from monitor.record import score_interpreting
from monitor.record.score_facts import Asked
from monitor.record.store import Reading
from monitor.score import interpreting

KEYS: Final = frozenset({interpreting.RATE, interpreting.TIMELY})


def added(
    tx: Reading, asked: Asked, roster: Sequence[Listed], found: Sequence[Fact], calendar: Calendar
) -> list[Fact]:
    """The facts with 解读发布率 and 解读时效得分率 of every unit, where the scheme reads them and a
    list of the period was final; as they were where there is none."""
    wanted = KEYS & asked.wanted
    span = asked.span
    known = score_interpreting.Span(tuple(_quarters(span)), span.end, span.known_at)
    duties = score_interpreting.duties(tx, known) if wanted else []
    if not duties:
        return list(found)
    units = [each.unit for each in roster]
    told = interpreting.facts(duties, units, calendar)
    kept = [each for each in found if each.measure not in wanted]
    return kept + [each for each in told if each.measure in wanted]


def _quarters(span: Span) -> Iterator[str]:
    """The quarters that begin in a span."""
    quarter = last_ended(Sort.QUARTER, span.since).following
    while quarter.since < span.until:
        if quarter.since >= span.since:
            yield quarter.code
        quarter = quarter.following
