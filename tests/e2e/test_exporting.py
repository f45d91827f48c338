"""导出 in a browser: refused without a purpose, asked for once, called off; on a phone too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from monitor.clock import now
from monitor.record import jobs as queue
from monitor.record.store import Store
from tests.e2e.running import Desk, picture, press_twice, settled
from tests.filled import fill_store

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk]) -> Desk:
    """The dashboard on the small province."""
    fill_store(live_store)
    return start_desk()


def test_an_export_is_asked_for_once_called_off_and_asked_for_again(
    desk: Desk, live_store: Store, page: Page, phone: Page
) -> None:
    desk.arrive(page, "/exporting")
    expect(page.get_by_text("还没有导出过")).to_be_visible()
    page.get_by_role("button", name="开始导出").click()
    expect(page.get_by_role("alert").filter(has_text="请填写用途")).to_be_visible()
    picture(page, "export-refused")
    page.get_by_label("用途").fill("11月通报附件")
    page.get_by_label("用途").press("Tab")
    settled(page)
    press_twice(page.get_by_role("button", name="开始导出"))
    expect(page.get_by_role("button", name="取消")).to_have_count(1)
    picture(page, "export-waiting")
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_text("已按要求取消").first).to_be_visible()
    with live_store.reading() as tx:
        assert queue.free(tx, int(now().timestamp())) == []
    desk.arrive(phone, "/exporting")
    wide = phone.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    picture(phone, "export-phone")
    assert desk.outside == []
