"""认定差错率: how often what a rule concluded was overturned, and the rules that fell back."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, select, true

from monitor.domain.case import Move, Problem, Reason
from monitor.domain.instants import OPEN
from monitor.record import sendings
from monitor.record.case_facts import FINDING
from monitor.record.case_values import from_values
from monitor.record.cases import CASE, MOVE
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

FALLBACK: Final = METADATA.tables["rule_fallback"]
ACCOUNT: Final = METADATA.tables["account"]
JUDGING: Final = (Move.CONFIRM, Move.DISMISS, Move.UPHOLD, Move.AMEND)
"""Moves by which a person says whether a problem is one."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What people said of a rule's conclusions on a platform."""

    rule: str
    platform: str
    verified: int
    overturned: int

    @property
    def percent(self) -> float:
        """Of a hundred verified so many were overturned."""
        return 100 * self.overturned / self.verified


@dataclass(frozen=True, slots=True)
class Fallback:
    """A rule that is a hint on a platform since (seconds); `until` None: still."""

    id: int
    rule: str
    platform: str
    verified: int
    overturned: int
    since: int
    until: int | None
    version: int


def rates(
    tx: Reading,
    since: int,
    blames: Mapping[Reason, bool],
    within: ColumnElement[bool] | None = None,
) -> tuple[Rate, ...]:
    """By rule and platform, the worst first: conclusions a person spoke about at or after `since`
    (or after the rule was restored); reasons that blame nobody count as verified. What people
    registered by hand is no rule's."""
    began = {(each.rule, each.platform): each.until or 0 for each in fallbacks(tx)}
    verified: Counter[tuple[str, str]] = Counter()
    overturned: Counter[tuple[str, str]] = Counter()
    for problem, key, at in _judged(tx, since, true() if within is None else within):
        if at < began.get(key, 0):
            continue
        verified[key] += 1
        wrong = problem.confirmed is False and problem.reason is not None
        overturned[key] += bool(wrong and problem.reason and blames.get(problem.reason, True))
    found = [Rate(*key, many, overturned[key]) for key, many in verified.items()]
    return tuple(sorted(found, key=lambda each: (-each.percent, each.rule, each.platform)))


def fallbacks(tx: Reading) -> tuple[Fallback, ...]:
    """Every time a rule fell back, the oldest first."""
    names = ("id", "rule", "platform", "verified", "overturned", "since", "until", "version")
    rows = tx.conn.execute(select(FALLBACK).order_by(FALLBACK.c.id)).mappings()
    return tuple(Fallback(**{name: row[name] for name in names}) for row in rows)


def fallen(tx: Reading, platform: str = "") -> frozenset[str]:
    """The rules that are hints now, on a platform."""
    standing = (FALLBACK.c.until.is_(None), FALLBACK.c.platform == platform)
    return frozenset(tx.conn.execute(select(FALLBACK.c.rule).where(*standing)).scalars())


def fall_back(tx: Writing, rate: Rate) -> int:
    """From now on the rule is a hint on this platform; the row's id."""
    counted = {"verified": rate.verified, "overturned": rate.overturned}
    return enter(
        tx,
        FALLBACK,
        rule=rate.rule,
        platform=rate.platform,
        **counted,
        since=tx.second,
        words="",
        version=0,
        recorded_at=tx.stamp,
        superseded_at=OPEN,
    )


def restore(tx: Writing, found: Fallback, person_id: int, words: str) -> bool:
    """The rule opens cases again, and is counted anew; False where somebody was faster."""
    ended = {"until": tx.second, "superseded_at": tx.stamp}
    values = {**ended, "restored_by": person_id, "words": words}
    return sendings.swap(tx, FALLBACK, found.id, found.version, **values)


def _judged(
    tx: Reading, since: int, within: ColumnElement[bool]
) -> Iterator[tuple[Problem, tuple[str, str], int]]:
    """Problems of cases that a person spoke about: with rule, platform, and when it was said."""
    said: dict[int, int] = {}
    spoken = select(MOVE.c.case_id, MOVE.c.at).where(
        MOVE.c.move.in_([each.value for each in JUDGING]), MOVE.c.at >= since
    )
    for row in tx.conn.execute(spoken.order_by(MOVE.c.id)):
        said[row.case_id] = row.at
    rows = tx.conn.execute(
        select(CASE.c.id, CASE.c.standing, ACCOUNT.c.platform)
        .join(ACCOUNT, ACCOUNT.c.id == CASE.c.account_id)
        .where(CASE.c.id.in_(spoken.with_only_columns(MOVE.c.case_id)), within)
    ).all()
    told = [
        (problem, row.platform, said[row.id])
        for row in rows
        for problem in from_values(row.standing).problems
        if problem.confirmed is not None and problem.finding_id is not None
    ]
    rules = _rules(tx, {problem.finding_id for problem, _, _ in told})
    for problem, platform, at in told:
        rule = rules.get(problem.finding_id)
        if rule is not None:
            yield problem, (rule, platform), at


def _rules(tx: Reading, finding_ids: set[int | None]) -> dict[int | None, str]:
    rows = tx.conn.execute(
        select(FINDING.c.id, FINDING.c.rule).where(
            FINDING.c.id.in_([each for each in finding_ids if each is not None])
        )
    )
    return {row.id: row.rule for row in rows}
