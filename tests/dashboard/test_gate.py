"""The gate: nobody passes without a session, by request or socket; all that leaves is dressed."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from dashboard import doorway
from dashboard.gate import Gate
from monitor.actions import people, sign_in
from monitor.actions.sign_in import Lasting
from monitor.record import sessions
from monitor.record.store import Store
from tests.conftest import StandingClock
from tests.dashboard.conftest import PASSWORD, visiting

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("person_id")]


@pytest.fixture
def entered(store: Store, person_id: int) -> sign_in.Entered:
    del person_id
    return sign_in.sign_in(store, "li", PASSWORD, "x", Lasting())


@pytest.fixture
def inside(browser: httpx.AsyncClient, entered: sign_in.Entered) -> httpx.AsyncClient:
    browser.cookies.set("sentinel_session", entered.token)
    return browser


class Socket:
    """The browser's end of a socket."""

    def __init__(self, gate: Gate, cookie: str = "", **said: str) -> None:
        self.came: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.went: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        headers = [(b"cookie", cookie.encode())] if cookie else []
        headers += [(name.replace("_", "-").encode(), said[name].encode()) for name in said]
        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
        self.came.put_nowait({"type": "websocket.connect"})
        self.running = asyncio.ensure_future(gate(scope, self.came.get, self._keep))

    async def _keep(self, message: Any) -> None:
        self.went.put_nowait(message)

    async def say(self, text: str) -> dict[str, Any]:
        self.came.put_nowait({"type": "websocket.receive", "text": text})
        return await asyncio.wait_for(self.went.get(), 5)

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self.went.get(), 5)


async def test_a_page_leads_to_the_entrance_and_back(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/health?status=%E7%9D%A1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/auth/login?next=/health%3Fstatus%3D%25E7%259D%25A1"
    assert (await browser.get("/")).headers["location"] == "/auth/login"


@pytest.mark.parametrize(
    "path", ["/media/x.csv", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/component/x"]
)
async def test_a_part_of_a_page_is_refused(gate: Gate, path: str) -> None:
    async with visiting(gate) as browser:
        for method in ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
            answer = await browser.request(method, path, headers={"accept": "*/*"})
            assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/a.js", "/app/static/desk.css"])
async def test_what_the_entrance_needs_is_open(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code == 200


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/_stcore/metrics"])
async def test_other_ways_in_are_closed_to_everybody(inside: httpx.AsyncClient, path: str) -> None:
    assert (await inside.get(path)).status_code == 404


async def test_who_has_a_session_passes_until_it_is_revoked(
    inside: httpx.AsyncClient, store: Store, person_id: int
) -> None:
    assert (await inside.get("/")).status_code == 200
    people.disable(store, None, person_id)
    assert (await inside.get("/")).status_code == 303


async def test_a_session_left_alone_is_over(
    inside: httpx.AsyncClient, clock: StandingClock
) -> None:
    clock.move(minutes=61)
    assert (await inside.get("/")).status_code == 303


@pytest.mark.parametrize("cookie", ["sentinel_session=", "sentinel_session=x", 'a="; b', "=;=,"])
async def test_a_broken_cookie_is_nobody(browser: httpx.AsyncClient, cookie: str) -> None:
    assert (await browser.get("/", headers={"cookie": cookie})).status_code == 303


async def test_everything_that_leaves_is_dressed(
    browser: httpx.AsyncClient, inside: httpx.AsyncClient
) -> None:
    for path in ("/", "/auth/login", "/app/static/desk.css", "/_stcore/agent/x"):
        headers = (await inside.get(path)).headers
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert "unsafe-eval'" not in headers["content-security-policy"].replace("wasm-unsafe", "")
        assert "script-src 'self' 'wasm" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "strict-transport-security" not in headers
    assert browser is inside


async def test_the_document_is_ours_and_chinese(inside: httpx.AsyncClient) -> None:
    answer = await inside.get("/")
    assert '<html lang="zh-CN" class="demo">' in answer.text
    assert "<title>矩阵哨兵</title>" in answer.text
    assert '<script src="/app/static/zh.js"></script>' in answer.text
    assert 'src="./static/js/index.js"' in answer.text
    assert answer.text.index("zh.js") < answer.text.index("</head>")
    assert not [
        word
        for word in ("Streamlit", "prerender", "service-desc", "You need")
        if word in answer.text
    ]
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


async def test_without_a_demonstration_nothing_says_so(
    make_gate: Callable[..., Gate], entered: sign_in.Entered
) -> None:
    async with visiting(make_gate(demo=False)) as browser:
        assert "演示数据" not in (await browser.get("/auth/login")).text
        browser.cookies.set("sentinel_session", entered.token)
        assert '<html lang="zh-CN">' in (await browser.get("/")).text


async def test_a_socket_without_a_session_is_not_opened(gate: Gate) -> None:
    for cookie in ("", "sentinel_session=guess"):
        socket = Socket(gate, cookie)
        assert await socket.next() == {"type": "websocket.close", "code": 1008}
        await socket.running


async def test_a_socket_is_closed_at_the_next_message_once_the_session_is_revoked(
    gate: Gate, store: Store, person_id: int, entered: sign_in.Entered
) -> None:
    socket = Socket(gate, f"sentinel_session={entered.token}")
    assert (await socket.next())["type"] == "websocket.accept"
    assert (await socket.say("one"))["text"] == "one"
    people.disable(store, None, person_id)
    assert await socket.say("two") == {"type": "websocket.close", "code": 1008}
    await asyncio.wait_for(socket.running, 5)
    assert socket.went.empty()


@pytest.mark.parametrize("why", ["put out", "left alone", "over"])
async def test_a_socket_nobody_speaks_on_is_closed_once_its_session_ends(
    gate: Gate,
    store: Store,
    clock: StandingClock,
    person_id: int,
    entered: sign_in.Entered,
    why: str,
) -> None:
    gate.look_every = 0.01
    socket = Socket(gate, f"sentinel_session={entered.token}")
    assert (await socket.next())["type"] == "websocket.accept"
    if why == "put out":
        people.sign_out_everywhere(store, None, person_id)
    else:
        clock.move(minutes=61 if why == "left alone" else 12 * 60)
    assert await socket.next() == {"type": "websocket.close", "code": 1008}
    await asyncio.wait_for(socket.running, 5)


@pytest.mark.parametrize(
    ("said", "passes"),
    [
        ({"sec_fetch_site": "cross-site"}, False),
        ({"sec_fetch_site": "same-site"}, False),
        ({"sec_fetch_site": "same-origin"}, True),
        ({"origin": "http://evil.test", "host": "desk.test"}, False),
        ({"origin": "null", "host": "desk.test"}, False),
        ({"origin": "http://desk.test", "host": "desk.test"}, True),
        ({"origin": "https://d.gov", "host": "inner:1", "x_forwarded_host": "d.gov"}, True),
    ],
)
async def test_a_socket_and_a_form_of_another_site_are_refused(
    gate: Gate, entered: sign_in.Entered, said: dict[str, str], passes: bool
) -> None:
    socket = Socket(gate, f"sentinel_session={entered.token}", **said)
    assert ((await socket.next())["type"] == "websocket.accept") is passes
    socket.running.cancel()
    async with visiting(gate) as browser:
        headers = {name.replace("_", "-"): value for name, value in said.items()}
        browser.cookies.set("sentinel_session", entered.token)
        answer = await browser.post("/", headers=headers)
        assert answer.status_code == (200 if passes else 403)
        assert (await browser.get("/", headers=headers)).status_code == 200


async def test_a_role_taken_away_holds_for_the_open_socket(
    gate: Gate, store: Store, person_id: int, entered: sign_in.Entered
) -> None:
    people.set_grants(store, None, person_id, ())
    session = sign_in.session_of(store, entered.token, int(store.clock().timestamp()), Lasting())
    assert session is not None
    assert session.person.roles == frozenset()
    assert session.person.scope.empty


async def test_who_must_change_the_password_gets_no_socket(
    gate: Gate, store: Store, person_id: int
) -> None:
    password = people.reset_password(store, None, person_id)
    token = sign_in.sign_in(store, "li", password, "x", Lasting()).token
    socket = Socket(gate, f"sentinel_session={token}")
    assert (await socket.next())["type"] == "websocket.close"
    await socket.running


async def guess(browser: httpx.AsyncClient, proof: str, times: int) -> list[httpx.Response]:
    """Guesses at once, each at another login."""
    tries = [
        browser.post("/auth/login", data={"form": proof, "login": f"g{n}", "password": "x"})
        for n in range(times)
    ]
    return await asyncio.gather(*tries)


async def a_proof(browser: httpx.AsyncClient) -> str:
    shown = await browser.get("/auth/login")
    return shown.text.split('name="form" value="')[1].split('"')[0]


async def test_a_burst_of_guesses_is_counted_from_one_address(gate: Gate) -> None:
    async with visiting(gate) as browser:
        proof = await a_proof(browser)
        answers = [each for _ in range(3) for each in await guess(browser, proof, 11)]
    codes = [answer.status_code for answer in answers]
    assert (codes.count(401), codes.count(429)) == (30, 3)


async def test_who_comes_when_the_line_is_full_is_told_to_come_again_and_not_counted(
    gate: Gate, store: Store
) -> None:
    async with visiting(gate) as browser:
        proof = await a_proof(browser)
        answers = await guess(browser, proof, doorway.PLACES_OF_ONE + 5)
        refused = [each for each in answers if "请稍候" in each.text]
        assert len(refused) == 5
        assert {each.status_code for each in refused} == {429}
        assert {each.headers["retry-after"] for each in refused} == {"3"}
        with store.reading() as tx:
            tried = sessions.attempts(tx, "", "10.0.0.7", 0)
        assert len(tried.by_address) == doorway.PLACES_OF_ONE
        form = {"form": proof, "login": "li", "password": PASSWORD, "next": "/"}
        assert (await browser.post("/auth/login", data=form)).status_code == 303


async def test_one_address_cannot_take_the_whole_line() -> None:
    line, hold = doorway.Doorway(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait() -> bool:
        return asyncio.run_coroutine_threadsafe(hold.wait(), loop).result(5)

    crowd = [asyncio.ensure_future(line.check("a", wait)) for _ in range(doorway.PLACES + 1)]
    await asyncio.sleep(0)
    other = asyncio.ensure_future(line.check("b", lambda: True))
    hold.set()
    assert await other
    said = await asyncio.gather(*crowd)
    assert said.count(None) == doorway.PLACES + 1 - doorway.PLACES_OF_ONE
