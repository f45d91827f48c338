"""清: what has had its time goes, kind by kind, in small steps, each with its receipt."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from monitor.collect import shelf
from monitor.coordinate import retention
from monitor.domain.instants import to_second
from monitor.domain.retention import Kind, Retention
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import jobs, purge_files, purging
from monitor.record.purging import Due, Purging
from monitor.record.store import Reading
from monitor.runs import frame
from monitor.runs.parts import Parts

SHEET: Final = "retention.yaml"
FOLDERS: Final[Mapping[str, str]] = {
    "export_file": "exports",
    "preview_file": "previews",
    "upload_file": "uploads",
}
"""Kinds that are files alone, and where below the local folder they lie."""


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
            if asked.kind.key in FOLDERS:
                yield asked.kind, _due_files(tx, parts, asked)
            else:
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
    place = FOLDERS[asked.kind.key]
    with parts.store.reading() as tx:
        lying = purging.unheld(tx, asked, _lying(tx, parts, place))
    if not lying:
        return 0
    with parts.store.writing(durable=True, alone=True) as tx:
        return purging.take_files(tx, asked, place, lying)


def _due_files(tx: Reading, parts: Parts, asked: Purging) -> Due:
    lying = _lying(tx, parts, FOLDERS[asked.kind.key])
    over = {name: at for name, at in lying.items() if at < asked.before}
    free = purging.unheld(tx, asked, over)
    return Due(len(free), len(over) - len(free), min(over.values(), default=None))


def _lying(tx: Reading, parts: Parts, place: str) -> dict[str, int]:
    """What lies in a folder by name, and since when; not what a job still waits for."""
    awaited = jobs.files_awaited(tx)
    entries: list[Path] = list((parts.local_dir / place).glob("*"))
    return {each.name: int(each.stat().st_mtime) for each in entries if each.name not in awaited}
