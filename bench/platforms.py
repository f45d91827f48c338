"""All loopback platforms in a process of their own: `python -m bench.platforms LATENCY`.

Each stand-in answers once by itself; the same question is then answered from memory, so that
the figures are of the collector and not of an invented platform. LATENCY are seconds before each
answer.
"""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from aiohttp import web

from monitor.collect.platform import READERS
from tests.demo.small_world import SmallWorld
from tests.kits.bench import BENCHES
from tests.kits.platform_server import Handler, dated

COUNTED = "/bench/asked"
PAGE = "/bench/page"
"""A page like any other, asked where the transport alone is measured."""
ROWS = [
    {"id": 5230000000000 + n, "text": "平安提示:出行请注意安全" * 4, "likes": n} for n in range(20)
]
OK = 200


@dataclass
class Memory:
    """What a stand-in said, by question; `asked` counts the questions of all readers."""

    reader: str
    latency: float
    asked: Counter[str]
    said: dict[tuple[str, str, bytes], tuple[bytes, str]] = field(default_factory=dict)

    def fits(self, app: web.Application) -> web.Application:
        """Put it in front of `app`."""

        @web.middleware
        async def remember(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.path == COUNTED:
                return web.json_response(self.asked)
            if request.path == PAGE:
                return web.json_response({"list": ROWS})
            self.asked[self.reader] += 1
            if self.latency:
                await asyncio.sleep(self.latency)
            question = (request.method, request.path_qs, await request.read())
            if question in self.said:
                told, kind = self.said[question]
                return web.Response(body=told, headers={"content-type": kind})
            answer = await handler(request)
            body = answer.body if isinstance(answer, web.Response) else None
            if answer.status == OK and isinstance(body, bytes | bytearray):
                self.said[question] = (bytes(body), answer.headers["content-type"])
            return answer

        app.middlewares.insert(0, remember)
        return app


async def serve(latency: float) -> None:
    """Host every reader's stand-in, say where they are as one line of JSON, and stay."""
    asked: Counter[str] = Counter()
    places = {}
    for name in READERS.names():
        now = partial(getattr, BENCHES.get(name), "now")
        app = dated(Memory(name, latency, asked).fits(_stand_in(name)), now)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        places[name] = f"http://127.0.0.1:{runner.addresses[0][1]}"
    sys.stdout.write(json.dumps(places) + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def _stand_in(name: str) -> web.Application:
    """The platform of one bench; time stands still there."""
    bench = BENCHES.get(name)
    world = SmallWorld([bench.account], {bench.account.uid: bench.posts})
    return bench.server(world, lambda: bench.now)


@contextmanager
def running(latency: float = 0) -> Iterator[dict[str, str]]:
    """The addresses of the platforms, by reader, while their process lives."""
    command = [sys.executable, "-m", "bench.platforms", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1])))
