"""A person patrols fifty accounts by keys and clicks, in a real browser, in under ten minutes."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from monitor.domain.instants import DAY
from monitor.record.store import Store
from tests.builders import a_post, a_unit, an_account
from tests.e2e.running import Desk, settled

pytestmark = pytest.mark.browser
ACCOUNTS = 50
TEN_MINUTES = 600
SLOWEST = 60_000
NEWEST = "最近一条发布时间"
PICTURE = bytes.fromhex("89504e470d0a1a0a") + b"a picture of a page"


@pytest.fixture
def province(live_store: Store) -> Store:
    """Fifty accounts on four platforms nobody ever looked at; every other has a known post."""
    with live_store.writing() as tx:
        root = a_unit(tx, "湖北省公安厅", "420000000000", level="省厅")
        place = {"region": "421000", "region_name": "荆州市"}
        city = a_unit(tx, "荆州市公安局", "421000000000", root, level="市州局", **place)
        for number in range(ACCOUNTS):
            platform = ("douyin", "weibo", "toutiao", "wechat")[number % 4]
            details = {"主页链接": f"http://127.0.0.1:9/{number}"} if number % 3 else {}
            account = an_account(
                tx, city, f"平安{number:02}(演示)", platform, details=details, key=number % 7 == 0
            )
            if number % 2:
                a_post(tx, account, tx.second - 3 * DAY - number, f"作品{number}")
    return live_store


@pytest.fixture
def desk(province: Store, start_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """The dashboard on those accounts, its screenshots in a folder of the test's own."""
    del province
    (tmp_path / "data").mkdir()
    return start_desk(DATA_DIR=str(tmp_path / "data"))


def name_of(page: Page) -> str:
    return page.locator(".st-key-patrol h3").inner_text()


def answered(page: Page, before: str) -> None:
    """Wait until the next account stands there, or none is left."""
    page.wait_for_function(
        "before => { const head = document.querySelector('.st-key-patrol h3');"
        " return !head || head.innerText !== before; }",
        arg=before,
        timeout=SLOWEST,
    )
    settled(page)


def fill(page: Page, said: str) -> None:
    page.keyboard.press("2")
    field = page.get_by_label(NEWEST)
    expect(field).to_be_focused(timeout=SLOWEST)
    page.keyboard.type(said)
    page.keyboard.press("Enter")


def answer(page: Page, turn: int) -> None:
    """One account, by keys alone: as before, nothing to be seen, long silent, or lively."""
    if page.get_by_role("button", name="已查看，与上次相同").is_enabled():
        page.keyboard.press("1")
    elif turn % 5 == 0:
        page.keyboard.press("3")
    elif turn % 5 == 1:
        fill(page, "2020-03-01")
        expect(page.get_by_text("请再看一眼")).to_be_visible(timeout=SLOWEST)
        expect(page.get_by_label("第二条发布时间")).to_be_focused(timeout=SLOWEST)
        page.keyboard.type("2020-02-01")
        page.keyboard.press("Enter")
    else:
        fill(page, "3天前" if turn % 2 else "昨天 18:05")


def test_fifty_accounts_are_patrolled_in_under_ten_minutes(
    desk: Desk, page: Page, province: Store, record_property: Callable[[str, object], None]
) -> None:
    desk.arrive(page, "/patrol")
    expect(page.locator(".ms-lead")).to_contain_text("待巡查50个")
    began = monotonic()
    seen: set[str] = set()
    for turn in range(ACCOUNTS):
        name = name_of(page)
        assert name not in seen
        seen.add(name)
        answer(page, turn)
        answered(page, name)
    took = monotonic() - began
    record_property("seconds", round(took, 1))
    assert took < TEN_MINUTES
    expect(page.get_by_text("没有需要巡查的账号")).to_be_visible(timeout=SLOWEST)
    assert count(province, "look") == ACCOUNTS
    assert count(province, "coverage") == ACCOUNTS - count(province, "look WHERE seen = '打不开'")
    assert count(province, "job WHERE kind = 'judge-due'") == 1
    assert desk.outside == []


def count(store: Store, what: str) -> int:
    with store.reading() as tx:
        return int(tx.conn.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())


def test_a_screenshot_is_kept_under_its_hash(
    desk: Desk, page: Page, province: Store, tmp_path: Path
) -> None:
    desk.arrive(page, "/patrol")
    name = name_of(page)
    page.get_by_label(NEWEST).fill("2小时前")
    page.locator('input[type="file"][accept*="png"]').set_input_files(
        {"name": "page.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    expect(page.get_by_text("page.png")).to_be_visible(timeout=SLOWEST)
    page.get_by_role("button", name="保存，看下一个").click()
    answered(page, name)
    (kept,) = (tmp_path / "data" / "local" / "patrol").rglob("*.png")
    assert kept.read_bytes() == PICTURE
    with province.reading() as tx:
        assert tx.conn.execute(text("SELECT photo FROM look")).scalar_one() == kept.stem


def test_a_phone_shows_the_account_and_its_keys_within_its_edge(desk: Desk, phone: Page) -> None:
    desk.arrive(phone, "/patrol")
    wide = phone.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    assert wide <= 0
    expect(phone.get_by_role("button", name="填最近一条")).to_be_visible()
