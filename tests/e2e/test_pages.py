"""The pages on a filled store, in a real browser, wide and narrow."""

import pytest
from playwright.sync_api import Page, expect

from monitor.record.store import Store
from tests.e2e.running import Desk, settled
from tests.filled import fill_store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(shared_store: Store, shared_desk: Desk) -> Desk:
    """One dashboard on the small province for all of these: they only look."""
    fill_store(shared_store)
    return shared_desk


def test_a_figure_leads_to_the_list_and_the_list_to_the_account(desk: Desk, page: Page) -> None:
    desk.arrive(page)
    expect(page.locator(".ms-lead")).to_contain_text("备案账号23个")
    page.get_by_role("link", name="超14天未更新").click()
    settled(page)
    expect(page.locator(".ms-table")).to_contain_text("僵尸示例(演示)")
    page.locator(".ms-table").get_by_role("link", name="僵尸示例(演示)").click()
    settled(page)
    expect(page.get_by_role("heading", name="僵尸示例(演示)")).to_be_visible()
    expect(page.locator(".ms-verdict").first).to_contain_text("本厅口径")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert desk.outside == []


def test_a_filter_stands_in_the_address_and_survives_a_reload(desk: Desk, page: Page) -> None:
    desk.arrive(page, "/accounts")
    page.get_by_label("查找").fill("睡眠示例")
    page.get_by_label("查找").press("Enter")
    expect(page.locator(".ms-table tbody tr")).to_have_count(1)
    page.reload()
    settled(page)
    expect(page.locator(".ms-table tbody tr")).to_have_count(1)
    expect(page.get_by_label("查找")).to_have_value("睡眠示例")


def test_what_nobody_could_see_names_who_can_mend_it(desk: Desk, page: Page) -> None:
    desk.arrive(page, "/health?tab=undecided")
    first = page.locator(".ms-table tbody tr").first
    expect(first).to_contain_text("微信未授权")
    expect(first).to_contain_text("账号管理员")
    page.get_by_text("复制到微信群").click()
    expect(page.locator('[data-testid="stCode"]')).to_contain_text("请补数据")


@pytest.mark.parametrize("path", ["/", "/accounts", "/health", "/collecting"])
def test_nothing_stands_beyond_the_edge_of_a_phone(desk: Desk, phone: Page, path: str) -> None:
    desk.arrive(phone, path)
    wide = phone.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    assert wide <= 0
    assert desk.outside == []
