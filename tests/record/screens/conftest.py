"""A filled store for the screens' queries, on both databases."""

import pytest

from monitor.record.store import Store
from tests.filled import Filled, fill_store


@pytest.fixture
def made(store: Store) -> Filled:
    """The small province in `store`."""
    return fill_store(store)
