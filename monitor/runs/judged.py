"""Gathering what reports are made of: accounts as registered, beside what is judged of them."""

from collections.abc import Sequence

from monitor.domain.cause import Cause
from monitor.domain.facts import Facts
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY
from monitor.domain.interval import clip, unite
from monitor.domain.judged import Judged
from monitor.domain.scope import Scope
from monitor.record import causes, changes, rulebooks
from monitor.record.registered import registered as registry
from monitor.record.store import Reading
from monitor.runs.books import Books
from monitor.runs.evaluate import evaluate

WINDOW = 30 * DAY
NO_CAUSE = Cause("", "", "")


def gather(
    tx: Reading, books: Books, scope: Scope, as_of: int, known_at: int
) -> tuple[Judged, ...]:
    """Every account of a scope with both judgements at (as_of seconds, known_at us)."""
    registered = {each.account.id: each for each in registry(tx, scope, as_of, known_at)}
    ids = [account_id for account_id in registered if account_id is not None]
    judged = evaluate(tx, books, as_of, known_at, ids)
    undecided = [facts.account_id for facts, own, _ in judged if own.outcome is Outcome.UNDECIDED]
    why = causes.of(tx, undecided, known_at)
    book_id = rulebooks.find(tx, books.own)
    first = changes.first_found(tx, book_id) if book_id is not None else {}
    return tuple(
        Judged(
            registered=registered[facts.account_id],
            own=own,
            upper=upper,
            coverage_30d=covered(facts, books.own.least_grade),
            first_found_at=first.get(facts.account_id),
            cause=why.get(facts.account_id, NO_CAUSE).text,
            mender=why.get(facts.account_id, NO_CAUSE).mender,
            remedy=why.get(facts.account_id, NO_CAUSE).remedy,
        )
        for facts, own, upper in judged
    )


def covered(facts: Facts, least_grade: int) -> float:
    """The share (0..1) of the 30 days before `as_of` that sufficient coverage holds."""
    rows: Sequence[tuple[int, int]] = [
        (row.a, row.b) for row in facts.coverage if row.grade >= least_grade
    ]
    held = clip(unite(rows), facts.as_of - WINDOW, facts.as_of)
    return sum(b - a for a, b in held) / WINDOW
