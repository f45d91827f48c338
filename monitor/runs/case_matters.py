"""Live cases as whoever answers for them is told of them: in whose hands, until when, how long."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.coordinate.term import ahead
from monitor.domain.calendar import Calendar
from monitor.domain.case import Side
from monitor.domain.case_matter import Matter
from monitor.domain.case_rules import CaseRules
from monitor.domain.scope import Scope
from monitor.record.screens import cases
from monitor.record.screens.cases import CaseLine
from monitor.record.store import Reading
from monitor.runs import case_book
from monitor.runs.parts import Parts

AT_ONCE = 200


@dataclass(frozen=True)
class Book:
    """Rules, calendar and the present second."""

    rules: CaseRules
    days: Calendar
    now: int

    def due(self, line: CaseLine) -> int | None:
        """When whoever holds the case runs out of time."""
        case = line.kept.case
        return case_book.due_at(self.rules, self.days, case, line.due_at, line.held_since)


def open_book(parts: Parts, now: int) -> Book:
    """The office's sheets as they are now."""
    return Book(case_book.rules(parts), case_book.calendar(parts), now)


def pages(tx: Reading, scope: Scope, now: int) -> Iterator[tuple[CaseLine, ...]]:
    """All live cases of a scope, some at a time."""
    offset = 0
    while rows := cases.listing(tx, scope, now, cases.Wanted(), limit=AT_ONCE, offset=offset).rows:
        yield rows
        offset += AT_ONCE


def standing(tx: Reading, book: Book, scope: Scope) -> tuple[Matter, ...]:
    """What a scope has under way, the next to run out first."""
    found = [
        matter(book, line, due, "")
        for rows in pages(tx, scope, book.now)
        for line in rows
        if (due := book.due(line)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.left, each.number)))


def matter(book: Book, line: CaseLine, due_at: int, step: str) -> Matter:
    """One case; `step` is why it is told."""
    case = line.kept.case
    left = [each.kind for each in case.problems if each.confirmed is not False]
    return Matter(
        case_id=line.kept.id,
        account_id=line.kept.place.account_id,
        number=line.kept.number,
        account=line.name,
        platform=line.platform,
        unit_name=line.unit_name,
        problems="、".join(left),
        side=case.holder,
        holder=line.unit_name if case.holder is Side.UNIT else case.holder.value,
        due_at=due_at,
        left=ahead(due_at, book.now, book.days),
        step=step,
        appealed=case.appealed,
    )
