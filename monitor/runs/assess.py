"""考: a period measured as it was known, scored by a scheme, and frozen with its hashes.

With instants of its own nothing is written: the same instants give the same hashes for ever. What
was settled is never changed: later data make another assessment beside it, a 更正单.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitor.collect import shelf
from monitor.domain.assessed import Fact, Listed
from monitor.domain.assessment import FINAL, Kind, Move, State
from monitor.domain.assessment_kept import Assessment
from monitor.domain.bulletin import Period, period_of
from monitor.domain.errors import Conflict, InputError
from monitor.domain.hashing import hash_of
from monitor.domain.instants import shanghai_day, to_micro, to_second
from monitor.domain.measuring import Span
from monitor.domain.running import Job, RunOutcome, RunReport
from monitor.record import (
    asks,
    assessed,
    assessments,
    runlog,
    schemes,
    score_facts,
    score_frame,
    score_people,
)
from monitor.record.assessments import Opening
from monitor.record.store import Reading
from monitor.runs import case_book, frame, holding
from monitor.runs.parts import Parts
from monitor.runs.schemes import Chosen, choose, of_revision
from monitor.score import peers
from monitor.score.exchange import Result
from monitor.score.exchange import assessed as scored

GROUPS: Final = "units/groups.yaml"
WORDS: Final = "words/service.yaml"
REVIEWED: Final = "复核计分"
MEASURING: Final = frozenset({State.RUNNING, State.FIRST})
REVIEWING: Final = frozenset({State.FEEDBACK, State.REVIEW})


@dataclass(frozen=True, slots=True)
class Instants:
    """`as_of` in seconds; `known_at` and `reviewed_at` are stamps: up to when data count, and up to
    when marks and objections do."""

    as_of: int
    known_at: int
    reviewed_at: int


@dataclass(frozen=True)
class Found:
    """Everything one assessment came to."""

    chosen: Chosen
    period: Period
    kind: Kind
    at: Instants
    roster: Sequence[Listed]
    facts: Sequence[Fact]
    result: Result

    @property
    def roster_hash(self) -> str:
        """What the roster is known by."""
        return hash_of(self.roster)

    @property
    def facts_hash(self) -> str:
        """What the facts are known by."""
        return hash_of(self.facts)


def compute(
    parts: Parts,
    scheme: str,
    period: str,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    reviewed_at: datetime | None = None,
) -> Found:
    """The assessment of a period as it was known, nothing written. Both instants default to now,
    `as_of` to the end of the period where that is over, `reviewed_at` to `known_at`."""
    asked = period_of(period)
    now = parts.now()
    with parts.store.reading() as tx:
        known = to_micro(known_at) if known_at else runlog.known_now(tx, to_micro(now))
        second = min(to_second(as_of or now), asked.until)
        at = Instants(second, known, to_micro(reviewed_at) if reviewed_at else known)
    chosen = choose(parts, scheme, asked.since, known)
    return _found(parts, chosen, asked, at)


def _found(
    parts: Parts, chosen: Chosen, period: Period, at: Instants, kind: Kind | None = None
) -> Found:
    if at.as_of <= period.since:
        raise InputError("考核周期还没有开始", period.said, "请选择已开始的周期")
    sort = kind or chosen.kind(period.since)
    with parts.store.reading() as tx:
        roster, facts = _measured(parts, tx, chosen, period, at)
        ids = [
            each.id
            for each in assessments.every(tx, period.code)
            if each.kind is sort and _same(tx, each, chosen)
        ]
        facts += _by_people(tx, ids, at.reviewed_at)
    holding.chunk(60)
    result = scored(chosen.scheme, facts, roster)
    return Found(chosen, period, sort, at, roster, facts, result)


def _same(tx: Reading, each: Assessment, chosen: Chosen) -> bool:
    revision = schemes.get(tx, each.scheme_revision_id)
    return revision is not None and revision.key == chosen.sheet.key


def _measured(
    parts: Parts, tx: Reading, chosen: Chosen, period: Period, at: Instants
) -> tuple[list[Listed], list[Fact]]:
    levels = chosen.scheme.levels.union(*(sub.levels for _, sub in chosen.scheme.subs))
    span = Span(period.since, period.until, at.as_of, at.known_at, levels)
    roster = _groups(parts).placed(score_frame.roster(tx, span))
    asked = score_facts.Asked(span, chosen.scheme.measures(), _words(parts))
    found = score_facts.measure(tx, asked, roster)
    written = score_people.codes(tx, asks.of_period(tx, period.code, at.known_at))
    calendar = case_book.calendar(parts)
    last = shanghai_day(at.as_of - 1)

    def waited(second: int) -> float:
        return float(calendar.between(shanghai_day(second), last))

    return roster, list(score_people.held(found, written, waited))


def _by_people(tx: Reading, ids: Sequence[int], reviewed_at: int) -> list[Fact]:
    return [
        fact
        for key in sorted(ids)
        for read in (score_people.marks, score_people.granted)
        for fact in read(tx, key, reviewed_at)
    ]


def _groups(parts: Parts) -> peers.Peers:
    page = shelf.read(parts.data_dir / GROUPS)
    return peers.parse(page.mapping, GROUPS, shelf.lines(page.text))


def _words(parts: Parts) -> tuple[str, ...]:
    return tuple(map(str, shelf.read(parts.data_dir / WORDS).mapping["words"]))


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
            found = _found(parts, chosen, period, at, seen.kind)
            return _keep(parts, seen, found, State.FIRST, by)
        if seen.state in REVIEWING:
            found = _again(parts, seen, chosen, under.known_at)
            return _keep(parts, seen, found, seen.state, by)
        raise Conflict(f"现在是“{seen.state}”,结果不再改动", seen.title, "请另出更正单")

    report = frame.run(parts, "assess", work, {"assessment": str(assessment_id)})
    return report or RunReport(RunOutcome.DONE)


def _again(parts: Parts, seen: Assessment, chosen: Chosen, reviewed_at: int) -> Found:
    """Scored anew from the frozen facts, what people gave taken as it stands at a stamp."""
    if seen.as_of is None or seen.known_at is None:
        raise Conflict("这次考核还没有封存数据", seen.title, "请先生成初评")
    with parts.store.reading() as tx:
        roster = assessed.roster(tx, seen.id)
        kept = [fact for fact in assessed.facts(tx, seen.id) if not score_people.by_people(fact)]
        kept += _by_people(tx, _chain(tx, seen), reviewed_at)
    at = Instants(seen.as_of, seen.known_at, reviewed_at)
    result = scored(chosen.scheme, kept, roster)
    return Found(chosen, period_of(seen.period), seen.kind, at, roster, kept, result)


def _chain(tx: Reading, seen: Assessment) -> list[int]:
    found = [seen.id]
    while seen.amends_id is not None:
        earlier = assessments.get(tx, seen.amends_id)
        if earlier is None:
            break
        found.append(earlier.id)
        seen = earlier
    return found


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


def _keep(parts: Parts, seen: Assessment, found: Found, state: State, by: int | None) -> RunReport:
    """Write everything, and say last that it is there; Conflict where it was moved on meanwhile."""
    store = parts.store
    with store.writing(durable=True) as tx:
        if not assessments.put(tx, seen, seen.state, frozen_at=None):
            raise Conflict("这次考核刚被其他人动过", seen.title, "请刷新后再试")
        assessed.clear(tx, seen.id)
        held = assessments.get(tx, seen.id)
    holding.chunk(80)
    assessed.add(store, seen.id, found.roster)
    assessed.add(store, seen.id, found.facts)
    assessed.add(store, seen.id, found.result.lines)
    assessed.add(store, seen.id, found.result.counts)
    assessed.add(store, seen.id, found.result.totals)
    with store.writing(durable=True) as tx:
        done = held is not None and assessments.put(
            tx,
            held,
            state,
            roster_hash=found.roster_hash,
            as_of=found.at.as_of,
            known_at=found.at.known_at,
            reviewed_at=found.at.reviewed_at,
            facts_hash=found.facts_hash,
            result_hash=found.result.hash,
            frozen_at=tx.stamp,
        )
        if not done or held is None:
            raise Conflict("这次考核刚被其他人动过", seen.title, "请刷新后再试")
        words = f"结果校验码 {found.result.hash[:12]}"
        move = Move.GENERATE.value if state is State.FIRST else REVIEWED
        assessments.note(tx, held, move, state, (by, words))
    return RunReport(
        RunOutcome.DONE, {"单位": len(found.roster), "依据": len(found.facts)}, note=words
    )
