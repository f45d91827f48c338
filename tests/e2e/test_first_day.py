"""The first day of an office with the browser only; takes the pictures of docs/zh/第一天.md.

Each step is what the page tells its readers to do. With SENTINEL_PICTURES=1 (`make pictures`) the
pictures are those that stand in docs/images.
"""

import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, ViewportSize, expect

from monitor.clock import now
from monitor.domain.instants import DAY, say_minute, to_second
from monitor.domain.iso_week import week_of
from monitor.record.store import Store
from monitor.runs import digest, judge, setup
from monitor.runs.parts import Parts
from tests.e2e.running import ROOT, Desk, settled
from tests.e2e.test_patrol import answered, name_of
from tests.e2e.test_setting_up import PEOPLE, at_step, press
from tests.service.parts import some_parts
from tests.shipped import shipped

pytestmark = pytest.mark.browser
KEPT = os.environ.get("SENTINEL_PICTURES") == "1"
PICTURES = ROOT / "docs" / "images" if KEPT else Path(tempfile.gettempdir()) / "sentinel-shots"
SLOWEST = 60_000
TALL = ViewportSize(width=1366, height=960)
WITHOUT_TOASTS = '[data-testid="stToast"] { display: none }'
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SITE = "https://demo.invalid"
SMALL_LEDGER = (
    "平台,账号名称,账号ID,主办单位,主页链接,开设日期\n"
    f"微信公众号,平安荆州(演示),demo_1,荆州市公安局,{SITE}/1,2018-05-01\n"
    f"抖音,荆州公安(演示),demo_2,荆州市公安局,{SITE}/2,2019-03-11\n"
    f"微博,平安武汉V(演示),demo_3,武汉市公安局,{SITE}/3,2017-09-20\n"
    f"抖音,武汉公安(演示),,武汉市公安局,{SITE}/4,2019-06-01\n"
).encode("utf-8-sig")
CITY_ROWS = (
    ("荆州市公安系统政务新媒体台账", "", "", "", "", ""),
    ("填报单位:荆州市公安局", "", "", "", "", ""),
    ("单位", "抖音", "", "快手", "", "备注"),
    ("", "账号名", "链接", "账号名", "链接", ""),
    ("江陵县公安局", "江陵公安(演示)", f"{SITE}/5", "江陵警方(演示)", f"{SITE}/6", ""),
    ("公安县公安局", "公安县公安(演示)", f"{SITE}/7", "无", "", "快手未开通"),
    ("石首市公安局", "石首公安(演示)", f"{SITE}/8", "石首警方(演示)", f"{SITE}/9", ""),
    ("注:本表由各县市区局报送,每季度更新一次", "", "", "", "", ""),
)


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """An empty desk whose screenshots and layouts lie in a folder of the test's own."""
    del live_store
    folder = shipped(tmp_path / "data")
    (folder / "local").mkdir()
    return start_desk(DATA_DIR=str(folder))


def shot(page: Page, name: str) -> None:
    """A picture of the screen as it stands, without messages that come and go."""
    settled(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(
        path=PICTURES / f"first-day-{name}.png", animations="disabled", style=WITHOUT_TOASTS
    )


def drop(page: Page, name: str, content: bytes, kind: str = XLSX) -> None:
    file = FilePayload(name=name, mimeType=kind, buffer=content)
    page.locator('[data-testid="stFileUploader"] input[type=file]').first.set_input_files(file)


def wizard(desk: Desk, page: Page) -> None:
    """启用向导, seven steps."""
    page.get_by_role("link", name="启用向导").last.click()
    at_step(page, "第1步 本单位与部署方式")
    page.get_by_label("本单位名称").fill("某省公安厅宣传处(演示)")
    shot(page, "wizard-office")
    press(page, "保存，下一步")
    at_step(page, "第2步 单位树")
    press(page, "载入湖北预置单位")
    expect(page.get_by_text("已载入")).to_be_visible(timeout=SLOWEST)
    press(page, "单位树无误，下一步")
    at_step(page, "第3步 台账导入")
    drop(page, "台账.csv", SMALL_LEDGER, "text/csv")
    expect(page.get_by_text("新增的账号（4个）")).to_be_visible(timeout=SLOWEST)
    expect(page.get_by_text("这份台账是谁的")).to_be_visible(timeout=SLOWEST)
    shot(page, "wizard-ledger")
    press(page, "确认保存")
    at_step(page, "第4步 人员与联络员")
    drop(page, "人员.csv", PEOPLE.encode("utf-8-sig"), "text/csv")
    press(page, "新增1人并生成初始密码条")
    expect(page.locator(".ms-slip")).to_have_count(1, timeout=SLOWEST)
    press(page, "密码条已打印，下一步")
    at_step(page, "第5步 数据来源")
    press(page, "保存，下一步")
    at_step(page, "第6步 认定标准")
    shot(page, "wizard-standards")
    press(page, "确认，下一步")
    at_step(page, "第7步 首次巡查与试运行")
    press(page, "开始试运行")
    expect(page.get_by_text("已建账号 4 个")).to_be_visible(timeout=SLOWEST)
    shot(page, "wizard-end")


def ledger(desk: Desk, page: Page) -> None:
    """A city's own ledger: titles, a header of two rows, a column group for each platform."""
    desk.open(page, "/ledger")
    drop(page, "荆州市台账.xlsx", _workbook(CITY_ROWS))
    expect(page.get_by_text("新增的账号（5个）")).to_be_visible(timeout=SLOWEST)
    shot(page, "ledger")
    page.get_by_role("button", name="确认保存").click()
    expect(page.get_by_text("已保存：新增5个")).to_be_visible(timeout=SLOWEST)


def _workbook(rows: tuple[tuple[str, ...], ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([each or None for each in row])
    for place in ("A1:F1", "A2:F2", "A3:A4", "B3:C3", "D3:E3", "F3:F4"):
        sheet.merge_cells(place)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def forms(desk: Desk, page: Page) -> None:
    """Forms go out by prefecture, and Jingzhou's comes back with an id filled in."""
    desk.open(page, "/returns")
    shot(page, "forms-send")
    page.get_by_role("button", name="生成并登记").click()
    button = page.get_by_role("button", name="下载压缩包")
    expect(button).to_be_visible(timeout=SLOWEST)
    with page.expect_download() as downloading:
        button.click()
    name, content = _returned(downloading.value.path().read_bytes())
    desk.open(page, "/returns")
    drop(page, name, content)
    merge = page.get_by_role("button", name="合并无误的1份")
    expect(merge).to_be_visible(timeout=SLOWEST)
    merge.scroll_into_view_if_needed()
    shot(page, "forms-check")
    merge.click()
    expect(page.get_by_text("已合并1份")).to_be_visible(timeout=SLOWEST)
    desk.open(page, "/returns")
    shot(page, "forms-status")


def _returned(package: bytes) -> tuple[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        name = next(each for each in archive.namelist() if "荆州" in each)
        book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    sheet = book["台账"]
    uid = next(each.column for each in sheet[1] if each.value == "账号ID")
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value]
    for row in rows:
        if not sheet.cell(row, uid).value:
            sheet.cell(row, uid).value = f"demo_10{row}"
    out = io.BytesIO()
    book.save(out)
    return name, out.getvalue()


def patrol(desk: Desk, page: Page) -> None:
    """Every account is looked at: most are lively, one is long silent."""
    desk.open(page, "/patrol")
    shot(page, "patrol")
    turn = 0
    while page.locator(".st-key-patrol h3").count():
        name = name_of(page)
        old = "江陵公安" in name
        page.keyboard.press("2")
        field = page.get_by_label("最近一条发布时间")
        expect(field).to_be_focused(timeout=SLOWEST)
        ago = 40 * DAY if old else (turn % 4 + 1) * DAY
        page.keyboard.type(say_minute(to_second(now()) - ago))
        page.keyboard.press("Enter")
        if old:
            expect(page.get_by_text("请再看一眼")).to_be_visible(timeout=SLOWEST)
            expect(page.get_by_label("第二条发布时间")).to_be_focused(timeout=SLOWEST)
            page.keyboard.type(say_minute(to_second(now()) - 52 * DAY))
            shot(page, "patrol-second")
            page.keyboard.press("Enter")
        answered(page, name)
        turn += 1
    assert turn == 9


def reporting(desk: Desk, page: Page) -> None:
    """A unit's lines, and the link it can answer by without a login."""
    desk.open(page, "/reporting")
    shot(page, "reporting")
    page.locator("summary").filter(has_text="免登录链接").click()
    page.get_by_role("button", name="生成链接").click()
    told = page.locator('[data-testid="stCode"]').filter(has_text="/r/")
    expect(told).to_be_visible(timeout=SLOWEST)
    said = told.inner_text()
    token = said[said.index("/r/") :].split()[0]
    guest = page.context.new_page()
    guest.set_viewport_size(TALL)
    guest.goto(f"{desk.url}{token}")
    expect(guest.get_by_role("heading", name="每周填报")).to_be_visible()
    guest.screenshot(path=PICTURES / "first-day-receipt.png")
    guest.close()


def the_day_is_judged(store: Store) -> Parts:
    """What the scheduler does within the hour."""
    parts = setup.ready(some_parts(store, now, demo=True))
    judge.run(parts)
    return parts


def test_the_first_day_of_an_office_is_gone_through_with_the_browser(
    desk: Desk, page: Page, live_store: Store, tmp_path: Path
) -> None:
    PICTURES.mkdir(exist_ok=True)
    page.set_viewport_size(TALL)
    desk.arrive(page)
    shot(page, "home")
    for step in (wizard, ledger, forms, patrol, reporting):
        step(desk, page)
    parts = the_day_is_judged(live_store)
    desk.open(page, "/health")
    expect(page.get_by_text("江陵公安(演示)").first).to_be_visible(timeout=SLOWEST)
    shot(page, "health")
    written = digest.preview(parts, week_of(to_second(now())), "", tmp_path / "周报")
    letter = next(each for each in written if each.suffix == ".html")
    page.goto(letter.as_uri())
    page.screenshot(path=PICTURES / "first-day-digest.png")
    assert desk.console == []
