"""Evaluating: facts are measured once and judged under both rulebooks; nothing is written here."""

from collections.abc import Sequence

from monitor.domain.facts import Facts
from monitor.domain.finding import Judgement
from monitor.judge.evaluate import judge
from monitor.record import facts
from monitor.record.store import Reading
from monitor.runs.books import Books

Evaluated = tuple[Facts, Judgement, Judgement]


def evaluate(
    tx: Reading, books: Books, as_of: int, known_at: int, ids: Sequence[int] | None = None
) -> list[Evaluated]:
    """(facts, 本厅口径, 上级口径) of all accounts, or of `ids`, at (as_of seconds, known_at us)."""
    return [
        (each, judge(each, books.own), judge(each, books.upper))
        for each in facts.measure(tx, as_of, known_at, ids)
    ]
