"""Gathering what reports are made of: accounts as registered, beside what is judged of them."""

from monitor.domain.cause import Cause
from monitor.domain.finding import Outcome
from monitor.domain.judged import Judged
from monitor.domain.scope import Scope
from monitor.record import causes, changes, rulebooks
from monitor.record.account_days import covered
from monitor.record.registered import registered as registry
from monitor.record.store import Reading
from monitor.runs.books import Books
from monitor.runs.evaluate import evaluate

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
