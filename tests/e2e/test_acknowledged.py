"""A distributed form's receipt on a phone, and on the desk of who sent it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from monitor.actions import forms
from monitor.actions.forms import NewRound
from monitor.clock import now
from monitor.domain.instants import DAY, to_second
from monitor.domain.unit import Level
from monitor.record.store import Store
from tests.e2e.running import Desk, picture, press_twice, settled
from tests.filled import fill_store

pytestmark = pytest.mark.browser
UNIT = "荆州市公安局"


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk]) -> Desk:
    """The dashboard on the small province, with a form out to every prefecture."""
    fill_store(live_store)
    due = to_second(now()) + DAY
    forms.send(live_store, None, NewRound("11月台账核对", Level.PREFECTURE.value, due))
    return start_desk()


def narrow(page: Page) -> bool:
    """Whether nothing sticks out at the side."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    return int(wide) <= 0


def test_a_link_made_on_the_desk_is_signed_on_a_phone(desk: Desk, page: Page, phone: Page) -> None:
    desk.arrive(page, "/returns")
    page.get_by_text("免登录签收链接").click()
    page.get_by_role("button", name="生成签收链接").click()
    texts = page.locator("code", has_text="/r/")
    expect(texts).to_be_visible()
    told = texts.inner_text()
    picture(page, "returns-links")
    line = next(each for each in told.splitlines() if UNIT in each)
    phone.goto(f"{desk.url}/r/{line.split('/r/')[1].strip()}")
    expect(phone.get_by_role("heading", name="11月台账核对")).to_be_visible()
    assert narrow(phone)
    picture(phone, "sign-phone")
    phone.get_by_label("说明").fill("密级：机密★5年")
    phone.get_by_role("button", name="签 收").click()
    expect(phone.get_by_role("alert")).to_contain_text("未提交")
    picture(phone, "sign-refused")
    phone.get_by_label("说明").fill("两个账号正在移交，周五前补齐。")
    press_twice(phone.get_by_role("button", name="签 收"))
    expect(phone.get_by_role("heading", name="已签收，谢谢")).to_be_visible()
    assert narrow(phone)
    picture(phone, "sign-thanks")
    page.reload()
    settled(page)
    row = page.locator("tr", has_text=UNIT)
    expect(row).to_contain_text("两个账号正在移交")
    picture(page, "returns-signed")
    assert desk.outside == []
