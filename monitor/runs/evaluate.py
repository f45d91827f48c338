"""Evaluating: facts are measured once and judged under both rulebooks; nothing is written here."""

from collections.abc import Sequence

from monitor.domain.facts import Facts
from monitor.domain.finding import Judgement
from monitor.judge.evaluate import judge
from monitor.judge.replies import windows
from monitor.record import facts, findings
from monitor.record.resting import collector_resting
from monitor.record.store import Reading, Store
from monitor.runs import holding
from monitor.runs.books import Books

Evaluated = tuple[Facts, Judgement, Judgement]

AT_ONCE = 5000
"""Accounts held in memory together: a province of any size is judged in the same memory."""


def evaluate(
    tx: Reading, books: Books, as_of: int, known_at: int, ids: Sequence[int] | None = None
) -> list[Evaluated]:
    """(facts, 本厅口径, 上级口径) of all accounts, or of `ids`, at (as_of seconds, known_at us)."""
    asked = windows((books.own, books.upper))
    with collector_resting():
        return [
            (each, judge(each, books.own), judge(each, books.upper))
            for each in facts.measure(tx, as_of, known_at, ids, asked)
        ]


def judge_and_keep(
    store: Store,
    books: Books,
    rulebook_ids: tuple[int, int],
    at: tuple[int, int],
    ids: Sequence[int],
) -> findings.Applied:
    """Judge accounts at (`as_of`, `known_at`) and write what changed, some at a time.

    All parts see the same evidence, whatever is recorded meanwhile: `known_at` says up to where.
    """
    as_of, known_at = at
    changed = changes = 0
    for start in range(0, len(ids), AT_ONCE):
        holding.chunk(100 * start // len(ids))
        with store.reading() as tx:
            judged = evaluate(tx, books, as_of, known_at, ids[start : start + AT_ONCE])
        applied = findings.apply(store, judged, rulebook_ids, books.own.least_grade)
        changed, changes = changed + applied.changed, changes + applied.changes
    return findings.Applied(changed, changes)
