"""账号办理 in a browser: the yearly check by a tick, an application made and seen to wait."""

from playwright.sync_api import BrowserContext, expect

from monitor.record.store import Store
from tests.e2e.running import Desk
from tests.filled import fill_store


def test_an_editor_confirms_an_account_and_applies_for_a_closure(
    shared_store: Store, shared_desk: Desk, office: BrowserContext
) -> None:
    made = fill_store(shared_store)
    shared_desk.enter(office)
    page = shared_desk.watch(office.new_page())
    shared_desk.open(page, "/lifecycle")
    page.get_by_role("tab", name="年度核对").click()
    left = page.get_by_text("尚未核对")
    expect(left).to_be_visible()
    before = left.inner_text()
    page.get_by_role("checkbox").nth(1).check(force=True)
    page.get_by_role("button", name="年度核对确认").click()
    page.get_by_role("tab", name="年度核对").click()
    expect(page.get_by_text("尚未核对")).not_to_have_text(before)
    account = min(made.accounts.values())
    shared_desk.open(page, f"/accounts?id={account}")
    page.locator("summary", has_text="账号办理").click()
    page.get_by_role("combobox", name="办理事项").click()
    page.get_by_role("option", name="申请关停").click()
    page.get_by_label("情况说明").fill("人员调整,无力维护")
    page.get_by_role("button", name="申请关停").click()
    expect(page.get_by_text("办理记录")).to_be_visible()
    shared_desk.open(page, "/lifecycle")
    expect(page.get_by_text("待批准的申请 1项")).to_be_visible()
    expect(page.get_by_text("情况说明：人员调整,无力维护").first).to_be_visible()
    page.get_by_role("link", name="未送审，还没有人可签").click()
    expect(page.get_by_role("heading", name="关于关停")).to_be_visible()
    expect(page.get_by_role("link", name="查看这个账号和办理记录")).to_be_visible()
    assert not shared_desk.outside
    assert not shared_desk.console
    page.close()
