"""docs/how-to/people.md, followed step by step; takes its pictures.

What is pressed, filled in and handed in are the words and tables of the step itself: a page whose
words change, or a step that leaves something out, fails here. With SENTINEL_PICTURES=1 (`make
pictures`) the pictures are those that stand in docs/images.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from monitor.clock import now
from monitor.record.store import open_store
from tests.builders import an_account
from tests.e2e.guide import PICTURES, STEPS, Reader, table
from tests.e2e.running import ROOT, Desk, settled

pytestmark = pytest.mark.browser
SLOWEST = 60_000
CITIES = 17
SLIPS_A_SHEET = 8
LEAVER = ("jz.lianluo", "孔某(演示)")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A machine on which nothing was ever set up: its environment."""
    own = {key: value for key, value in os.environ.items() if "SENTINEL_" not in key}
    return own | {
        "SENTINEL_DATABASE_URL": f"sqlite:///{tmp_path / 'own.db'}",
        "SENTINEL_KEY_FILE": str(tmp_path / "key"),
        "SENTINEL_CONFIG": str(tmp_path / "none.toml"),
        "PYTHONPATH": str(ROOT),
    }


def at_the_machine(home: dict[str, str], folder: Path) -> dict[str, str]:
    """Steps 1 to 3: the commands as they stand there; the first password of each login."""
    (folder / "三员.csv").write_text(table(STEPS[2]), "utf-8")
    said = ""
    for number in (1, 3):
        command = re.findall(r"`sentinel ([^`]+)`", STEPS[number])[0].split()
        run = [sys.executable, "-m", "monitor", *command]
        done = subprocess.run(run, cwd=folder, env=home, capture_output=True, text=True, check=True)
        said = done.stdout
    return dict(re.findall(r"登录名 (\S+)  初始口令 (\S+)", said))


def test_the_guide_leads_from_nothing_to_seventeen_cities_that_manage_themselves(
    home: dict[str, str], start_desk: Callable[..., Desk], tmp_path: Path, page: Page
) -> None:
    """One person after another does what the guide tells him."""
    PICTURES.mkdir(exist_ok=True)
    first = at_the_machine(home, tmp_path)
    assert set(first) == {"xitong", "anquan", "shenji", "bianji"}
    desk = start_desk(DATABASE_URL=home["SENTINEL_DATABASE_URL"])
    reader = Reader(desk.watch(page), desk, at=3)
    slips = the_editor(reader, first["bianji"])
    assert len(slips) == CITIES
    the_city(reader, slips["jingzhou"])
    still_bound(home["SENTINEL_DATABASE_URL"], LEAVER[1])
    the_leaver(reader)
    the_auditor(reader, first["shenji"])
    assert reader.at == len(STEPS) - 1
    assert desk.outside == []


def the_editor(reader: Reader, first: str) -> dict[str, str]:
    """Steps 4 to 9: seventeen cities at once; the slips."""
    page = reader.page
    reader.next()
    reader.enters("bianji", first)
    reader.next()
    names = ("市州管理员.csv", table(reader.step))
    reader.next()
    reader.menu("人员")
    reader.tab("新增与导入")
    hand_in(page, *names)
    expect(page.get_by_text(reader.said("将新增 17 人"))).to_be_visible(timeout=SLOWEST)
    assert page.get_by_text("有误的行").count() == 0
    reader.shot("people-import")
    reader.next()
    reader.press("新增17人并生成初始密码条")
    expect(page.locator(".ms-slip")).to_have_count(CITIES, timeout=SLOWEST)
    reader.next()
    slips = read_slips(page)
    assert printed_sheets(page) == -(-CITIES // SLIPS_A_SHEET)
    reader.said("三", mark="共{}页")
    reader.shot("people-slips")
    reader.press("密码条已打印，收起")
    expect(page.locator(".ms-slip")).to_have_count(0)
    reader.next()
    hand_in(page, *names)
    page.get_by_role("button", name="新增17人并生成初始密码条").click()
    expect(page.get_by_text(reader.said("已存在，未改动"))).to_have_count(CITIES, timeout=SLOWEST)
    return slips


def the_city(reader: Reader, first: str) -> None:
    """Steps 10 to 15: a city enters its own people, and a deputy."""
    page = reader.page
    reader.next()
    reader.enters("jingzhou", first)
    reader.next()
    reader.menu("人员")
    rows = page.locator(".ms-table tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("jingzhou")
    reader.next()
    reader.tab("新增与导入")
    a_person(reader, LEAVER, "市州联络员", "荆州市公安局")
    reader.next()
    page.get_by_role("radio", name="新增与导入", exact=True).click()
    a_person(reader, ("jl.yunwei", "曹某(演示)"), "账号运维员", "江陵县公安局")
    reader.next()
    page.get_by_role("radio", name=reader.said("人员"), exact=True).click()
    expect(rows).to_have_count(3)
    reader.shot("people-list")
    reader.next()
    reader.tab("B岗")
    a_deputy(reader)


def the_leaver(reader: Reader) -> None:
    """Steps 16 and 17: somebody leaves, and what still hangs on him is listed."""
    page = reader.page
    reader.next()
    page.get_by_role("radio", name=reader.said("人员"), exact=True).click()
    page.get_by_role("link", name=LEAVER[1]).click()
    reader.press("停用")
    expect(page.get_by_text("已停用", exact=True)).to_be_visible()
    reader.next()
    reader.desk.open(page, "/people")
    reader.tab("离岗清理")
    expect(page.locator(".ms-table")).to_contain_text(f"联络员：{LEAVER[1]}")
    reader.shot("people-leavers")


def the_auditor(reader: Reader, first: str) -> None:
    """Steps 18 to 21: what was done stands there, holds, and is taken away for a purpose."""
    page = reader.page
    reader.next()
    reader.enters("shenji", first)
    for done in ("新增人员", "设置B岗", "停用人员", "修改口令"):
        expect(page.locator(".ms-table").get_by_text(done, exact=True).first).to_be_visible()
    reader.next()
    page.get_by_role("link", name=reader.said("上月谁导出了什么")).click()
    settled(page)
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    reader.next()
    page.get_by_text(reader.said("核验记录与每日锚点")).click()
    reader.press("立即核验")
    expect(page.get_by_text("校验完好")).to_be_visible(timeout=SLOWEST)
    reader.said("留存的锚点")
    reader.desk.open(page, "/auditing")
    reader.next()
    page.get_by_text(reader.said("导出这些记录")).click()
    page.get_by_label(reader.said("用途")).fill("月度审计")
    reader.press("生成文件")
    with page.expect_download() as fetched:
        reader.press("下载 CSV")
    assert "新增人员" in fetched.value.path().read_text("utf-8-sig")


def hand_in(page: Page, name: str, content: str) -> None:
    """Put a file into the box, as a spreadsheet saves it."""
    file = FilePayload(name=name, mimeType="text/csv", buffer=content.encode("utf-8-sig"))
    page.locator('[data-testid="stFileUploader"] input[type=file]').first.set_input_files(file)
    settled(page)


def read_slips(page: Page) -> dict[str, str]:
    """Login and first password of each slip."""
    cells = [each.locator("dd").all_inner_texts() for each in page.locator(".ms-slip").all()]
    return {login: password for *_, login, password in cells}


def printed_sheets(page: Page) -> int:
    """How many pages of A4 the browser's print makes of it."""
    page.pdf(path="/tmp/slips.pdf", format="A4")
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))


def a_person(reader: Reader, named: tuple[str, str], role: str, unit: str) -> None:
    """One person by hand, with slip."""
    page = reader.page
    page.get_by_label("登录名", exact=True).fill(named[0])
    page.get_by_label("姓名", exact=True).fill(named[1])
    reader.choose("角色", role)
    reader.choose("单位范围", unit)
    reader.press("新增并生成密码条")
    expect(page.locator(".ms-slip")).to_contain_text(named[0], timeout=SLOWEST)
    reader.press("密码条已打印，收起")


def a_deputy(reader: Reader) -> None:
    """The county's operator stands in for the city's liaison."""
    page = reader.page
    reader.fill("查找A岗", "孔某")
    expect(page).to_have_url(re.compile("[?&]a="))
    reader.fill("查找B岗", "yunwei")
    expect(page).to_have_url(re.compile("[?&]b="))
    settled(page)
    reader.press("设置B岗")
    expect(page.locator(".ms-table")).to_contain_text("曹某(演示)(B岗代)")
    reader.shot("people-deputies")


def still_bound(address: str, name: str) -> None:
    """An account of the ledger that names somebody as its liaison."""
    store = open_store(address, now)
    with store.writing() as tx:
        unit = tx.conn.exec_driver_sql("SELECT id FROM unit WHERE code = '421024000000'").scalar()
        assert unit is not None
        an_account(tx, int(unit), "平安江陵(演示)", details={"联络员": name})
    store.close()
