"""账号日报: the newest judgement of each account with its moving figures, replaced set-based."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text

from monitor.domain.cause import Cause
from monitor.domain.facts import CoverageRow, Facts
from monitor.domain.finding import UPDATE_RULE, Judgement, Outcome
from monitor.domain.instants import DAY, shanghai_day
from monitor.domain.interval import Interval, clip, unite
from monitor.record import causes
from monitor.record.staging import Stage, fill
from monitor.record.store import Writing

WINDOW: Final = 30 * DAY
SHOWN_STRETCHES: Final = 12
NOTHING: Final = Cause("", "", "")

Evaluated = tuple[Facts, Judgement, Judgement]


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of both rulebooks, and the grade the coverage of 本厅口径 needs."""

    own_id: int
    upper_id: int
    least_grade: int


_INTEGER: Final = "BIGINT"
DAYS: Final = Stage(
    "stage_day",
    (
        ("account_id", _INTEGER),
        ("as_of", _INTEGER),
        ("known_at", _INTEGER),
        ("status", "TEXT"),
        ("status_max", "TEXT"),
        ("outcome", "TEXT"),
        ("cutoff", _INTEGER),
        ("silence_min", _INTEGER),
        ("silence_max", _INTEGER),
        ("upper_status", "TEXT"),
        ("upper_outcome", "TEXT"),
        ("upper_cutoff", _INTEGER),
        ("last_post_from", _INTEGER),
        ("last_post_until", _INTEGER),
        ("posts_30d_min", _INTEGER),
        ("posts_30d_max", _INTEGER),
        ("coverage_30d", "DOUBLE PRECISION"),
        ("source", "TEXT"),
        ("grade", _INTEGER),
        ("overdue_s", _INTEGER),
        ("problems", "TEXT"),
        ("sentence", "TEXT"),
        ("missing", "TEXT"),
        ("cause", "TEXT"),
        ("mender", "TEXT"),
        ("remedy", "TEXT"),
        ("rulebook_id", _INTEGER),
        ("upper_rulebook_id", _INTEGER),
    ),
    given=28,
)

_NAMES: Final = ", ".join(DAYS.names)
_REPLACE: Final = text(f"""
INSERT INTO account_day ({_NAMES}) SELECT {_NAMES} FROM stage_day WHERE true
ON CONFLICT (account_id) DO UPDATE
SET {", ".join(f"{name} = excluded.{name}" for name in DAYS.names[1:])}
""")


def replace(tx: Writing, judged: Sequence[Evaluated], book: Book) -> None:
    """Put the newest judgements in the place of the older ones."""
    undecided = [own.account_id for _, own, _ in judged if own.outcome is Outcome.UNDECIDED]
    why = causes.of(tx, undecided, tx.stamp) if undecided else {}
    fill(tx, DAYS, [_row(each, book, why) for each in judged])
    tx.conn.execute(_REPLACE)


def _row(each: Evaluated, book: Book, why: Mapping[int, Cause]) -> tuple[Any, ...]:
    facts, own, upper = each
    cause = why.get(facts.account_id, NOTHING)
    last = own.last_post_until
    return (
        facts.account_id,
        facts.as_of,
        facts.known_at,
        own.status,
        own.status_max,
        own.outcome.value,
        own.cutoff,
        own.silence_min,
        own.silence_max,
        upper.status,
        upper.outcome.value,
        upper.cutoff,
        own.last_post_from,
        last,
        facts.posts_30d_min,
        facts.posts_30d_max,
        covered(facts, book.least_grade),
        _source(facts.coverage),
        own.grade,
        None if last is None else facts.as_of - last - own.limit,
        "、".join(_problems(own)),
        next((found.sentence for found in own.findings if found.rule == UPDATE_RULE), ""),
        missing_days(own.missing),
        cause.text,
        cause.mender,
        cause.remedy,
        book.own_id,
        book.upper_id,
    )


def covered(facts: Facts, least_grade: int) -> float:
    """The share (0..1) of the 30 days before `as_of` that sufficient coverage holds."""
    rows = [(row.a, row.b) for row in facts.coverage if row.grade >= least_grade]
    held = clip(unite(rows), facts.as_of - WINDOW, facts.as_of)
    return sum(b - a for a, b in held) / WINDOW


def _source(coverage: Sequence[CoverageRow]) -> str:
    """Whose word goes furthest: the best grade, of those the newest."""
    best = max(coverage, key=lambda row: (row.grade, row.b), default=None)
    return "" if best is None else best.source.value


def _problems(own: Judgement) -> list[str]:
    return [
        own.status if found.rule == UPDATE_RULE else found.rule
        for found in own.findings
        if found.outcome is Outcome.FAIL
    ]


def missing_days(missing: Sequence[Interval]) -> str:
    """Uncovered Shanghai days, the newest stretches: 'YYYY-MM-DD..YYYY-MM-DD', joined by ','."""
    return ",".join(
        f"{shanghai_day(a)}..{shanghai_day(b - 1)}" for a, b in missing[-SHOWN_STRETCHES:]
    )
