"""Published indices of a period, joined to the facts an assessment measured."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from monitor.domain.assessed import Fact, Listed
from monitor.domain.instants import shanghai_day
from monitor.domain.measuring import Span
from monitor.record import score_frame, score_indices
from monitor.record.resting import collector_resting
from monitor.record.score_facts import Asked
from monitor.record.score_frame import Framed
from monitor.record.score_indices import Needs
from monitor.record.store import Reading
from monitor.score import indexing
from monitor.score.index import CAPPED, INDICES, Index, days

SHOWN_CAPPED: Final = frozenset({"wechat"})
"""Where the public page shows 10万+: the publishers enter no more than that."""


def added(tx: Reading, asked: Asked, roster: Sequence[Listed], found: Sequence[Fact]) -> list[Fact]:
    """The facts with the indices a scheme reads, of every unit, in the place of what says that the
    record keeps none."""
    wanted = [INDICES.get(key) for key in sorted(asked.wanted & set(INDICES.names()))]
    if not wanted:
        return list(found)
    with collector_resting():
        frame = score_frame.accounts(tx, asked.span)
        read = tx, asked.span, frame
        told = [fact for each in wanted for fact in _of(read, roster, each)]
    names = {each.key for each in wanted}
    return [each for each in found if each.measure not in names] + told


def _of(
    read: tuple[Reading, Span, Mapping[int, Framed]], roster: Sequence[Listed], index: Index
) -> list[Fact]:
    tx, span, frame = read
    needs = Needs(index.platform, index.inputs)
    if index.platform in SHOWN_CAPPED:
        needs = Needs(index.platform, index.inputs, CAPPED)
    first, last = _ends(span)
    told = list(score_indices.measure(tx, span, frame, needs))
    return list(indexing.facts(index, days(first, last), told, roster))


def _ends(span: Span) -> tuple[date, date]:
    return shanghai_day(span.since), shanghai_day(span.end - 1)
