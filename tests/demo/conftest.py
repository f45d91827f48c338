"""A WeChat stand-in with one account, and stories told to it."""

import asyncio
from typing import Any

import pytest

from monitor.demo.servers.wechat import application
from tests.conftest import StandingClock
from tests.demo.small_world import SmallWorld, a_post, an_account
from tests.demo.wechat_client import MORNING, Story, Tell, told


@pytest.fixture
def server_clock() -> StandingClock:
    return StandingClock(MORNING)


@pytest.fixture
def tell(server_clock: StandingClock) -> Tell:
    """Run a story against a stand-in whose only account has these changes."""

    def run(story: Story, **changes: Any) -> None:
        account = an_account(**changes)
        posts = [
            a_post(1, "2026-10-23 09:00"),
            a_post(2, "2026-11-20 23:50", notified=False),
            a_post(3, "2026-11-22 10:00"),
            a_post(4, "2026-11-23 00:30"),
        ]
        letters = {"2026-11-20": (3, 5)}
        app = application(SmallWorld([account], {account.uid: posts}, letters), server_clock)
        asyncio.run(told(story, app))

    return run
