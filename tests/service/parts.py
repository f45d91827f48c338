"""Parts for tests: a real store, a clock moved by hand, the shipped data, nothing else."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from monitor.access.ciphers import KeyRing
from monitor.record.store import Store
from monitor.runs.parts import Parts

RING = KeyRing((bytes(32),))
DATA = Path(__file__).parent.parent.parent / "data"


def some_parts(store: Store, now: Callable[[], datetime], **others: object) -> Parts:
    """Parts over a store; `others` replace single fields."""
    fields: dict[str, object] = {
        "store": store,
        "now": now,
        "data_dir": DATA,
        "keys": lambda: RING,
        **others,
    }
    return Parts(**fields)  # type: ignore[arg-type]
