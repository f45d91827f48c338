"""备: copies of the database, and putting one back."""

from pathlib import Path

from monitor.record import backup as copies
from monitor.runs.parts import Parts


def backup(parts: Parts, target: Path) -> None:
    """A whole copy of the store at `target`, while it is in use."""
    copies.backup(parts.store, target)


def restore(parts: Parts, source: Path) -> Path | None:
    """Put a copy back; where the replaced database is kept, None if there was none."""
    return copies.restore(parts.store, source)
