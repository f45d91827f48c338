"""Fixtures of runs: parts whose local folder is the test's own."""

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.record.store import Store
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.service.parts import some_parts


@pytest.fixture
def apart(store: Store, clock: StandingClock, tmp_path: Path) -> Parts:
    """The shipped data beside a local folder of the test's own."""
    ready = some_parts(store, clock)
    for each in ready.data_dir.iterdir():
        if each.name != "local":
            (tmp_path / each.name).symlink_to(each)
    return replace(ready, data_dir=tmp_path)
