"""启用向导 from an empty store to the first patrol, with the browser only."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.dashboard.test_setting_up import LEDGER
from tests.e2e.browsing import NARROW
from tests.e2e.running import Desk, settled
from tests.e2e.test_frame import english

pytestmark = pytest.mark.browser
PICTURES = Path(os.environ.get("SENTINEL_SHOTS", ""))
PEOPLE = "登录名,姓名,角色,机构代码\njingzhou.wang,王某(演示),市州联络员,421000000000\n"
ENGLISH = re.compile(r"[A-Za-z]{4,}")
KEPT = re.compile(r"demo_\w+|hubei|default|jingzhou|wang|XLSX?|CSV|Excel|xlsx|csv|Ctrl")


@pytest.fixture(scope="module")
def desk(shared_desk: Desk) -> Desk:
    """One dashboard for all of these: on a phone they only look, whatever is set up by then."""
    return shared_desk


def shot(page: Page, name: str) -> None:
    if os.environ.get("SENTINEL_SHOTS"):
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def at_step(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    settled(page)
    said = " ".join(english(page))
    assert ENGLISH.findall(KEPT.sub(" ", said)) == [], title


def upload(page: Page, name: str, content: bytes) -> None:
    file = FilePayload(name=name, mimeType="text/csv", buffer=content)
    page.locator('[data-testid="stFileUploader"] input[type=file]').first.set_input_files(file)


def office_and_units(page: Page) -> None:
    at_step(page, "第1步 本单位与部署方式")
    shot(page, "1-office")
    page.get_by_label("本单位名称").fill("某省公安厅宣传处")
    press(page, "保存，下一步")
    at_step(page, "第2步 单位树")
    expect(page.locator(".desk-office")).to_have_text("某省公安厅宣传处")
    press(page, "载入湖北预置单位")
    expect(page.get_by_text("已载入")).to_be_visible()
    shot(page, "2-units")
    press(page, "单位树无误，下一步")


def ledger_and_people(page: Page) -> None:
    at_step(page, "第3步 台账导入")
    upload(page, "台账.csv", LEDGER)
    expect(page.get_by_text("新增的账号（3个）")).to_be_visible()
    shot(page, "3-ledger")
    press(page, "确认保存")
    at_step(page, "第4步 人员与联络员")
    upload(page, "人员.csv", PEOPLE.encode("utf-8-sig"))
    press(page, "新增1人并生成初始密码条")
    expect(page.locator(".ms-slip")).to_have_count(1)
    shot(page, "4-people")
    press(page, "密码条已打印，下一步")


def sources_standards_and_trial(page: Page) -> None:
    at_step(page, "第5步 数据来源")
    shot(page, "5-sources")
    press(page, "保存，下一步")
    at_step(page, "第6步 认定标准")
    shot(page, "6-standards")
    press(page, "确认，下一步")
    at_step(page, "第7步 首次巡查与试运行")
    shot(page, "7-trial")
    press(page, "开始试运行")


def test_an_empty_office_is_set_up_with_the_browser_alone(desk: Desk, page: Page) -> None:
    desk.arrive(page)
    page.get_by_role("link", name="启用向导").last.click()
    office_and_units(page)
    ledger_and_people(page)
    sources_standards_and_trial(page)
    end = page.get_by_text("已建账号 3 个；可认定 0 个；本周需巡查 3 个")
    expect(end).to_be_visible()
    shot(page, "8-end")
    for path in ("/", "/accounts", "/health", "/collecting"):
        desk.open(page, path)
        expect(page.locator(".desk-trial")).to_be_visible()
    assert desk.outside == []
    assert desk.console == []


@pytest.mark.parametrize("step", ["office", "ledger", "standards", "trial", "end"])
def test_nothing_of_the_wizard_stands_beyond_the_edge_of_a_phone(
    desk: Desk, phone: Page, step: str
) -> None:
    desk.arrive(phone, f"/setting_up?step={step}")
    assert phone.viewport_size == NARROW
    shot(phone, f"phone-{step}")
    wide = phone.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    assert wide <= 0
