"""考: a period measured as it was known, scored by a scheme, and frozen with its hashes.

With instants of its own nothing is written: the same instants give the same hashes for ever. What
was settled is never changed: later data make another assessment beside it, a 更正单.
"""

from typing import Any, Final

from monitor.domain.assessment import FINAL, Kind, Move, State
from monitor.domain.assessment_kept import Assessment
from monitor.domain.bulletin import Period, period_of
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import to_micro, to_second
from monitor.domain.running import Job, RunOutcome, RunReport
from monitor.record import assessed, assessments, runlog, schemes, score_people
from monitor.record.assessments import Opening
from monitor.record.store import Writing
from monitor.runs import frame, holding
from monitor.runs.assess_measuring import Found, Instants, again, found_at
from monitor.runs.parts import Parts
from monitor.runs.schemes import Chosen, choose, of_revision
from monitor.score.exchange import assessed as scored

REVIEWED: Final = "复核计分"
MEASURING: Final = frozenset({State.RUNNING, State.FIRST})
REVIEWING: Final = frozenset({State.FEEDBACK, State.REVIEW})


def choose_now(parts: Parts, scheme: str, period: str) -> tuple[Chosen, Period]:
    """The scheme that holds for a period as things stand now, and the period."""
    asked = period_of(period)
    with parts.store.reading() as tx:
        known = runlog.known_now(tx, to_micro(parts.now()))
    return choose(parts, scheme, asked.since, known), asked


def run(parts: Parts, scheme: str, period: str) -> RunReport:
    """Assess a period now and freeze it: 初评 where it has none yet, a 更正单 beside what was
    settled. Conflict while units are looking at the result."""
    chosen, asked = choose_now(parts, scheme, period)
    kind = chosen.kind(asked.since)
    with parts.store.reading() as tx:
        newest = assessments.newest(tx, asked.code, kind, chosen.sheet.key)
    if newest is not None and newest.state in MEASURING:
        return of(parts, newest.id)
    if newest is not None and newest.state not in FINAL:
        told = f"{asked.said}的考核现为“{newest.state}”,不能重新生成"
        raise Conflict(told, newest.title, "请等审定以后再出更正单")
    return _opened(parts, chosen, asked, kind, newest)


def _opened(
    parts: Parts, chosen: Chosen, period: Period, kind: Kind, amends: Assessment | None
) -> RunReport:
    title = f"{period.said}{chosen.sheet.name}{'更正单' if amends else ''}"
    key = amends.id if amends else None
    with parts.store.writing(durable=True) as tx:
        revision = chosen.ensured(tx)
        opening = Opening(period.code, kind, revision, title, amends_id=key)
        made = assessments.begin(tx, opening, None)
    return of(parts, made)


def asked_for(parts: Parts, job: Job) -> RunReport:
    """The assessment a job names (`assessment_id`), for whoever asked."""
    return of(parts, int(job.arguments["assessment_id"]), job.asked_by)


def of(parts: Parts, assessment_id: int, by: int | None = None) -> RunReport:
    """One assessment as the stage it is in asks: measured and frozen up to 初评, from then on
    scored again from what was frozen, with the marks and objections decided meanwhile."""

    def work(under: frame.Under) -> RunReport:
        with parts.store.reading() as tx:
            seen = assessments.get(tx, assessment_id)
            revision = schemes.get(tx, seen.scheme_revision_id) if seen else None
        if seen is None or revision is None:
            raise InputError("没有这次考核", str(assessment_id), "请从列表中选择")
        chosen, period = of_revision(revision), period_of(seen.period)
        if seen.state in MEASURING:
            second = min(to_second(parts.now()), period.until)
            at = Instants(second, under.known_at, under.known_at)
            found = found_at(parts, chosen, period, at, seen.kind)
            return _keep(parts, seen, found, by)
        if seen.state in REVIEWING:
            return _put_again(parts, seen, again(parts, seen, chosen, under.known_at), by)
        raise Conflict(f"现在是“{seen.state}”,结果不再改动", seen.title, "请另出更正单")

    report = frame.run(parts, "assess", work, {"assessment": str(assessment_id)})
    return report or RunReport(RunOutcome.DONE)


def made_again(parts: Parts, assessment_id: int) -> str:
    """The hash of the result made again from the frozen facts alone, to be held against the one
    that was kept."""
    with parts.store.reading() as tx:
        seen = assessments.get(tx, assessment_id)
        revision = schemes.get(tx, seen.scheme_revision_id) if seen else None
        if seen is None or revision is None:
            raise InputError("没有这次考核", str(assessment_id), "请从列表中选择")
        facts, roster = assessed.facts(tx, seen.id), assessed.roster(tx, seen.id)
    return scored(of_revision(revision).scheme, facts, roster).hash


def _keep(parts: Parts, seen: Assessment, found: Found, by: int | None) -> RunReport:
    """Write everything, and say last that it is there: until then it has no result at all."""
    store = parts.store
    with store.writing(durable=True) as tx:
        held = _put(tx, seen, seen.state, frozen_at=None, facts_hash="", result_hash="")
        assessed.clear(tx, seen.id)
    holding.chunk(80)
    assessed.add(store, seen.id, found.roster)
    assessed.add(store, seen.id, found.facts)
    assessed.add(store, seen.id, found.result.lines)
    assessed.add(store, seen.id, found.result.counts)
    assessed.add(store, seen.id, found.result.totals)
    with store.writing(durable=True) as tx:
        return _told(tx, held, found, State.FIRST, (Move.GENERATE.value, by))


def _put_again(parts: Parts, seen: Assessment, found: Found, by: int | None) -> RunReport:
    """Another result on the same frozen facts, all at once or not at all."""
    people = [each for each in found.facts if score_people.by_people(each)]
    result = found.result
    with parts.store.writing(durable=True) as tx:
        given = (people, result.lines, result.counts, result.totals)
        assessed.replace(tx, seen.id, score_people.BY_PEOPLE, given)
        return _told(tx, seen, found, seen.state, (REVIEWED, by))


def _told(
    tx: Writing, seen: Assessment, found: Found, state: State, moved: tuple[str, int | None]
) -> RunReport:
    """Say that the result is there, under its hashes."""
    _put(
        tx,
        seen,
        state,
        roster_hash=found.roster_hash,
        as_of=found.at.as_of,
        known_at=found.at.known_at,
        reviewed_at=found.at.reviewed_at,
        facts_hash=found.facts_hash,
        result_hash=found.result.hash,
        frozen_at=tx.stamp,
    )
    words = f"结果校验码 {found.result.hash[:12]}"
    assessments.note(tx, seen, moved[0], state, (moved[1], words))
    counts = {"单位": len(found.roster), "依据": len(found.facts)}
    return RunReport(RunOutcome.DONE, counts, note=words)


def _put(tx: Writing, seen: Assessment, state: State, **values: Any) -> Assessment:
    """The assessment as it stands after; Conflict where it was moved on meanwhile."""
    done = assessments.put(tx, seen, state, **values)
    held = assessments.get(tx, seen.id)
    if not done or held is None:
        raise Conflict("这次考核刚被其他人动过", seen.title, "请刷新后再试")
    return held
