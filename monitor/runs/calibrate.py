"""校: a purchased feed is measured against known posts; its word is worth what that shows."""

from dataclasses import dataclass

from monitor.domain.errors import InputError
from monitor.domain.instants import DAY, day_start, shanghai_day, to_second
from monitor.domain.numbers import Provenance
from monitor.domain.running import RunOutcome, RunReport
from monitor.judge import recall
from monitor.record import calibrations
from monitor.record.calibrations import Measured
from monitor.record.store import Reading
from monitor.runs import frame, sources
from monitor.runs.parts import Parts

SETTLED_DAYS = 2
"""Posts so young may still be on their way to the feed; they are not asked for."""


@dataclass(frozen=True)
class Calibrated:
    """The measurement and the route it is of."""

    route: str
    measured: Measured


def run(parts: Parts, platform: str, route: str) -> Calibrated:
    """Measure one route over the last four settled weeks, and date what it is worth from now on."""
    key = f"{platform}/{route}"
    grade = sources.read(parts).kinds["purchased"].grade
    until = day_start(shanghai_day(to_second(parts.now()))) - SETTLED_DAYS * DAY
    since = until - recall.LEAST_DAYS * DAY
    done: list[Measured] = []

    def work(_under: frame.Under) -> RunReport:
        with parts.store.reading() as tx:
            route_id = _purchased(tx, key)
            known, found = calibrations.count(tx, route_id, since, until)
        verdict = recall.calibrate(recall.Recall(known, found, since, until), grade)
        measured = Measured(since, until, known, found, verdict.ceiling, verdict.reason)
        with parts.store.writing(durable=True) as tx:
            calibrations.add(tx, route_id, measured)
        done.append(measured)
        counts = {"已知作品": known, "见到": found, "等级": verdict.ceiling}
        return RunReport(RunOutcome.DONE, counts, verdict.reason)

    frame.run(parts, "calibrate", work, {"platform": platform, "route": route})
    return Calibrated(key, done[0])


def _purchased(tx: Reading, key: str) -> int:
    """Only a purchased feed is measured: others prove by how they look, or never."""
    found = calibrations.find_route(tx, key)
    if found is not None and found[1] is Provenance.PURCHASED:
        return found[0]
    there = "、".join(calibrations.keys(tx, Provenance.PURCHASED)) or "尚无购买数据的路线"
    trouble = "没有这条采集路线" if found is None else "这条路线不是购买数据,不需要校准"
    raise InputError(trouble, key, f"可校准的路线:{there}")
