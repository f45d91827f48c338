"""What people decided: marks agreed upon, points granted after an objection, askings in writing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from monitor.domain.assessed import Fact
from monitor.domain.assessment import Plea
from monitor.domain.assessment_kept import Ask
from monitor.domain.scheme import Cause
from monitor.record.marks import MANUAL
from monitor.record.objections import OBJECTION
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

UNIT: Final = METADATA.tables["unit"]
BY_HAND: Final = "人工:"
REVIEWED: Final = "复核:"
BY_PEOPLE: Final = (BY_HAND, REVIEWED)
"""How the measurements begin that people give; the line follows."""


def marks(tx: Reading, assessment_id: int, reviewed_at: int) -> Iterator[Fact]:
    """One fact for each thing whose mark was agreed upon by a stamp."""
    query = (
        select(UNIT.c.code, MANUAL.c.indicator, MANUAL.c.agreed, MANUAL.c.evidence)
        .join(UNIT, UNIT.c.id == MANUAL.c.unit_id)
        .where(MANUAL.c.assessment_id == assessment_id, MANUAL.c.agreed_at <= reviewed_at)
        .order_by(MANUAL.c.id)
    )
    for unit, line, mark, evidence in tx.conn.execute(query):
        said = {"value": mark, "samples": 1.0, "sources": "人工评分"}
        yield Fact(unit, BY_HAND + line, **said, note=evidence or None)


def granted(tx: Reading, assessment_id: int, reviewed_at: int) -> Iterator[Fact]:
    """The points granted by objections that were upheld by a stamp; of one line the last counts."""
    query = (
        select(UNIT.c.code, OBJECTION.c.indicator, OBJECTION.c.granted, OBJECTION.c.id)
        .join(UNIT, UNIT.c.id == OBJECTION.c.unit_id)
        .where(
            OBJECTION.c.assessment_id == assessment_id,
            OBJECTION.c.state == Plea.UPHELD.value,
            OBJECTION.c.decided_at <= reviewed_at,
            OBJECTION.c.granted.is_not(None),
        )
        .order_by(OBJECTION.c.decided_at)
    )
    found = {}
    for unit, line, points, key in tx.conn.execute(query):
        said = {"value": points, "samples": 1.0, "sources": f"异议{key}"}
        found[unit, line] = Fact(unit, REVIEWED + line, **said, note="经复核调整")
    return iter(found.values())


def by_people(fact: Fact) -> bool:
    """Whether people gave it, so that it may come after the rest was frozen."""
    return fact.measure.startswith(BY_PEOPLE)


def held(
    facts: Iterable[Fact],
    asks: Iterable[tuple[str, Ask]],
    waited: Callable[[int], float],
) -> Iterator[Fact]:
    """The same facts, what an account lacks counted against a unit that was asked for it: `asks`
    are (code of the unit, asking), `waited` the working days since a second."""
    by_unit: dict[str, list[Ask]] = {}
    for unit, ask in asks:
        by_unit.setdefault(unit, []).append(ask)
    for fact in facts:
        mine = [ask for ask in by_unit.get(fact.unit, ()) if _means(ask, fact)]
        if fact.cause == Cause.SYSTEM.value and fact.account is not None and mine:
            days = waited(min(ask.asked_at for ask in mine))
            yield replace(fact, cause=Cause.UNIT.value, asked=days)
        else:
            yield fact


def _means(ask: Ask, fact: Fact) -> bool:
    whose = ask.account_id is None or str(ask.account_id) == fact.account
    return whose and ask.measure in ("", fact.measure)


def codes(tx: Reading, asks: Iterable[Ask]) -> list[tuple[str, Ask]]:
    """Each asking beside its unit's code."""
    every = list(asks)
    wanted = {each.unit_id for each in every}
    rows = tx.conn.execute(select(UNIT.c.id, UNIT.c.code).where(UNIT.c.id.in_(wanted)))
    named: Mapping[int, str] = {row.id: row.code for row in rows}
    return [(named[each.unit_id], each) for each in every]
