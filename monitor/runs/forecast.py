"""预: when each account's limit will run out by its own rhythm, held against its own past."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from monitor.domain.forecast import HORIZON, LIKELY, Foreseen
from monitor.domain.instants import to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.judge.forecast import BACK, LOOK_BACK, Calibration, foresee
from monitor.record import due, facts, forecasts, rhythms
from monitor.record.resting import collector_resting
from monitor.runs import books, frame, holding
from monitor.runs.parts import Parts

AT_ONCE: Final = 2000
"""Accounts held in memory together."""


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Forecast every account of which enough is known, and count how often that was right."""

    def work(under: frame.Under) -> RunReport:
        at = (to_second(parts.now()), under.known_at)
        calibration = Calibration(books.open_books(parts).own)
        with parts.store.reading() as tx:
            ids = due.everybody(tx)
        known = likely = 0
        for start in range(0, len(ids), AT_ONCE):
            holding.chunk(100 * start // len(ids))
            some = ids[start : start + AT_ONCE]
            found = _foreseen(parts, at, some, calibration)
            with parts.store.writing() as tx:
                forecasts.replace(tx, at[0], some, found)
            known += len(found)
            likely += sum(each.sure >= LIKELY and each.at < at[0] + HORIZON for each in found)
        past = calibration.result()
        with parts.store.writing() as tx:
            forecasts.keep_check(tx, at[0], past)
        counts = {"可预计": known, "预计7天内超期": likely, "近期预计": past.said, "命中": past.hit}
        return RunReport(RunOutcome.DONE, counts)

    return frame.run(parts, "forecast", work, scheduled_for=scheduled_for)


def _foreseen(
    parts: Parts, at: tuple[int, int], ids: Sequence[int], calibration: Calibration
) -> list[Foreseen]:
    """Some accounts' forecasts; their past goes into the count."""
    found = []
    since = at[0] - LOOK_BACK - max(BACK)
    with parts.store.reading() as tx, collector_resting():
        posts = rhythms.posts(tx, *at, since, ids)
        for each in facts.measure(tx, *at, ids):
            mine = posts.get(each.account_id, [])
            calibration.add(each, mine)
            said = foresee(each, mine, calibration.book)
            if said is not None:
                found.append(said)
    return found
