"""What earlier results give an assessment: the totals of its parts, and what was left undone."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from monitor.domain.assessed import Fact, Listed, Total
from monitor.domain.assessment_kept import Assessment
from monitor.domain.bulletin import Period
from monitor.domain.scheme import Cause, Parts
from monitor.record import assessed, assessments
from monitor.record.store import Reading
from monitor.runs.schemes import Chosen
from monitor.score.catalogue import PARTS, brought
from monitor.score.scheme import SORTS

NONE_LAST: Final = "上期没有审定的考核结果,不结转"


def facts(
    tx: Reading, chosen: Chosen, period: Period, known_at: int, roster: Sequence[Listed]
) -> list[Fact]:
    """分期得分 of every unit where the scheme has parts, and what its lines bring over from the
    period before: from what was settled by a stamp, which nothing changes any more."""
    found = list(_carried(tx, chosen, period, known_at, roster))
    if chosen.scheme.parts is not None:
        found += _totals(tx, chosen.scheme.parts, period, known_at, roster)
    return found


def _totals(
    tx: Reading, parts: Parts, period: Period, known_at: int, roster: Sequence[Listed]
) -> Iterator[Fact]:
    for each in period.within(SORTS[parts.period]):
        kept = assessments.settled(tx, each.code, parts.scheme, known_at)
        totals = {one.unit: one for one in assessed.totals(tx, kept.id)} if kept else {}
        for unit in roster:
            yield Fact(unit.unit, PARTS, **_said(each, kept, totals.get(unit.unit)))


def _said(period: Period, kept: Assessment | None, total: Total | None) -> dict[str, Any]:
    """One total with where it stands, or why there is none. Who failed outright has no points."""
    if kept is None:
        note = f"{period.said}没有审定的考核结果"
        return {"cause": Cause.SYSTEM.value, "note": note}
    if total is None:
        return {"cause": Cause.NOT_APPLICABLE.value, "note": f"未列入{period.said}考核"}
    source = f"{kept.title} 校验码{kept.result_hash[:12]}"
    if total.final is None and total.grade:
        note = f"{period.said}{total.grade},按0分计"
        return {"value": 0.0, "samples": 1.0, "sources": source, "note": note}
    if total.final is None:
        note = f"{period.said}{total.reason}"
        return {"cause": Cause.SYSTEM.value, "sources": source, "note": note}
    return {"value": total.final, "samples": 1.0, "sources": source}


def _carried(
    tx: Reading, chosen: Chosen, period: Period, known_at: int, roster: Sequence[Listed]
) -> Iterator[Fact]:
    carrying = [each.id for each in chosen.scheme.indicators() if each.carries]
    if not carrying:
        return
    last = assessments.settled(tx, period.preceding.code, chosen.sheet.key, known_at)
    lines = assessed.lines(tx, last.id) if last else []
    owed = {(each.unit, each.indicator): each.carry for each in lines if each.carry}
    for line in carrying:
        for unit in roster:
            left = owed.get((unit.unit, line))
            note = f"上期结转{left:g}" if left else NONE_LAST if last is None else None
            if note:
                yield Fact(unit.unit, brought(line), carried=left, note=note)
