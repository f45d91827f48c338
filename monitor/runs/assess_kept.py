"""What is kept of schemes, documents and assessments, for whoever goes on from there."""

from collections.abc import Mapping
from datetime import date

from monitor.collect import shelf
from monitor.domain.assessed import Line, Listed, Total
from monitor.domain.assessment_kept import Assessment, Mark, SchemeRevision
from monitor.domain.errors import InputError
from monitor.record import assessed, assessments, interpretings, jobs, marks, schemes
from monitor.runs.parts import Parts


def scheme(parts: Parts, revision_id: int) -> SchemeRevision:
    """A revision of a scheme as it stands; InputError where there is none."""
    with parts.store.reading() as tx:
        found = schemes.get(tx, revision_id)
    if found is None:
        raise InputError("没有这份考核方案", str(revision_id), "请从列表重新打开")
    return found


def binding(kept: SchemeRevision, since: date) -> str:
    """The text of a revision that binds from another day on."""
    page = shelf.parse(kept.text.encode(), kept.key)
    return shelf.write({**page.mapping, "valid_from": since}, kept.text)


def assessment(parts: Parts, assessment_id: int) -> Assessment:
    """An assessment as it stands; InputError where there is none."""
    with parts.store.reading() as tx:
        found = assessments.get(tx, assessment_id)
    if found is None:
        raise InputError("没有这次考核", str(assessment_id), "请从列表重新打开")
    return found


def scoring(parts: Parts) -> bool:
    """Whether a job that scores is waited for, queued or under way."""
    with parts.store.reading() as tx:
        return jobs.unfinished(tx, "assess")


def result(parts: Parts, assessment_id: int) -> tuple[list[Listed], list[Line], list[Total]]:
    """The roster of an assessment, its lines and its totals."""
    with parts.store.reading() as tx:
        key = assessment_id
        return assessed.roster(tx, key), assessed.lines(tx, key), assessed.totals(tx, key)


def to_mark(parts: Parts, assessment_id: int) -> list[Mark]:
    """All that was drawn to be marked."""
    with parts.store.reading() as tx:
        return marks.of_assessment(tx, assessment_id)


def documents(parts: Parts, quarter: str) -> Mapping[str, int]:
    """The documents on the final lists of a quarter (`2026Q3`): ids by number."""
    with parts.store.reading() as tx:
        return {
            each.document.number: each.id
            for kept in interpretings.every(tx, quarter)
            for each in interpretings.documents(tx, kept.id)
        }
