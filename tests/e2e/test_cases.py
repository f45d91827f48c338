"""A case lived from 疑似 to 销号 by four parties, and one an appeal ended, in a browser."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from monitor.clock import now
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.builders import a_finding, a_look
from tests.e2e.browsing import NARROW, WIDE, a_browser
from tests.e2e.conftest import enrol
from tests.e2e.running import ROOT, Desk, settled
from tests.filled import Filled, fill_store
from tests.office.opened import opened

pytestmark = pytest.mark.browser
CITY, COUNTY = "荆州市公安局", "江陵县公安局"
QUIET, NEVER, ZOMBIE = "平安江陵县公", "从未更新示例", "僵尸示例"
SHOWN = {"rectify-sheet", "rectify-list"}
PNG = b"\x89PNG\r\n\x1a\nscan"


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk]) -> Desk:
    """The dashboard on the small province, where a county account is not filed, with four hands."""
    made: Filled = fill_store(live_store)
    with live_store.writing() as tx:
        name = next(each for each in made.accounts if each.startswith(QUIET))
        book = made.rulebooks["hubei-default"]
        a_finding(tx, made.accounts[name], book, "未备案", sentence="省平台未见备案号。")
        tx.conn.exec_driver_sql(
            f"UPDATE account_day SET problems = '未备案' WHERE account_id = {made.accounts[name]}"
        )
        never = next(each for key, each in made.accounts.items() if key.startswith(NEVER))
        a_look(tx, never, made.routes["weibo/own"], 0, tx.second - 60)
        tx.conn.exec_driver_sql(f"UPDATE coverage SET looked_at = {int(now().timestamp()) - 60}")
    enrol(live_store, "head", "郑某(演示)", Grant(Role.HEAD, "/"))
    enrol(live_store, "city", "冯某(演示)", Grant(Role.LIAISON, made.paths[CITY]))
    enrol(live_store, "county", "吴某(演示)", Grant(Role.UNIT_LIAISON, made.paths[COUNTY]))
    return start_desk()


def picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look at it; with 1 those that stand in docs/images."""
    folder = os.environ.get("SENTINEL_PICTURES")
    if folder == "1" and name in SHOWN:
        page.set_viewport_size({"width": WIDE["width"], "height": 1500})
        page.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")
        page.set_viewport_size(WIDE)
    elif folder and folder != "1":
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def verified(page: Page, desk: Desk, account: str) -> None:
    """属实 on 健康, for one account."""
    desk.open(page, "/health")
    page.get_by_label("账号(可多选)").click()
    page.keyboard.type(account)
    page.get_by_role("option").filter(has_text=account).first.click()
    page.keyboard.press("Escape")
    settled(page)
    page.get_by_role("button", name="办理", exact=True).click()
    expect(page.get_by_text("已办理1个账号")).to_be_visible()


def pressed(
    page: Page, desk: Desk, case: int, step: tuple[str, str], measure: str = "", scan: bytes = b""
) -> None:
    """Choose a button of the case, write why, press it; the other word then stands in the head."""
    move, then = step
    desk.open(page, f"/cases?id={case}")
    page.get_by_test_id("stRadio").get_by_text(move, exact=True).click()
    form = page.get_by_test_id("stForm").last
    expect(form.get_by_role("button", name=move, exact=True)).to_be_visible()
    form.get_by_label("说明").fill("已核对，情况如此。")
    if measure:
        form.get_by_label("处置措施").click()
        page.get_by_role("option", name=measure, exact=True).click()
    if scan:
        given: FilePayload = {"name": "截图.png", "mimeType": "image/png", "buffer": scan}
        form.locator("input[type=file]").set_input_files(given)
        expect(form.get_by_text("截图.png")).to_be_visible()
    form.get_by_role("button", name=move, exact=True).click()
    expect(page.locator("dl").first).to_contain_text(then)
    settled(page)


def issued(page: Page, desk: Desk, case: int, kind: str) -> None:
    """Issue a paper of a case under the next number."""
    desk.open(page, f"/cases?id={case}")
    page.get_by_text("出具文书").click()
    form = page.get_by_test_id("stForm").filter(has_text="联系人及电话")
    form.get_by_label("联系人及电话").fill("省厅宣传处 027-00000000")
    form.get_by_role("button", name="编号并出具").click()
    expect(page.get_by_role("button", name=f"下载{kind}")).to_be_visible()
    settled(page)


def fetched(page: Page, desk: Desk, case: int, *kinds: str) -> dict[str, bytes]:
    """Papers or files of a case as somebody downloads them."""
    desk.open(page, f"/cases?id={case}")
    found = {}
    for kind in kinds:
        with page.expect_download() as downloading:
            page.get_by_role("button", name=f"下载{kind}", exact=True).click()
        found[downloading.value.suggested_filename] = downloading.value.path().read_bytes()
    return found


def to_its_end(hands: dict[str, Page], desk: Desk) -> None:
    """The first case, from 待核实 to 已销号."""
    issued(hands["editor"], desk, 1, "核实函")
    for who, move, then in (
        ("editor", "提请审核", "待审核"),
        ("county", "情况说明", "待审核"),
        ("head", "同意交办", "已交办"),
    ):
        pressed(hands[who], desk, 1, (move, then))
    issued(hands["editor"], desk, 1, "整改通知书")
    for who, move, then in (
        ("city", "转办", "已交办"),
        ("county", "签收", "整改中"),
        ("county", "提交整改情况", "待初核"),
        ("city", "初核通过", "待复核"),
        ("editor", "复核通过并销号", "已销号"),
    ):
        if move == "复核通过并销号":
            desk.open(hands["editor"], "/cases?id=1")
            expect(hands["editor"].get_by_text("自动复查").first).to_be_visible()
            picture(hands["editor"], "rectify-sheet")
        handed = PNG if move == "提交整改情况" else b""
        pressed(hands[who], desk, 1, (move, then), scan=handed)
        picture(hands[who], f"case-{who}-{move}")


def upheld(hands: dict[str, Page], desk: Desk) -> None:
    """The second, which an appeal ends and a letter puts right."""
    pressed(hands["editor"], desk, 2, ("提请审核", "待审核"), measure="提醒")
    pressed(hands["head"], desk, 2, ("同意交办", "已交办"))
    issued(hands["editor"], desk, 2, "工作提示")
    for who, move, then in (
        ("city", "转办", "已交办"),
        ("county", "申请复核", "复核申请中"),
        ("head", "复核成立", "经核实不属实"),
    ):
        pressed(hands[who], desk, 2, (move, then))
    issued(hands["editor"], desk, 2, "更正通知")


def test_a_case_is_lived_by_four_parties_and_an_appeal_ends_another(
    desk: Desk, page: Page, browser: Browser, tmp_path: Path
) -> None:
    hands = {"editor": page}
    for login in ("head", "city", "county"):
        size = NARROW if login == "county" else WIDE
        context = a_browser(browser, size)
        hands[login] = context.new_page()
    for login, where in hands.items():
        desk.arrive(where, "/cases", login)
        expect(where.get_by_text("没有整改单").first).to_be_visible()
    for account in (QUIET, NEVER, ZOMBIE):
        verified(page, desk, account)
    to_its_end(hands, desk)
    upheld(hands, desk)
    pressed(page, desk, 3, ("提请审核", "待审核"))
    pressed(page, desk, 3, ("转关停程序", "转关停程序"))
    issued(page, desk, 3, "关停申请表")
    letters = {
        **fetched(hands["county"], desk, 1, "核实函", "整改通知书"),
        **fetched(hands["county"], desk, 2, "工作提示", "更正通知"),
        **fetched(page, desk, 3, "关停申请表"),
    }
    assert len(letters) == 5
    again = opened(tmp_path, letters)
    for name in letters:
        assert "公安" in again[name].read_text("utf-8-sig"), name
    assert fetched(page, desk, 1, "附件：截图.png") == {"截图.png": PNG}
    desk.open(page, "/cases?tab=errors")
    expect(page.get_by_text("推翻1/核实")).to_be_visible()
    picture(page, "rectify-errors")
    desk.open(page, "/cases?tab=all")
    picture(page, "rectify-list")
    expect(page.locator(".ms-table")).to_contain_text("整改〔")
    desk.open(page, "/health")
    picture(page, "cases-health")
    assert desk.outside == []
