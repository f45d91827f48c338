"""数: numbers are held against the accounts' own past; where two signals agree, somebody looks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from monitor.domain.instants import to_second
from monitor.domain.number_hint import NumberHint, Signal, Traces
from monitor.domain.running import RunOutcome, RunReport
from monitor.judge import number_hint
from monitor.record import facts_numbers, number_hints
from monitor.runs import frame
from monitor.runs.parts import Parts

AT_ONCE: Final = 500
"""Accounts held in memory together."""
Said = dict[int, Mapping[str, Signal]]


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Look at every official account in use; what waits afterwards is what was found now."""

    def work(under: frame.Under) -> RunReport:
        as_of = to_second(parts.now())
        said, found = look(parts, as_of, under.known_at)
        with parts.store.writing() as tx:
            waiting = number_hints.keep(tx, as_of, found)
        looked = sum(len(each) > 1 for each in said.values())
        return RunReport(RunOutcome.DONE, {"比对账号": looked, "提示": waiting})

    return frame.run(parts, "number-hints", work, {}, scheduled_for)


def look(parts: Parts, as_of: int, known_at: int) -> tuple[Said, tuple[NumberHint, ...]]:
    """What each signal says of each account, and the hints that come of it."""
    said: Said = {}
    promising: list[Traces] = []
    with parts.store.reading() as tx:
        ids = number_hints.subjects(tx, as_of)
    for start in range(0, len(ids), AT_ONCE):
        with parts.store.reading() as tx:
            measured = facts_numbers.measure(tx, as_of, known_at, ids[start : start + AT_ONCE])
        for each in measured:
            said[each.account_id] = number_hint.signals(each)
        promising += [each for each in measured if number_hint.promising(said[each.account_id])]
    # Titles are compared only where another signal speaks: alone they could make no hint.
    with parts.store.reading() as tx:
        for each in facts_numbers.with_copies(tx, promising, known_at):
            said[each.account_id] = number_hint.signals(each)
    return said, number_hint.hints(said)
