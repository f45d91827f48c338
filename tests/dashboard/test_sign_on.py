"""Sign-on against a real provider on loopback: who is enrolled comes in, and nobody else."""

import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from dashboard.entrance import Entrance
from dashboard.gate import Gate
from dashboard.sheets import Sheets
from dashboard.sign_on import SignOn
from monitor.actions import people
from monitor.actions.sign_in import Lasting
from monitor.clock import now
from monitor.collect.sign_on import Provider
from monitor.domain.person import Grant, Role
from monitor.record.store import Store, open_store
from tests.dashboard.conftest import PASSWORD, behind, visiting
from tests.dashboard.test_entrance import field

pytestmark = [pytest.mark.anyio, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that is a server of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import User, run_server_in_thread

        people_there = [
            User(sub=name, claims={"preferred_username": name}) for name in ("li", "stranger")
        ]
        with run_server_in_thread(user_claims=people_there) as server:
            yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """On the real clock, as the provider is."""
    opened = open_store(sqlite_url, now)
    for login in ("li", "root"):
        new = people.NewPerson(login, "李某(演示)", (Grant(Role.EDITOR, "/"),), PASSWORD)
        people.enrol(opened, None, new)
    yield opened
    opened.close()


@pytest.fixture
def service(issuer: str) -> SignOn:
    return SignOn(Provider(issuer, "desk", "secret"), "http://desk.test")


def gate_of(store: Store, service: SignOn) -> Gate:
    sheets = Sheets("某省公安厅", demo=True)
    door = Entrance(store, sheets, Lasting(), False, b"k" * 32, service)
    return Gate(behind, door, lambda: int(now().timestamp()))


@pytest.fixture
async def browser(store: Store, service: SignOn) -> AsyncIterator[httpx.AsyncClient]:
    async with visiting(gate_of(store, service)) as client:
        yield client


async def out(browser: httpx.AsyncClient, onward: str = "/health") -> str:
    answer = await browser.get(f"/auth/sign-on?next={onward}")
    assert answer.status_code == 303
    return answer.headers["location"]


def at_the_provider(address: str, person: str) -> str:
    """What somebody does there: choose who one is; the way back to the desk."""
    with httpx.Client(trust_env=False) as client:
        return client.post(address, data={"sub": person}).headers["location"]


async def come_back(browser: httpx.AsyncClient, address: str) -> httpx.Response:
    parts = urlsplit(address)
    return await browser.get(f"{parts.path}?{parts.query}")


async def test_who_is_enrolled_comes_in_and_where_he_wanted(browser: httpx.AsyncClient) -> None:
    assert "统一认证登录" in (await browser.get("/auth/login")).text
    address = await out(browser)
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert len(asked["state"][0]) == len(asked["nonce"][0]) == 43
    back = await come_back(browser, at_the_provider(address, "li"))
    assert (back.status_code, back.headers["location"]) == (303, "/health")
    assert (await browser.get("/")).status_code == 200


async def test_who_is_not_enrolled_or_is_out_stays_out(
    browser: httpx.AsyncClient, store: Store
) -> None:
    person = people.person_called(store, "li", int(now().timestamp()))
    people.disable(store, None, person.id)
    for login in ("stranger", "li"):
        back = await come_back(browser, at_the_provider(await out(browser), login))
        assert (back.status_code, "没有登记" in back.text) == (403, True)
        assert "sentinel_session=" not in str(back.headers)


async def test_a_way_back_serves_once_and_only_the_browser_that_set_out(
    browser: httpx.AsyncClient, store: Store, service: SignOn
) -> None:
    first = at_the_provider(await out(browser), "li")
    async with visiting(gate_of(store, service)) as thief:
        assert (await come_back(thief, first)).status_code == 403
        await out(thief)
        assert (await come_back(thief, first)).status_code == 403
    ticket = browser.cookies["sentinel_ticket"]
    assert (await come_back(browser, first)).status_code == 303
    assert "sentinel_ticket" not in browser.cookies
    assert (await come_back(browser, first)).status_code == 403
    browser.cookies.set("sentinel_ticket", ticket)
    replayed = await come_back(browser, first)
    assert replayed.status_code == 403


async def test_an_answer_of_another_service_is_refused(
    browser: httpx.AsyncClient, store: Store, service: SignOn
) -> None:
    back = at_the_provider(await out(browser), "li")
    mixed = await come_back(browser, f"{back}&iss=https://evil.example")
    assert (mixed.status_code, "别的认证服务" in mixed.text) == (403, True)
    lying = Provider(service.provider.issuer.replace("127.0.0.1", "localhost"), "desk", "s")
    lying.issuer += "/"
    async with visiting(gate_of(store, replace(service, provider=lying))) as other:
        answer = await other.get("/auth/sign-on")
        assert (answer.status_code, "不符" in answer.text) == (503, True)


async def test_with_sign_on_alone_a_password_is_for_break_glass(
    store: Store, service: SignOn
) -> None:
    alone = replace(service, only=True, break_glass=("root",))
    async with visiting(gate_of(store, alone)) as browser:
        for login, status in (("li", 403), ("nobody", 403), ("root", 303)):
            proof = field(await browser.get("/auth/login"))
            form = {"form": proof, "login": login, "password": PASSWORD, "next": "/"}
            answer = await browser.post("/auth/login", data=form)
            assert answer.status_code == status
            assert ("请使用统一认证登录" in answer.text) is (status == 403)
