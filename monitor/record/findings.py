"""Findings: what was concluded of each account, written only where it became another conclusion.

Moving figures (days of silence, the sentence of the day) live in `account_day`, which is replaced;
a finding stands until its outcome, class, rule or breach is another.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text

from monitor.domain.facts import Facts
from monitor.domain.finding import UPDATE_RULE, Finding, Judgement, Outcome
from monitor.domain.instants import OPEN
from monitor.record import account_days, due, holding
from monitor.record.account_days import Book
from monitor.record.changes import changes, first_found, mark_told, untold_changes
from monitor.record.due import due_accounts
from monitor.record.facts_at import At, fetch
from monitor.record.resting import collector_resting
from monitor.record.staging import Stage, chunks, fill
from monitor.record.store import Store, Writing

__all__ = [
    "Applied",
    "apply",
    "changes",
    "due_accounts",
    "first_found",
    "mark_told",
    "untold_changes",
]

Evaluated = tuple[Facts, Judgement, Judgement]
_AS_TEXT: Final = json.JSONEncoder(ensure_ascii=False).encode
ACCOUNTS_AT_ONCE: Final = 1000
"""Accounts whose findings are written by one transaction, so that nobody waits long."""


@dataclass(frozen=True, slots=True)
class Applied:
    """How many findings were written or closed, and how many statuses became another."""

    changed: int
    changes: int


def apply(
    store: Store,
    judged: Sequence[Evaluated],
    rulebook_ids: tuple[int, int],
    least_grade: int = 1,
) -> Applied:
    """Write what changed of (facts, 本厅口径, 上级口径), when each account is due again, and its
    account_day. `least_grade` is the grade the coverage of 本厅口径 needs. An account that was
    judged on newer evidence meanwhile is left alone."""
    changed = told = 0
    for part in chunks(judged, ACCOUNTS_AT_ONCE):
        with collector_resting(), store.writing() as tx:
            fresh = due.not_overtaken(tx, part)
            if not fresh:
                continue
            rows = _differences(tx, fresh, rulebook_ids)
            told += _write(tx, rows)
            changed += len(rows)
            account_days.replace(tx, fresh, Book(*rulebook_ids, least_grade))
            due.note(tx, fresh)
    return Applied(changed, told)


WRITTEN: Final = Stage(
    "stage_finding",
    (
        ("account_id", "BIGINT"),
        ("rule", "TEXT"),
        ("rulebook_id", "BIGINT"),
        ("old_id", "BIGINT"),
        ("before", "TEXT"),
        ("after", "TEXT"),
        ("as_of", "BIGINT"),
        ("known_at", "BIGINT"),
        ("rule_version", "BIGINT"),
        ("outcome", "TEXT"),
        ("status", "TEXT"),
        ("status_max", "TEXT"),
        ("identity", "TEXT"),
        ("cutoff", "BIGINT"),
        ("silence_min", "BIGINT"),
        ("silence_max", "BIGINT"),
        ("grade", "BIGINT"),
        ("breach_at", "BIGINT"),
        ("evidence", "TEXT"),
        ("sentence", "TEXT"),
    ),
    given=20,
)
"""Conclusions that changed; `outcome` is NULL where a rule has nothing to say any more."""

_OPEN: Final = f"""
SELECT f.account_id, f.rule, b.name, f.id, f.status, f.rulebook_id, f.rule_version, f.outcome,
       f.status_max, f.identity
FROM ({{accounts}}) AS w
JOIN finding f ON f.account_id = w.account_id AND f.superseded_at = {OPEN}
JOIN rulebook b ON b.id = f.rulebook_id
"""

_SUPERSEDE: Final = text("""
UPDATE finding SET superseded_at = :stamp WHERE id IN (SELECT old_id FROM stage_finding)
""")

_INSERT: Final = f"""
INSERT INTO finding (account_id, rule, rule_version, rulebook_id, recorded_at, superseded_at, as_of,
  known_at, outcome, status, status_max, cutoff, silence_min, silence_max, grade, breach_at,
  identity, evidence, sentence, held)
SELECT account_id, rule, rule_version, rulebook_id, :stamp, {OPEN}, as_of,
  known_at, outcome, status, status_max, cutoff, silence_min, silence_max, grade, breach_at,
  identity, {{evidence}}, sentence, {{no}}
FROM stage_finding WHERE outcome IS NOT NULL ORDER BY account_id, rulebook_id, rule
"""

AMENDS: Final = """(
  EXISTS (SELECT 1 FROM coverage c JOIN coverage_revocation v ON v.coverage_id = c.id
          WHERE c.account_id = s.account_id AND v.recorded_at > o.known_at
            AND c.recorded_at <= o.known_at AND c.b >= o.cutoff)
  OR EXISTS (SELECT 1 FROM post p
             WHERE p.account_id = s.account_id AND p.recorded_at > o.known_at
               AND p.published_until < o.cutoff
               AND NOT EXISTS (SELECT 1 FROM post q WHERE q.key_id = p.key_id
                               AND q.recorded_at <= o.known_at)))"""
"""What the old finding stood on was withdrawn, or a post was missed: a correction, no event."""

_CHANGE: Final = text(f"""
INSERT INTO change (account_id, rulebook_id, rule, before, after, at, finding_id, recorded_at,
                    amends)
SELECT s.account_id, s.rulebook_id, s.rule, s.before, s.after, s.as_of, f.id, :stamp,
  CASE WHEN o.id IS NULL THEN :no ELSE {AMENDS} END
FROM stage_finding s
LEFT JOIN finding f ON f.account_id = s.account_id AND f.rule = s.rule
  AND f.rulebook_id = s.rulebook_id AND f.superseded_at = {OPEN}
LEFT JOIN finding o ON o.id = s.old_id
WHERE s.before <> s.after ORDER BY s.account_id, s.rulebook_id, s.rule
""")


def _write(tx: Writing, rows: Sequence[tuple[Any, ...]]) -> int:
    """Supersede and insert what changed; how many statuses became another."""
    if not rows:
        return 0
    fill(tx, WRITTEN, rows)
    stamp = {"stamp": tx.stamp}
    tx.conn.execute(_SUPERSEDE, stamp)
    evidence, no = ("evidence", "0") if tx.sqlite else ("CAST(evidence AS JSONB)", "false")
    tx.conn.execute(text(_INSERT.format(evidence=evidence, no=no)), stamp)
    told = tx.conn.execute(_CHANGE, {**stamp, "no": False}).rowcount
    if told:
        holding.hold(tx)
    return told


QUIET: Final = frozenset({Outcome.OK.value, Outcome.NOT_COUNTED.value, Outcome.UNDECIDED.value})
"""First judged so, no status became another: nothing was known before, and nothing is wrong now."""

Place = tuple[int, str, int]
"""Account, rule, and 0 for 本厅口径 or 1 for 上级口径, whatever version of the rulebook."""


def _differences(
    tx: Writing, judged: Sequence[Evaluated], ids: tuple[int, int]
) -> list[tuple[Any, ...]]:
    """Rows for `stage_finding`: conclusions that are new or other, and those that are gone."""
    upper = judged[0][2].rulebook
    accounts, keys = At(0, 0, tuple(facts.account_id for facts, _, _ in judged)).accounts(tx)
    stands: dict[Place, tuple[Any, ...]] = {
        (row[0], row[1], int(row[2] == upper)): tuple(row[3:])
        for row in fetch(tx, _OPEN.format(accounts=accounts), keys)
    }
    rows: list[tuple[Any, ...]] = []
    outcomes: dict[tuple[int, int], str] = {}
    for _, *pair in judged:
        for slot, judgement in enumerate(pair):
            outcomes[judgement.account_id, slot] = judgement.status
            for finding in judgement.findings:
                old = stands.pop((judgement.account_id, finding.rule, slot), None)
                row = _row(judgement, finding, ids[slot], old)
                if row is not None:
                    rows.append(row)
    rows += [_gone(place, old, ids, judged[0][0], outcomes) for place, old in stands.items()]
    return rows


def _row(
    judgement: Judgement, finding: Finding, rulebook_id: int, old: tuple[Any, ...] | None
) -> tuple[Any, ...] | None:
    """A conclusion that is not the one that stands; None where it is."""
    outcome = finding.outcome.value
    status, most, figures = _told(judgement, finding)
    identity = _identity(judgement, finding)
    same = (status, rulebook_id, finding.version, outcome, most, identity)
    if old is not None and old[1:] == same:
        return None
    first = status if outcome in QUIET else ""
    return (
        judgement.account_id,
        finding.rule,
        rulebook_id,
        None if old is None else old[0],
        first if old is None else old[1],
        status,
        judgement.as_of,
        judgement.known_at,
        finding.version,
        outcome,
        status,
        most,
        identity,
        *figures,
        _AS_TEXT(dict(finding.evidence)),
        finding.sentence,
    )


def _told(judgement: Judgement, finding: Finding) -> tuple[str, str, tuple[int | None, ...]]:
    """Class, class it may have reached, and figures; only silence has more than an outcome."""
    if finding.rule != UPDATE_RULE:
        return finding.outcome.value, finding.outcome.value, (None,) * 5
    figures = (
        judgement.cutoff,
        judgement.silence_min,
        judgement.silence_max,
        judgement.grade,
        judgement.breach_at,
    )
    return judgement.status, judgement.status_max, figures


def _identity(judgement: Judgement, finding: Finding) -> str:
    """What makes a conclusion another one though its class is the same: a breach of its own, or
    other neighbours. Moving figures are no part of it."""
    if finding.rule == UPDATE_RULE:
        return "" if judgement.breach_at is None else str(judgement.breach_at)
    peers = finding.evidence.get("peers", ())
    return ",".join(str(peer["account_id"]) for peer in peers)


def _gone(
    place: Place,
    old: tuple[Any, ...],
    ids: tuple[int, int],
    facts: Facts,
    outcomes: Mapping[tuple[int, int], str],
) -> tuple[Any, ...]:
    """A conclusion its rule no longer draws: the account is well in this, or 不纳入 altogether."""
    account_id, rule, slot = place
    status = outcomes.get((account_id, slot), Outcome.OK.value)
    after = status if status == Outcome.NOT_COUNTED.value else Outcome.OK.value
    nothing = (None,) * (len(WRITTEN.columns) - 8)
    known = (facts.as_of, facts.known_at)
    return (account_id, rule, ids[slot], old[0], old[1], after, *known, *nothing)
