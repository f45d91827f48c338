"""Signing in, as a person does it: in a real browser, against the running dashboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.running import Desk, settled

pytestmark = pytest.mark.browser


def test_a_person_signs_in_and_stands_before_the_desk(desk: Desk, page: Page) -> None:
    desk.sign_in(page)
    expect(page.locator(".desk-who")).to_contain_text("周明远", timeout=20_000)
    settled(page)
    page.screenshot(path="/tmp/w_home.png")
    assert desk.outside == []
    assert desk.console == []
