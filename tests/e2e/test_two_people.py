"""Two people at one form at once, a hasty hand, and a session that ends in the middle of a word."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.clock import now
from monitor.domain.instants import shanghai_day, to_second
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.builders import T, an_account
from tests.e2e.browsing import NARROW, a_browser
from tests.e2e.conftest import enrol
from tests.e2e.running import PASSWORD, Desk, picture, press_twice, settled
from tests.filled import Filled, fill_store

pytestmark = pytest.mark.browser
COUNTY = "江陵县公安局"
REMARK, NEWEST = "备注", "最近一条发布时间"


@pytest.fixture
def made(live_store: Store) -> Filled:
    """The small province, with an account of the county that nobody reads."""
    made = fill_store(live_store)
    with live_store.writing() as tx:
        an_account(tx, made.units[COUNTY], "平安江陵快手(演示)", "kuaishou")
    for login, name in (("one", "吴某(演示)"), ("two", "冯某(演示)")):
        enrol(live_store, login, name, Grant(Role.UNIT_LIAISON, made.paths[COUNTY]))
    enrol(live_store, "head", "郑某(演示)", Grant(Role.HEAD, "/"))
    return made


@pytest.fixture
def desk(made: Filled, start_desk: Callable[..., Desk]) -> Desk:
    del made
    return start_desk()


@pytest.fixture
def two(browser: Browser, desk: Desk) -> Iterator[tuple[Page, Page]]:
    """Two browsers, each with its own person before the same lines."""
    opened = [a_browser(browser) for _ in range(2)]
    pages = [desk.watch(each.new_page()) for each in opened]
    for page, login in zip(pages, ("one", "two"), strict=True):
        desk.arrive(page, "/reporting", login)
    yield pages[0], pages[1]
    for each in opened:
        each.close()


def write(page: Page, label: str, text: str) -> None:
    """Into the first such field, and out of it."""
    box = page.get_by_label(label, exact=True).first
    box.fill(text)
    box.blur()
    settled(page)


def drafts(store: Store) -> str:
    """All that is kept of forms nobody has sent."""
    with store.reading() as tx:
        return str([row["words"] for row in tx.conn.execute(T["form_draft"].select()).mappings()])


def rows(store: Store, table: str) -> int:
    with store.reading() as tx:
        return len(tx.conn.execute(T[table].select()).all())


def test_the_second_of_two_people_is_told_sees_both_texts_and_loses_nothing(
    two: tuple[Page, Page], live_store: Store
) -> None:
    first, second = two
    for page, remark in ((first, "甲写的：已换运维员"), (second, "乙写的：绑定手机已更换")):
        write(page, NEWEST, (shanghai_day(to_second(now())) - timedelta(days=6)).isoformat())
        write(page, REMARK, remark)
    first.get_by_role("button", name="提交", exact=True).click()
    expect(first.get_by_text("已提交").first).to_be_visible()
    second.get_by_role("button", name="提交", exact=True).click()
    told = second.get_by_text("另一位同事刚刚保存了这一行").first
    expect(told).to_be_visible()
    expect(told).to_contain_text("甲写的：已换运维员")
    expect(second.get_by_label(REMARK, exact=True).first).to_have_value("乙写的：绑定手机已更换")
    picture(second, "two-people-clash")
    write(second, REMARK, "甲：已换运维员；乙：绑定手机已更换")
    second.get_by_role("button", name="提交", exact=True).click()
    expect(second.get_by_text("另一位同事刚刚保存了这一行")).to_have_count(0)
    with live_store.reading() as tx:
        kept = tx.conn.execute(T["report_line"].select()).mappings().all()
    said = [each["words"][REMARK] for each in kept if each["words"].get(REMARK)]
    assert "甲写的：已换运维员" in said
    assert "甲：已换运维员；乙：绑定手机已更换" in said


def test_words_survive_a_session_that_ends_while_they_are_typed(
    desk: Desk, page: Page, live_store: Store
) -> None:
    desk.arrive(page, "/reporting", "one")
    write(page, REMARK, "写到一半，账号密码正在找回")
    for _ in range(100):  # what is typed is kept as it reaches the server, not before
        if "写到一半" in drafts(live_store):
            break
        page.wait_for_timeout(200)
        write(page, REMARK, "写到一半，账号密码正在找回")
    with live_store.writing() as tx:
        tx.conn.execute(T["session"].update().values(expires_at=tx.second - 1))
    page.wait_for_url("**/auth/login?next=%2Freporting")
    picture(page, "session-over")
    assert rows(live_store, "report_line") == 0
    page.get_by_label("登录名").fill("one")
    page.get_by_label("口令", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登 录").click()
    settled(page)
    expect(page.get_by_text("尚未提交的内容还在")).to_be_visible()
    settled(page)
    picture(page, "session-draft")
    page.get_by_role("button", name="接着填写").click()
    expect(page.get_by_text("尚未提交的内容还在")).to_have_count(0)
    settled(page)
    box = page.get_by_label(REMARK, exact=True).first
    expect(box).to_have_value("写到一半，账号密码正在找回")
    page.get_by_role("button", name="暂存").click()
    expect(page.get_by_text("已暂存").first).to_be_visible()
    assert rows(live_store, "form_draft") == 0


def allowed_on_a_phone(desk: Desk, browser: Browser) -> None:
    """准予超限 by the section head, with a press too many."""
    opened = a_browser(browser, NARROW)
    head = opened.new_page()
    desk.arrive(head, "/burden", "head")
    head.get_by_text("准予超限（科室负责人）").click()
    write(head, "理由", "防汛应急，须再核对一次")
    picture(head, "burden-allow")
    press_twice(head.get_by_role("button", name="准予超限", exact=True))
    expect(head.get_by_text("已准予").first).to_be_visible()
    settled(head)
    picture(head, "burden-phone")
    opened.close()


def test_a_hasty_hand_sends_once_and_a_second_form_of_the_week_waits_for_the_head(
    desk: Desk, page: Page, browser: Browser, live_store: Store
) -> None:
    desk.arrive(page, "/burden")
    expect(page.get_by_text("本周没有向单位下达任何事项")).to_be_visible()
    picture(page, "burden-empty")
    desk.open(page, "/returns")
    press_twice(page.get_by_role("button", name="生成并登记"))
    expect(page.get_by_role("button", name="下载压缩包").first).to_be_visible()
    assert rows(live_store, "form_round") == 1
    desk.open(page, "/returns")
    settled(page)
    page.get_by_text("分发新的表格").click()
    settled(page)
    page.get_by_role("button", name="生成并登记").click()
    expect(page.get_by_text("本周填报已达上限").first).to_contain_text("科室负责人")
    picture(page, "burden-refused")
    assert rows(live_store, "form_round") == 1
    allowed_on_a_phone(desk, browser)
    assert rows(live_store, "burden_allowance") == 1
    desk.open(page, "/returns")
    page.get_by_text("分发新的表格").click()
    page.get_by_role("button", name="生成并登记").click()
    expect(page.get_by_role("button", name="下载压缩包").first).to_be_visible()
    desk.open(page, "/burden")
    expect(page.get_by_text("防汛应急，须再核对一次")).to_be_visible()
    picture(page, "burden-full")
    desk.open(page, "/")
    expect(page.locator(".ms-card").filter(has_text="本周填报")).to_contain_text("经准予超限")
    picture(page, "burden-home")
