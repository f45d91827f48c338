"""清: what has had its time goes, kind by kind, in small steps, each with its receipt."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from monitor.collect import shelf
from monitor.coordinate import retention
from monitor.domain.instants import to_second
from monitor.domain.retention import Kind, Retention
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import purge_files, purging
from monitor.record.purge_folders import FOLDERS
from monitor.record.purging import Due, Purging
from monitor.runs import frame
from monitor.runs.parts import Parts

SHEET: Final = "retention.yaml"


def rules(parts: Parts) -> Retention:
    """The sheet of retention."""
    page = shelf.read(parts.data_dir / SHEET)
    return retention.parse(page.mapping, SHEET, shelf.lines(page.text), page.sha256)


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Take what is due of every kind. Killed in the middle, the next run goes on: what went has its
    receipt, what has none is there."""
    sheet = rules(parts)

    def work(under: frame.Under) -> RunReport:
        purge_files.sweep(parts.store, parts.local_dir)
        counts: dict[str, int] = {}
        for asked in _every(parts, sheet, under.run_id):
            done = _files(parts, asked) if asked.kind.key in FOLDERS else _rows(parts, asked)
            counts |= {asked.kind.name: done} if done else {}
            purge_files.sweep(parts.store, parts.local_dir)
        return RunReport(RunOutcome.DONE, counts)

    return frame.run(parts, "purge", work, scheduled_for=scheduled_for)


def preview(parts: Parts) -> Iterator[tuple[Kind, Due]]:
    """What a run would take now, kind by kind; nothing is changed."""
    for asked in _every(parts, rules(parts), 0):
        with parts.store.reading() as tx:
            yield asked.kind, purging.due(tx, asked)


def _every(parts: Parts, sheet: Retention, run_id: int) -> Iterator[Purging]:
    now = to_second(parts.now())
    return (Purging(each, sheet, now, parts.local_dir, run_id) for each in sheet.kinds)


def _rows(parts: Parts, asked: Purging) -> int:
    """Found without a lock, taken under it."""
    done, after = 0, None
    while True:
        with parts.store.reading() as tx:
            found = purging.ripe(tx, asked, after)
        if found is None:
            return done
        keys, after = found
        for part in purging.parts(keys):
            with parts.store.writing(durable=True, alone=True) as tx:
                done += purging.take(tx, asked, part)


def _files(parts: Parts, asked: Purging) -> int:
    with parts.store.writing(durable=True, alone=True) as tx:
        return purging.take_files(tx, asked)
