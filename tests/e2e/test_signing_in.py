"""Signing in and out, as a person does it: in a real browser, against the running dashboard."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from monitor.actions import people
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.e2e.conftest import enrol
from tests.e2e.running import PASSWORD, Desk, settled

pytestmark = pytest.mark.browser

ENTRANCE = re.compile(r"/auth/login")


@pytest.fixture(scope="module")
def desk(shared_desk: Desk) -> Desk:
    """One dashboard for all of these; who is put out or locked out is somebody of that test."""
    return shared_desk


@pytest.fixture(scope="module")
def live_store(shared_store: Store) -> Store:
    """The store behind it."""
    return shared_store


@pytest.fixture
def passer(live_store: Store, request: pytest.FixtureRequest) -> tuple[str, int]:
    """Somebody of this test alone: the login and the id."""
    login = f"p{abs(hash(request.node.nodeid)) % 10**9}"
    return login, enrol(live_store, login, "吴某(演示)", Grant(Role.EDITOR, "/"))


def at_the_entrance(page: Page) -> None:
    expect(page.get_by_role("button", name="登 录")).to_be_visible()


def test_a_person_signs_in_works_reloads_and_signs_out(desk: Desk, page: Page) -> None:
    page.goto(f"{desk.url}/health?status=x")
    at_the_entrance(page)
    assert "next=/health" in page.url
    page.get_by_label("登录名").fill("editor")
    page.get_by_label("口令", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    settled(page)
    assert page.url == f"{desk.url}/health?status=x"
    expect(page.locator(".desk-who")).to_have_text("周某(演示)编辑")
    page.reload()
    settled(page)
    cookie = next(each for each in page.context.cookies() if each["name"] == "sentinel_session")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    page.get_by_role("button", name="退出").click()
    at_the_entrance(page)
    page.goto(desk.url)
    at_the_entrance(page)
    assert desk.outside == []
    assert desk.console == []


def test_wrong_passwords_are_refused_and_then_made_to_wait(
    desk: Desk, page: Page, passer: tuple[str, int]
) -> None:
    for login in (passer[0], "nobody"):
        for _ in range(5):
            desk.sign_in(page, login, "wrong")
            expect(page.get_by_role("alert")).to_have_text("登录名或口令不正确。")
        desk.sign_in(page, login)
        expect(page.get_by_role("alert")).to_have_text(re.compile("请在1分钟后再试"))
        expect(page.get_by_label("登录名")).to_have_value(login)


def test_a_form_without_its_proof_is_refused_by_the_running_server(desk: Desk, page: Page) -> None:
    form = {"login": "editor", "password": PASSWORD, "next": "/"}
    refused = page.context.request.post(f"{desk.url}/auth/login", form=form)
    assert refused.status == 403
    assert "sentinel_session" not in str(refused.headers)
    desk.arrive(page)
    assert page.context.request.post(f"{desk.url}/auth/logout").status == 403
    page.reload()
    settled(page)


@pytest.mark.parametrize("trick", ["//evil.test/x", "/\\evil.test", "https://evil.test"])
def test_an_address_with_a_trick_leads_home(desk: Desk, page: Page, trick: str) -> None:
    page.goto(f"{desk.url}/auth/login?next={trick}")
    page.get_by_label("登录名").fill("editor")
    page.get_by_label("口令", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登 录").click()
    settled(page)
    assert page.url == f"{desk.url}/"
    assert desk.outside == []


def test_a_revoked_session_is_out_at_the_next_click(
    desk: Desk, page: Page, live_store: Store, passer: tuple[str, int]
) -> None:
    desk.arrive(page, "/health", passer[0])
    revoke(live_store)
    page.get_by_role("link", name="账号", exact=True).click()
    expect(page).to_have_url(ENTRANCE)
    at_the_entrance(page)


def test_a_revoked_session_is_out_within_seconds_without_a_click(
    desk: Desk, page: Page, live_store: Store, passer: tuple[str, int]
) -> None:
    login, person_id = passer
    desk.arrive(page, login=login)
    people.disable(live_store, None, person_id)
    expect(page).to_have_url(ENTRANCE)


def test_a_first_password_must_be_changed(
    desk: Desk, page: Page, live_store: Store, passer: tuple[str, int]
) -> None:
    login, person_id = passer
    first = people.reset_password(live_store, None, person_id)
    desk.sign_in(page, login, first)
    expect(page.get_by_role("heading", name="修改口令")).to_be_visible()
    page.goto(desk.url)
    expect(page.get_by_role("heading", name="修改口令")).to_be_visible()
    page.get_by_label("原口令").fill(first)
    page.get_by_label("新口令", exact=True).fill("Clear-Sky-2027")
    page.get_by_label("再输一次新口令").fill("Clear-Sky-2027")
    page.get_by_role("button", name="保存新口令").click()
    settled(page)


def test_a_person_without_a_role_is_told_so(desk: Desk, page: Page, live_store: Store) -> None:
    enrol(live_store, "roleless", "何某(演示)")
    desk.arrive(page, login="roleless")
    expect(page.get_by_text("当前角色没有可以查看的页面")).to_be_visible()


def revoke(store: Store) -> None:
    """End every session, as an administrator's statement in the database would."""
    with store.writing() as tx:
        tx.conn.execute(text("UPDATE session SET revoked_at = 1"))


def test_what_is_typed_at_the_entrance_never_stands_in_the_log(desk: Desk, page: Page) -> None:
    desk.sign_in(page, "somebody", "Typed-In-Vain-7")
    desk.arrive(page)
    log = desk.log.read_text("utf-8")
    assert "Typed-In-Vain-7" not in log
    assert PASSWORD not in log
