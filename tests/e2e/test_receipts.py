"""A receipt link on a phone: opened without login, filled in, submitted, thanked for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from monitor.access.ciphers import KeyRing
from monitor.actions import reporting
from monitor.actions.reporting import Asking
from monitor.clock import now
from monitor.domain.instants import to_second
from monitor.domain.iso_week import week_of
from monitor.domain.scope import EVERYTHING
from monitor.record import vault
from monitor.record.store import Store
from tests.e2e.running import Desk, picture, settled
from tests.filled import fill_store

pytestmark = pytest.mark.browser
KEY = bytes.fromhex("5a" * 32)


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk]) -> Desk:
    """The dashboard on the small province."""
    fill_store(live_store)
    return start_desk()


@pytest.fixture
def address(live_store: Store, desk: Desk) -> str:
    """The link of one county for this week."""
    week = week_of(to_second(now()))
    key = vault.own_secret(live_store, KeyRing((KEY,)), vault.LINKS)
    opened = reporting.open_week(live_store, None, key, Asking(week, EVERYTHING))
    token = next(each.token for each in opened if each.unit_name == "江陵县公安局")
    return f"{desk.url}/r/{token}"


def fill(page: Page) -> None:
    lines = page.locator(".line")
    for number in range(lines.count()):
        line = lines.nth(number)
        line.get_by_label("本周停更原因").select_option("人员调整")
        line.get_by_label("本周发布数").fill("0")


def test_a_unit_answers_on_a_phone_without_login(desk: Desk, phone: Page, address: str) -> None:
    phone.goto(address)
    expect(phone.get_by_role("heading", name="江陵县公安局 · 每周填报")).to_be_visible()
    wide = phone.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    picture(phone, "receipt-phone")
    phone.locator(".line").first.get_by_label("收到留言数").fill("许多")
    fill(phone)
    phone.get_by_role("button", name="提 交").click()
    expect(phone.get_by_role("alert").first).to_contain_text("请按下面的提示改好")
    picture(phone, "receipt-wrong")
    phone.locator(".line").first.get_by_label("收到留言数").fill("3")
    phone.get_by_role("button", name="提 交").click()
    expect(phone.get_by_role("heading", name="已收到，谢谢")).to_be_visible()
    picture(phone, "receipt-thanks")
    phone.goto(desk.url)
    expect(phone.get_by_role("button", name="登 录")).to_be_visible()
    phone.goto(f"{desk.url}/accounts")
    expect(phone.get_by_role("button", name="登 录")).to_be_visible()
    assert desk.outside == []


def test_the_office_sees_who_has_answered(desk: Desk, page: Page, address: str) -> None:
    desk.arrive(page, "/reporting")
    expect(page.get_by_text("各单位填报情况")).to_be_visible()
    picture(page, "reporting")
    guest = page.context.new_page()
    guest.goto(address)
    fill(guest)
    guest.get_by_role("button", name="提 交").click()
    expect(guest.get_by_role("heading", name="已收到，谢谢")).to_be_visible()
    page.reload()
    settled(page)
    page.get_by_text("各单位填报情况").click()
    row = page.locator("tr", has_text="江陵县公安局").first
    expect(row).to_contain_text("已填")
    picture(page, "reporting-status")
