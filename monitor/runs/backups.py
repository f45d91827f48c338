"""备: copies of the database, and putting one back."""

from pathlib import Path

from monitor.domain.instants import shanghai, to_second
from monitor.record import backup as copies
from monitor.runs.parts import Parts


def backup(parts: Parts, target: Path | None = None) -> Path:
    """A whole copy of the store, while it is in use: at `target`, or named by the minute in the
    folder of backups, which the doctor looks through. Gives where it is."""
    if target is None:
        parts.copies_dir.mkdir(parents=True, exist_ok=True)
        target = parts.copies_dir / f"sentinel-{shanghai(to_second(parts.now())):%Y%m%d-%H%M%S}.db"
    copies.backup(parts.store, target)
    return target


def restore(parts: Parts, source: Path) -> Path | None:
    """Put a copy back; where the replaced database is kept, None if there was none."""
    return copies.restore(parts.store, source)
