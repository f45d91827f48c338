"""Signing in, as a person does it: in a real browser, against the running dashboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.running import Desk, settled

pytestmark = pytest.mark.browser


def test_a_person_signs_in_and_stands_before_the_desk(desk: Desk, page: Page) -> None:
    page.goto(desk.url)
    page.screenshot(path="/tmp/w_login.png")
    desk.sign_in(page)
    expect(page.locator(".desk-who")).to_contain_text("周明远", timeout=20_000)
    settled(page)
    page.screenshot(path="/tmp/w_home.png")
    for slug in ("accounts","health","collecting","nowhere"):
        page.goto(desk.url+"/"+slug)
        settled(page)
        page.wait_for_timeout(1500)
        page.screenshot(path=f"/tmp/w_{slug}.png")
    print(desk.outside, desk.console)
    assert desk.outside == []
    assert desk.console == []


def test_phone(desk: Desk, phone: Page) -> None:
    phone.goto(desk.url)
    phone.screenshot(path="/tmp/w_phone_login.png")
    desk.sign_in(phone)
    settled(phone)
    phone.screenshot(path="/tmp/w_phone.png")
    phone.get_by_test_id("stExpandSidebarButton").click()
    phone.wait_for_timeout(800)
    phone.screenshot(path="/tmp/w_phone_menu.png")
