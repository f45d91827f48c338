"""The entrance by HTTP: every form proves where it came from, and no answer says too much."""

import re
from collections.abc import Callable
from html import unescape

import httpx
import pytest

from dashboard.gate import Gate
from monitor.actions import people, sign_in
from monitor.actions.sign_in import Lasting
from monitor.record.store import Store
from tests.conftest import StandingClock
from tests.dashboard.conftest import PASSWORD, visiting

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("person_id")]


def field(answer: httpx.Response, name: str = "form") -> str:
    """The value of a hidden field of the form that was shown."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found is not None
    return unescape(found[1])


async def come_in(
    browser: httpx.AsyncClient, onward: str = "/", password: str = PASSWORD
) -> httpx.Response:
    shown = await browser.get("/auth/login")
    form = {"form": field(shown), "next": onward, "login": "li", "password": password}
    return await browser.post("/auth/login", data=form)


async def test_the_form_opens_the_desk(browser: httpx.AsyncClient) -> None:
    answer = await come_in(browser, "/health?status=x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/health?status=x")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if "session" in c)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    assert (await browser.get("/")).status_code == 200
    assert (await browser.get("/auth/login?next=/health")).headers["location"] == "/health"


async def test_behind_tls_the_cookies_are_bound_to_the_host(
    make_gate: Callable[..., Gate],
) -> None:
    async with visiting(make_gate(https=True), "https") as browser:
        answer = await come_in(browser)
        cookies = answer.headers.get_list("set-cookie")
        assert len(cookies) == 2
        for cookie in cookies:
            assert cookie.startswith("__Host-")
            assert "Secure" in cookie
            assert "Domain" not in cookie
        home = await browser.get("/")
        assert home.status_code == 200
        assert "max-age" in home.headers["strict-transport-security"]


async def test_behind_tls_a_cookie_without_the_prefix_is_nobody(
    make_gate: Callable[..., Gate], store: Store
) -> None:
    token = sign_in.sign_in(store, "li", PASSWORD, "x", Lasting()).token
    async with visiting(make_gate(https=True), "https") as browser:
        plain = {"cookie": f"sentinel_session={token}"}
        assert (await browser.get("/", headers=plain)).status_code == 303
        prefixed = {"cookie": f"__Host-sentinel_session={token}"}
        assert (await browser.get("/", headers=prefixed)).status_code == 200


@pytest.mark.parametrize("missing", ["field", "cookie", "both", "other browser", "empty"])
async def test_a_form_without_its_proof_is_refused(
    browser: httpx.AsyncClient, gate: Gate, missing: str
) -> None:
    proof = field(await browser.get("/auth/login"))
    form = {"form": proof, "next": "/", "login": "li", "password": PASSWORD}
    if missing in ("field", "both"):
        del form["form"]
    if missing in ("cookie", "both"):
        browser.cookies.clear()
    if missing == "other browser":
        async with visiting(gate) as other:
            form["form"] = field(await other.get("/auth/login"))
    if missing == "empty":
        browser.cookies.clear()
        browser.cookies.set("sentinel_visitor", "")
        form["form"] = ""
    answer = await browser.post("/auth/login", data=form)
    assert answer.status_code == 403
    assert "请重新填写" in answer.text
    assert "sentinel_session" not in str(answer.headers)


async def test_a_wrong_password_keeps_the_login_and_says_no_more(
    browser: httpx.AsyncClient,
) -> None:
    answer = await come_in(browser, password="<script>wrong")
    assert answer.status_code == 401
    assert "登录名或口令不正确" in answer.text
    assert field(answer, "login") == "li"
    assert "wrong" not in answer.text
    nobody = await browser.post(
        "/auth/login",
        data={"form": field(answer), "login": "<b>nobody", "password": "x", "next": "/"},
    )
    assert "登录名或口令不正确" in nobody.text
    assert "<b>nobody" not in nobody.text


async def test_too_many_failures_are_told_to_wait_in_minutes(browser: httpx.AsyncClient) -> None:
    for _ in range(5):
        await come_in(browser, password="wrong")
    answer = await come_in(browser)
    assert answer.status_code == 429
    assert "请在1分钟后再试" in answer.text


@pytest.mark.parametrize("onward", ["//evil.test", "/\\evil.test", "https://evil.test", "/%2f/x"])
async def test_signing_in_never_leads_elsewhere(browser: httpx.AsyncClient, onward: str) -> None:
    shown = await browser.get("/auth/login", params={"next": onward})
    assert field(shown, "next") == "/"
    assert (await come_in(browser, onward)).headers["location"] == "/"
    again = await browser.get("/auth/login", params={"next": onward})
    assert again.headers["location"] == "/"


async def test_signing_out_needs_the_form_and_ends_the_session(
    browser: httpx.AsyncClient, store: Store, clock: StandingClock
) -> None:
    await come_in(browser)
    token = browser.cookies["sentinel_session"]
    now = int(clock.now.timestamp())
    session = sign_in.session_of(store, token, now, Lasting())
    assert session is not None
    assert (await browser.get("/auth/logout")).status_code == 405
    for wrong in ({}, {"form": ""}, {"form": "guess"}):
        assert (await browser.post("/auth/logout", data=wrong)).status_code == 403
    assert (await browser.get("/")).status_code == 200
    answer = await browser.post("/auth/logout", data={"form": session.csrf})
    assert answer.headers["location"] == "/auth/login"
    assert sign_in.session_of(store, token, now, Lasting()) is None
    assert (await browser.post("/auth/logout")).headers["location"] == "/auth/login"


async def test_a_first_password_is_changed_before_anything_else(
    browser: httpx.AsyncClient, store: Store, person_id: int
) -> None:
    first = people.reset_password(store, None, person_id)
    answer = await come_in(browser, "/health", first)
    assert answer.headers["location"] == "/auth/password?next=/health"
    assert (await browser.get("/health")).headers["location"] == "/auth/password?next=/health"
    shown = await browser.get(answer.headers["location"])
    assert "首次登录" in shown.text
    form = {"form": field(shown), "next": field(shown, "next"), "old": first}
    differing = await browser.post("/auth/password", data=form | {"new": "A", "again": "B"})
    assert (differing.status_code, "不一致" in differing.text) == (422, True)
    weak = await browser.post("/auth/password", data=form | {"new": "A", "again": "A"})
    assert (weak.status_code, "长度" in weak.text) == (422, True)
    good = {"new": "Clear-Sky-2027", "again": "Clear-Sky-2027"}
    assert (await browser.post("/auth/password", data=good)).status_code == 403
    done = await browser.post("/auth/password", data=form | good)
    assert done.headers["location"] == "/health"
    assert (await browser.get("/health")).status_code == 200


async def test_a_password_is_changed_only_by_who_is_in(browser: httpx.AsyncClient) -> None:
    assert "/auth/login" in (await browser.get("/auth/password")).headers["location"]
    assert (await browser.post("/auth/password")).headers["location"] == "/auth/login"


async def test_whether_one_is_still_in_can_be_asked(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/auth/alive")).status_code == 401
    await come_in(browser)
    assert (await browser.get("/auth/alive")).status_code == 204


async def test_what_is_not_there_is_said_in_chinese(browser: httpx.AsyncClient) -> None:
    missing = await browser.get("/auth/nowhere")
    assert (missing.status_code, "没有这个页面" in missing.text) == (404, True)
    assert (await browser.put("/auth/login")).status_code == 405
    assert (await browser.post("/auth/login", content=b"x" * 20_000)).status_code == 413


async def test_the_sheets_carry_the_words_that_must_stand_there(
    browser: httpx.AsyncClient,
) -> None:
    shown = (await browser.get("/auth/login")).text
    assert "不监测公民个人账号" in shown
    assert "非涉密系统" in shown
    assert "演示数据 纯属虚构" in shown
    assert "某省&lt;公安厅&gt;" in shown
    assert "<script" not in shown
    assert not re.findall(r'(?:src|href|action)="(?!/)', shown)


async def test_no_answer_of_the_entrance_is_kept_by_a_cache(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/auth/login")).headers["cache-control"] == "no-store"


async def test_signing_in_takes_no_token_from_the_browser_and_ends_the_one_before(
    browser: httpx.AsyncClient, store: Store, clock: StandingClock
) -> None:
    shown = await browser.get("/auth/login")
    browser.cookies.set("sentinel_session", "planted-by-somebody-else")
    form = {"form": field(shown), "next": "/", "login": "li", "password": PASSWORD}
    await browser.post("/auth/login", data=form)
    first = browser.cookies.get("sentinel_session", domain="desk.test")
    browser.cookies.set("sentinel_session", first or "", domain="desk.test")
    again = await browser.post("/auth/login", data=form)
    # The proof was used with the visitor's cookie that signing in took away.
    assert again.status_code == 403
    assert first not in (None, "planted-by-somebody-else")


async def test_one_sees_where_one_is_signed_in_and_ends_what_one_does_not_know(
    browser: httpx.AsyncClient, gate: Gate
) -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0 Safari/537.36 Edg/141.0"
    async with visiting(gate) as phone:
        phone.headers["user-agent"] = "Mozilla/5.0 (iPhone) Safari/604 MicroMessenger/8"
        browser.headers["user-agent"] = edge
        await come_in(phone)
        await come_in(browser)
        shown = await browser.get("/auth/sessions")
        assert shown.text.count("10.0.0.7") == 2
        assert shown.text.count("本机，正在使用") == 1
        assert "苹果手机·微信" in shown.text
        assert "Windows 电脑·Edge浏览器" in shown.text
        assert "Mozilla" not in shown.text
        other = re.findall(r'name="seat" value="(\d+)"', shown.text)[0]
        refused = await browser.post("/auth/sessions", data={"seat": other})
        assert refused.status_code == 403
        assert (await phone.get("/")).status_code == 200
        proof = {"form": field(shown)}
        ended = await browser.post("/auth/sessions", data=proof | {"seat": other})
        assert ended.headers["location"] == "/auth/sessions"
        assert (await phone.get("/")).status_code == 303
        again = await browser.post("/auth/sessions", data=proof | {"seat": other})
        assert (again.status_code, "已结束" in again.text) == (409, True)
        assert (await browser.get("/")).status_code == 200


async def test_all_other_sessions_end_at_once_and_nobody_elses(
    browser: httpx.AsyncClient, gate: Gate, store: Store
) -> None:
    new = people.NewPerson("wang", "王某(演示)", (), PASSWORD, False)
    people.enrol(store, None, new)
    foreign = sign_in.sign_in(store, "wang", PASSWORD, "x", Lasting())
    async with visiting(gate) as phone:
        await come_in(phone)
        await come_in(browser)
        proof = {"form": field(await browser.get("/auth/sessions"))}
        taken = await browser.post("/auth/sessions", data=proof | {"seat": str(foreign.session.id)})
        assert taken.status_code == 409
        await browser.post("/auth/sessions", data=proof | {"seat": "others"})
        assert (await phone.get("/")).status_code == 303
    assert (await browser.get("/")).status_code == 200
    now = int(store.clock().timestamp())
    assert sign_in.session_of(store, foreign.token, now, Lasting()) is not None


async def test_the_sheet_of_sessions_is_for_who_is_in(browser: httpx.AsyncClient) -> None:
    assert "/auth/login" in (await browser.get("/auth/sessions")).headers["location"]
    assert (await browser.post("/auth/sessions")).headers["location"] == "/auth/login"


async def test_a_second_sign_in_of_one_browser_ends_its_first(
    browser: httpx.AsyncClient, gate: Gate, store: Store
) -> None:
    await come_in(browser)
    first = browser.cookies["sentinel_session"]
    async with visiting(gate) as same:
        shown = await same.get("/auth/login")
        same.cookies.set("sentinel_session", first)
        form = {"form": field(shown), "next": "/", "login": "li", "password": PASSWORD}
        assert (await same.post("/auth/login", data=form)).status_code == 303
    now = int(store.clock().timestamp())
    assert sign_in.session_of(store, first, now, Lasting()) is None
