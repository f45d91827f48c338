"""A result read whole, with what is told beside it; and which of all results somebody is shown."""

from monitor.access import scopes
from monitor.domain.assessment import FINAL, TOLD, Kind, Plea
from monitor.domain.assessment_kept import Assessment, SchemeRevision
from monitor.domain.bulletin import period_of
from monitor.domain.result import Result
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import ask_letters, assessed, assessments, objections, schemes
from monitor.record.store import Reading


def of(tx: Reading, kept: Assessment, revision: SchemeRevision) -> Result:
    """All of one assessment, whoever may see it."""
    every = objections.of_assessment(tx, kept.id)
    return Result(
        kept,
        tuple(assessed.roster(tx, kept.id)),
        tuple(assessed.totals(tx, kept.id)),
        tuple(assessed.lines(tx, kept.id)),
        tuple(assessed.counts(tx, kept.id)),
        tuple(each for each in every if each.state is not Plea.WITHDRAWN),
        tuple(ask_letters.lacking(tx, kept.id)),
        tuple(ask_letters.of_period(tx, kept.period)),
        _before(tx, kept, revision),
    )


def seen(tx: Reading, kept: Assessment, scope: Scope) -> frozenset[str] | None:
    """Codes of the units whose results a scope is shown: None for all of them, none where the
    result was not told yet, or is a trial, and the scope is not the whole house."""
    if scopes.within(EVERYTHING, scope):
        return None
    if kept.state not in TOLD or kept.kind is Kind.TRIAL:
        return frozenset()
    return frozenset(
        each.unit for each in assessed.roster(tx, kept.id) if scopes.covers(scope, each.path, "")
    )


def newest(tx: Reading, scope: Scope, period: str = "") -> Assessment | None:
    """The formal result that stands for a period, or for the last: the newest that was settled,
    else the newest there is, as far as a scope is shown any of it."""
    found = [
        each
        for each in assessments.every(tx, period)
        if each.result_hash and each.kind is Kind.FORMAL and seen(tx, each, scope) != frozenset()
    ]
    if not found:
        return None
    return max(found, key=lambda each: (period_of(each.period).since, each.state in FINAL, each.id))


def _before(tx: Reading, kept: Assessment, revision: SchemeRevision) -> dict[str, float]:
    """The totals of the last settled formal assessment of an earlier period under the scheme."""
    since = period_of(kept.period).since
    mine = {each.id for each in schemes.every(tx) if each.key == revision.key}
    earlier = [
        each
        for each in assessments.every(tx)
        if each.state in FINAL
        and each.kind is Kind.FORMAL
        and each.scheme_revision_id in mine
        and period_of(each.period).since < since
    ]
    if not earlier:
        return {}
    last = max(earlier, key=lambda each: (period_of(each.period).since, each.id))
    totals = assessed.totals(tx, last.id)
    return {each.unit: each.final for each in totals if each.final is not None}
