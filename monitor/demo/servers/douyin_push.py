"""What the Douyin stand-in pushes: messages citizens sent, and owners who took agreement back."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b, sha1
from typing import Final

import aiohttp
from aiohttp import web

from monitor.demo.servers.beating import beating
from monitor.demo.servers.douyin_shown import open_id
from monitor.demo.world import World, WorldAccount
from monitor.domain.instants import DAY, MINUTE, day_start, shanghai_day, to_second

CLIENT_KEY: Final = "dy-demo-app"
CLIENT_SECRET: Final = "dy-demo-app-key"
"""The invented application's."""


@dataclass
class Herald:
    """Pushes to `receiver`, signed as the platform signs."""

    world: World
    now: Callable[[], datetime]
    receiver: str

    async def verify(self, challenge: int) -> str:
        """What the platform sends once, and what came back; '' where nobody was there."""
        return await self.send("verify_webhook", "", {"challenge": challenge})

    async def unauthorized(self, account: WorldAccount) -> str:
        """An owner took the agreement back."""
        return await self.send("unauthorize", open_id(account), {"scopes": ["user_info"]})

    async def messages(self, since: int, until: int) -> None:
        """All that was written to owners who agreed, from `since` and before `until`."""
        for account in self.world.accounts("douyin"):
            if account.joined:
                for at in _written(self.world, account, since, until):
                    content = {
                        "conversation_short_id": f"c{at}",
                        "server_message_id": f"{open_id(account)}-{at}",
                        "message_type": "text",
                        "create_time": at * 1000,
                    }
                    await self.send("im_receive_msg", "citizen", content, to=open_id(account))

    async def send(
        self, event: str, sender: str, content: dict[str, object], *, to: str = ""
    ) -> str:
        """One event; what the receiver answered, '' where it was not there."""
        body = json.dumps(
            {
                "event": event,
                "client_key": CLIENT_KEY,
                "from_user_id": sender,
                "to_user_id": to,
                "content": content if event == "verify_webhook" else json.dumps(content),
                "log_id": f"{event}-{to_second(self.now())}",
            }
        ).encode()
        signature = sha1(CLIENT_SECRET.encode() + body).hexdigest()  # nosec B324 # the platform signs so
        headers = {"X-Douyin-Signature": signature, "content-type": "application/json"}
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as session:
                asked = session.post(self.receiver, data=body, headers=headers)
                async with asked as answer:
                    return await answer.text()
        except (aiohttp.ClientError, TimeoutError):
            return ""


def pushing(herald: Herald) -> Callable[[web.Application], AsyncIterator[None]]:
    """Pushes every minute what was written since, while the application lives."""

    async def push_on() -> None:
        told = to_second(herald.now())
        while True:
            await asyncio.sleep(MINUTE)
            now = to_second(herald.now())
            await herald.messages(told, now)
            told = now

    return beating(push_on)


def _written(world: World, account: WorldAccount, since: int, until: int) -> Iterator[int]:
    """The seconds in which the messages of the days concerned were written."""
    day = day_start(shanghai_day(since))
    while day < until:
        _, messages = world.messages(account, shanghai_day(day).isoformat())
        for number in range(messages):
            words = f"{account.uid}/{day}/{number}".encode()
            at = day + int.from_bytes(blake2b(words, digest_size=4).digest()) % DAY
            if since <= at < until:
                yield at
        day += DAY
