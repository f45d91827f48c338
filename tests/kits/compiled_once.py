"""Statements are compiled once for all stores of a test process, not once for every test's store.

A store of its own has an engine of its own, and an engine begins by compiling each statement anew:
that took a third of the time of a page. Engines of one kind speak one dialect here and keep what it
compiled in one place; connections, transactions and what listens to them stay each engine's own.
"""

from typing import Any, Final

import pytest
from sqlalchemy import Dialect, Engine, create_engine, event
from sqlalchemy.util import LRUCache

from monitor.record import store

KEPT: Final = 4000
"""Statements kept; the oldest leave, as on the desk."""

known: Final[dict[str, Dialect]] = {}
"""Of each kind of database the dialect of the first engine that was connected."""
compiled: Final[LRUCache[Any, Any]] = LRUCache(KEPT)


def an_engine(*where: Any, **how: Any) -> Engine:
    """As `create_engine`, and with what others of its kind compiled."""
    engine = create_engine(*where, **how)
    engine.update_execution_options(compiled_cache=compiled)
    own = engine.dialect
    if own.name in known:
        engine.dialect = known[own.name]
    else:
        event.listen(engine, "connect", lambda *_: known.setdefault(own.name, own))
    return engine


def begin() -> None:
    """From now on for every store that is opened in this process."""
    pytest.MonkeyPatch().setattr(store, "create_engine", an_engine)
