"""A text is written in two windows at once, sent up, and signed on a phone with two buttons."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.e2e.browsing import NARROW, a_browser
from tests.e2e.conftest import enrol
from tests.e2e.running import Desk, chosen, picture, settled
from tests.filled import fill_store

pytestmark = pytest.mark.browser
PEOPLE = (
    ("secrecy", "吴某(演示)", Role.SECRECY),
    ("head", "郑某(演示)", Role.HEAD),
    ("director", "冯某(演示)", Role.DIRECTOR),
)


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk]) -> Desk:
    """The dashboard on the small province, with those who sign."""
    fill_store(live_store)
    for login, name, role in PEOPLE:
        enrol(live_store, login, name, Grant(role, "/"))
    return start_desk()


def write(page: Page, label: str, text: str) -> None:
    """Into a field, and out of it."""
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(label, exact=True).blur()
    settled(page)


def draft(page: Page) -> None:
    write(page, "标题", "国庆返程交通安全提示")
    write(page, "正文", "系好安全带，不疲劳驾驶。\n雾天减速慢行。")
    chosen(page, "拟发平台", "微信公众号")


def save(page: Page) -> None:
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="国庆返程交通安全提示")).to_be_visible()
    settled(page)


def test_two_editors_neither_loses_words_and_a_leader_signs_on_a_phone(
    desk: Desk, page: Page, browser: Browser
) -> None:
    taken_up_again(desk, page)
    draft(page)
    save(page)
    one = page.url.partition("id=")[2]
    merged(desk, page, browser, one)
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator(".ms-checks")).to_contain_text("待保密审查员办理")
    picture(page, "approving-writer")
    for (login, name, _), yes in zip(PEOPLE, ("同意", "同意并呈报", "审签同意"), strict=True):
        signed(desk, browser, (login, name), yes)
    desk.open(page, f"/approving?id={one}")
    expect(page.locator(".ms-badge").first).to_have_text("已签发")
    picture(page, "approving-done")
    desk.open(page, f"/approving?id={one}&sheet=print")
    expect(page.locator(".ms-print")).to_contain_text("信息发布审批单")
    picture(page, "approving-print")
    desk.open(page, "/approving?tab=written")
    picture(page, "approving-written")
    assert desk.outside == []


def taken_up_again(desk: Desk, page: Page) -> None:
    """What was typed and not sent is offered back after a reload."""
    desk.arrive(page, "/approving?write=new")
    write(page, "标题", "先写一半")
    page.reload()
    settled(page)
    expect(page.get_by_text("尚未提交的内容还在")).to_be_visible()
    picture(page, "approving-draft")
    page.get_by_role("button", name="接着填写").click()
    settled(page)
    expect(page.get_by_label("标题", exact=True)).to_have_value("先写一半")


def merged(desk: Desk, page: Page, browser: Browser, one: str) -> None:
    """Two windows save: the second sees both texts, and puts them together."""
    other = a_browser(browser)
    second = other.new_page()
    desk.arrive(second, f"/approving?write={one}")
    desk.open(page, f"/approving?write={one}")
    write(second, "正文", "第二个窗口先保存。")
    save(second)
    other.close()
    write(page, "正文", "第一个窗口后保存。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("另一位同事刚刚保存过")).to_be_visible()
    expect(page.locator(".ms-table")).to_contain_text("第二个窗口先保存。")
    expect(page.locator(".ms-table")).to_contain_text("第一个窗口后保存。")
    picture(page, "approving-clash")
    write(page, "正文", "两个窗口的内容都在。")
    save(page)
    expect(page.locator(".ms-text").first).to_have_text("两个窗口的内容都在。")


def signed(desk: Desk, browser: Browser, who: tuple[str, str], yes: str) -> None:
    """On a phone, by touch: from the list to the page, and the first of two buttons."""
    login, name = who
    phone = a_browser(browser, NARROW, is_mobile=True, has_touch=True)
    page = phone.new_page()
    desk.arrive(page, "/approving", login)
    page.get_by_role("link", name="国庆返程交通安全提示").tap()
    settled(page)
    wide = page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    assert wide <= 0
    expect(page.get_by_role("button", name="退回修改")).to_be_visible()
    picture(page, f"approving-phone-{login}")
    page.get_by_role("button", name=yes, exact=True).tap()
    expect(page.locator(".ms-checks")).to_contain_text(name)
    expect(page.get_by_role("button", name=yes, exact=True)).to_have_count(0)
    phone.close()
