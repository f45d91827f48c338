"""通报 in a browser: the gate, a draft asked for, its page, put up for approval; on a phone too."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from monitor.domain.bulletin import Sort
from monitor.record import bulletins
from monitor.record.store import Store
from tests.e2e.running import Desk, settled
from tests.filled import fill_store
from tests.report.bulletin_samples import WITHIN

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk]) -> Desk:
    """The dashboard on the small province, where a draft lies ready."""
    made = fill_store(live_store)
    dropped = {"整改单号": "整改〔2026〕020号", "账号": "甲(微博)", "单位": "某县公安局"}
    content = {"within": WITHIN, "public": WITHIN, "dropped": [dropped | {"原因": "尚未核实"}]}
    with live_store.writing() as tx:
        unit = min(made.paths, key=lambda each: len(made.paths[each]))
        drafted = bulletins.Drafted(
            made.units[unit],
            Sort.QUARTER,
            "2026Q3",
            content,
            "0" * 64,
            (tx.second, tx.stamp),
            dropped=1,
        )
        bulletins.draft(tx, drafted)
    return start_desk()


def picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look at it."""
    folder = os.environ.get("SENTINEL_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_draft_is_asked_for_looked_at_and_put_up_for_approval(
    desk: Desk, page: Page, phone: Page
) -> None:
    desk.arrive(page, "/bulletins")
    expect(page.get_by_text("因程序未满不能入").first).to_be_visible()
    page.get_by_text("生成草稿").first.click()
    picture(page, "bulletins")
    page.get_by_test_id("stForm").get_by_role("button", name="生成草稿").click()
    expect(page.get_by_role("alert").filter(has_text="联系人及电话")).to_be_visible()
    page.get_by_label("联系人及电话").fill("某某,027-00000000")
    page.get_by_test_id("stForm").get_by_role("button", name="生成草稿").dblclick()
    expect(page.get_by_role("button", name="取消")).to_have_count(1)
    page.get_by_role("link", name="2026年第三季度").click()
    expect(page.get_by_role("heading", name="附件1 问题清单")).to_be_visible()
    picture(page, "bulletin")
    page.get_by_role("button", name="送审").click()
    expect(page.locator("dl").first).to_contain_text("拟稿", timeout=20_000)
    page.get_by_role("link", name="查看审批").click()
    expect(page.get_by_text("数据校验值").first).to_be_visible(timeout=20_000)
    settled(page)
    picture(page, "bulletin-approval")
    for path in ("/bulletins", "/bulletins?id=1"):
        desk.arrive(phone, path) if path == "/bulletins" else desk.open(phone, path)
        wide = phone.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0
        picture(phone, f"phone{path[-4:].strip('=')}")
    assert desk.outside == []
