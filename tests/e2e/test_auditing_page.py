"""审计 in a browser: an auditor finds who exported what last month, narrows it, takes it away."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from monitor.access.ciphers import KeyRing
from monitor.actions import exporting, people
from monitor.actions.exporting import Wanted
from monitor.actions.sending import Sent
from monitor.clock import now
from monitor.collect.loop import EventLoop
from monitor.domain.instants import DAY, HOUR, day_start, from_second, shanghai_day, to_second
from monitor.domain.person import Grant, Role
from monitor.record.store import Store, open_store
from monitor.runs import jobs
from tests.conftest import StandingClock
from tests.e2e.conftest import enrol
from tests.e2e.guide import PICTURES
from tests.e2e.running import KEY, Desk, settled
from tests.filled import fill_store
from tests.service.parts import DATA, some_parts

pytestmark = pytest.mark.browser
RING = KeyRing((bytes.fromhex(KEY),))
FIRST_OF_MONTH = day_start(shanghai_day(to_second(now())).replace(day=1))
LAST_MONTH = from_second(FIRST_OF_MONTH - 9 * DAY + 12 * HOUR)


@pytest.fixture(scope="module")
def shared_store(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Last month 郑某 exported for the bulletin; today 周某 does, and an auditor asks."""
    folder = tmp_path_factory.mktemp("audited")
    shutil.copy(sqlite_template, folder / "store.db")
    address = f"sqlite:///{folder / 'store.db'}"
    (folder / "data").mkdir()
    for each in DATA.iterdir():
        if each.name != "local":
            (folder / "data" / each.name).symlink_to(each)
    then = open_store(address, StandingClock(LAST_MONTH))
    fill_store(then)
    exported(then, folder, "zheng", "郑某(演示)", Wanted("problems", ".xlsx", "季度通报附件"))
    then.close()
    store = open_store(address, now)
    exported(store, folder, "zhou", "周某(演示)", Wanted("health", ".csv", "本月核对"))
    enrol(store, "auditor", "钱某(演示)", Grant(Role.AUDIT_ADMIN, "/"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def desk(shared_desk: Desk) -> Desk:
    """One dashboard for both: what one exports is no matter of the other."""
    return shared_desk


def exported(store: Store, folder: Path, login: str, name: str, wanted: Wanted) -> None:
    """Somebody asks for a table, and the scheduler's process makes it."""
    enrol(store, login, name, Grant(Role.EDITOR, "/"))
    actor = people.person_called(store, login, int(store.clock().timestamp()))
    parts = some_parts(store, store.clock, keys=lambda: RING, data_dir=folder / "data")
    exporting.export_now(store, actor, parts.vault(), wanted, Sent("export", login))
    with EventLoop() as loop:
        jobs.run(parts, loop)


def test_an_auditor_finds_who_exported_what_last_month_and_takes_it_away(
    desk: Desk, page: Page
) -> None:
    opened(desk, page)
    rows = page.locator(".ms-table").last.locator("tbody tr")
    page.get_by_role("link", name="上月谁导出了什么").click()
    settled(page)
    made = rows.filter(has_text=re.compile("郑某.*表格 问题清单.*季度通报附件", re.DOTALL))
    expect(made).to_have_count(1)
    expect(made).to_contain_text(LAST_MONTH.strftime("%Y-%m-%d"))
    assert "周某" not in page.locator(".ms-table").last.inner_text()
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "people-audit.png", animations="disabled")
    narrowed(page)
    taken_away(page)
    assert desk.outside == []
    assert desk.console == []


def opened(desk: Desk, page: Page) -> None:
    desk.enter(page.context, "auditor")
    desk.open(page, "/auditing")


def narrowed(page: Page) -> None:
    """By person, by day; what stands in the address is what the lists show, an empty one too."""
    rows = page.locator(".ms-table").last.locator("tbody tr")
    page.get_by_label("人员", exact=True).fill("zhou")
    page.get_by_label("人员", exact=True).press("Enter")
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    settled(page)
    page.goto(f"{page.url.partition('?')[0]}?action=导出&who=周某")
    settled(page)
    expect(rows.filter(has_text=re.compile("表格.*本月核对", re.DOTALL))).to_have_count(1)
    assert "郑某" not in page.locator(".ms-table").last.inner_text()


def taken_away(page: Page) -> None:
    """Refused without a purpose; the file holds what was looked at, and its export is on record."""
    page.get_by_text("导出这些记录").click()
    page.get_by_role("button", name="生成文件").click()
    expect(page.get_by_role("alert").filter(has_text="用途")).to_be_visible()
    page.get_by_label("用途").fill("月度审计")
    page.get_by_role("button", name="生成文件").click()
    with page.expect_download() as fetched:
        page.get_by_role("button", name="下载 CSV").click()
    content = fetched.value.path().read_text("utf-8-sig")
    assert "本月核对" in content
    assert "季度通报附件" not in content
    page.goto(f"{page.url.partition('?')[0]}?action=导出审计记录")
    settled(page)
    expect(page.locator(".ms-table").last).to_contain_text("用途:月度审计")


def test_on_a_phone_nothing_stands_beyond_the_edge(desk: Desk, phone: Page) -> None:
    opened(desk, phone)
    wide = phone.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    assert wide <= 0
