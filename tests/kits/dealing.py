"""Who of several workers runs which test: all that needs a browser is one worker's, from the start.

Two workers that drive a browser fight over a machine of two processors until one of them waits in
vain. Of the other tests each file stays together, so that what a file sets up once is set up once.
"""

import os
from functools import cache
from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling

BROWSER: Final = "tests/e2e"


def group(nodeid: str) -> str:
    """The tests that stay together: a file, or the folder of those that need a browser."""
    file = nodeid.partition("::")[0]
    return BROWSER if file.startswith(f"{BROWSER}/") else file


def browsers_first(items: list[pytest.Item]) -> None:
    """What takes longest begins first; all else keeps its order."""
    items.sort(key=lambda item: group(item.nodeid) != BROWSER)


@cache
def give_way() -> None:
    """A worker without a browser leaves the processor to the one that has it: a page that waits
    too long is a failure, a test that waits is not."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        os.nice(10)


class ByGroup(LoadScopeScheduling):
    """Deals out whole groups, in the order of the tests.

    Not `--dist loadgroup`: with the pytest of our lock its marks are dropped without a word.
    """

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
