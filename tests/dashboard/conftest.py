"""The gate and the entrance without a browser: a store, people, and a desk behind it."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from dashboard.entrance import Entrance
from dashboard.gate import Gate
from dashboard.sheets import Sheets
from monitor.actions import people
from monitor.actions.sign_in import Lasting
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.conftest import StandingClock

PASSWORD = "Quiet-Lake-2026"
DOCUMENT = (
    '<!DOCTYPE html><html lang="en"><head><link rel="shortcut icon" href="./favicon.png" />'
    '<link rel="service-desc" href="./_stcore/agent/openapi.json" /><title>Streamlit</title>'
    "<script>window.prerenderReady = false</script>"
    '<script type="module" src="./static/js/index.js"></script></head>'
    '<body><noscript><p>You need to enable JavaScript</p></noscript><div id="root"></div></body>'
    "</html>"
)


async def behind(scope: Any, receive: Any, send: Any) -> None:
    """What stands behind the gate: a document for every address, an echo for every socket."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"]})
        return
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"etag", b"old")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": DOCUMENT[:40].encode(), "more_body": True})
    await send({"type": "http.response.body", "body": DOCUMENT[40:].encode()})


@pytest.fixture
def anyio_backend() -> str:
    """The loop the server runs on."""
    return "asyncio"


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """One store is enough for what stands before it."""
    return sqlite_store


@pytest.fixture
def person_id(store: Store) -> int:
    """Somebody who may sign in as `li`."""
    grants = (Grant(Role.EDITOR, "/"),)
    new = people.NewPerson("li", "李某(演示)", grants, PASSWORD, False)
    return people.enrol(store, None, new)[0]


@pytest.fixture
def make_gate(store: Store, clock: StandingClock) -> Callable[..., Gate]:
    """A gate with or without TLS before it."""

    def make(*, https: bool = False, demo: bool = True) -> Gate:
        door = Entrance(store, Sheets("某省<公安厅>", demo), Lasting(), https, b"k" * 32)
        return Gate(behind, door, lambda: int(clock.now.timestamp()))

    return make


@pytest.fixture
def gate(make_gate: Callable[..., Gate]) -> Gate:
    return make_gate()


@pytest.fixture
async def browser(gate: Gate) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that keeps cookies and follows nothing by itself."""
    async with visiting(gate) as client:
        yield client


def visiting(gate: Gate, scheme: str = "http") -> httpx.AsyncClient:
    """A new browser before a gate."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(gate, client=("10.0.0.7", 4711)),
        base_url=f"{scheme}://desk.test",
        headers={"accept": "text/html"},
    )
