"""A release is lived from the draft to the review by five people, stopped and put right midway."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.builders import an_account as an_entry
from tests.e2e.browsing import NARROW, WIDE, a_browser
from tests.e2e.conftest import enrol
from tests.e2e.publishing import Weibo, publishing
from tests.e2e.running import ROOT, Desk, chosen, settled
from tests.filled import Filled, fill_store

pytestmark = pytest.mark.browser
CITY, COUNTY = "荆州市公安局", "江陵县公安局"
OURS, CITYS, COUNTYS = "湖畔发布(演示)", "荆州发布(演示)", "江陵发布(演示)"
UIDS = {OURS: "1700000001", CITYS: "1700000002", COUNTYS: "1700000003"}
TITLE = "冬季用电取暖安全提示(演示)"
BODY = (
    "冬季用电取暖安全提示。取暖器与窗帘、被褥保持1米以上距离。电热毯不折叠、不整夜通电。"
    "出门前关掉取暖设备,发现异味先断电。火警请拨119。"
)
SLIP = BODY.replace("1米", "3米")
PUT_RIGHT = "更正:取暖器安全距离(演示)"
SIGNERS = (
    ("secrecy", "吴某(演示)", Role.SECRECY, "同意"),
    ("head", "郑某(演示)", Role.HEAD, "同意并呈报"),
    ("director", "冯某(演示)", Role.DIRECTOR, "审签同意"),
    ("chief", "蒋某(演示)", Role.CHIEF, "同意"),
)
LONG = 60_000
PICTURES = os.environ.get("SENTINEL_PICTURES", "")


@pytest.fixture
def made(live_store: Store) -> Filled:
    """The small province, with three accounts that publish and everybody who has a part."""
    filled = fill_store(live_store)
    units = {OURS: "湖北省公安厅", CITYS: CITY, COUNTYS: COUNTY}
    with live_store.writing() as tx:
        for name, unit in units.items():
            an_entry(tx, filled.units[unit], name, "weibo", uid=UIDS[name], main=True)
    for login, name, role, _ in SIGNERS:
        enrol(live_store, login, name, Grant(role, "/"))
    enrol(live_store, "city", "秦某(演示)", Grant(Role.LIAISON, filled.paths[CITY]))
    enrol(live_store, "county", "许某(演示)", Grant(Role.OPERATOR, filled.paths[COUNTY]))
    return filled


@pytest.fixture
def desk(made: Filled, start_desk: Callable[..., Desk]) -> Desk:
    """The dashboard on it."""
    del made
    return start_desk()


@pytest.fixture
def weibo(desk: Desk, live_store: Store) -> Iterator[Weibo]:
    """The platform on which the three publish."""
    del desk
    with publishing(live_store, UIDS) as platform:
        yield platform


def picture(page: Page, name: str, tall: int = 768) -> None:
    """Kept where somebody wants to look at it; with 1 where the documents show it."""
    if not PICTURES:
        return
    folder = ROOT / "docs" / "images" if PICTURES == "1" else Path(PICTURES)
    size = page.viewport_size or WIDE
    page.set_viewport_size({"width": size["width"], "height": max(tall, size["height"])})
    settled(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=LONG)
    hide = '[data-testid="stToast"] { display: none }'
    page.screenshot(path=folder / f"{name}.png", animations="disabled", style=hide)
    page.set_viewport_size(size)


def write(page: Page, label: str, text: str) -> None:
    """Into a field, and out of it; what the form kept stands there."""
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.blur()
    settled(page)
    expect(box).to_have_value(text)


def press(page: Page, button: str, then: str) -> None:
    """A button, until the page says what follows."""
    page.get_by_role("button", name=button, exact=True).last.click(timeout=LONG)
    expect(page.get_by_text(then).first).to_be_visible(timeout=LONG)
    settled(page)


def drafted(page: Page, desk: Desk, kind: str, words: dict[str, str]) -> str:
    """Write a campaign and save it; its address."""
    desk.open(page, "/campaigns?write=new")
    if kind:
        chosen(page, "类型", kind)
        chosen(page, "所更正的协同", TITLE)
    else:
        chosen(page, "只要", "主账号")
    for label, text in words.items():
        write(page, label, text)
    picture(page, "campaign-correct" if kind else "campaign-write", 1020)
    page.get_by_role("button", name="保存", exact=True).click(timeout=LONG)
    expect(page.get_by_role("heading", name=words["标题"])).to_be_visible(timeout=LONG)
    settled(page)
    return page.url.removeprefix(desk.url)


def signed(hands: dict[str, Page], desk: Desk, *, grave: bool) -> None:
    """Sent up by the editor, then signed by one after the other, each on a page of his own."""
    editor = hands["editor"]
    editor.get_by_role("link", name="到审批页").click(timeout=LONG)
    press(editor, "提交审核", "待保密审查员办理")
    there = editor.url.removeprefix(desk.url)
    for login, name, _, yes in SIGNERS if grave else SIGNERS[:-1]:
        page = hands[login]
        desk.open(page, there)
        expect(page.get_by_role("button", name=yes, exact=True)).to_be_visible(timeout=LONG)
        if login == "director" and not grave:
            picture(page, "campaign-sign", 1000)
        page.get_by_role("button", name=yes, exact=True).click()
        expect(page.locator(".ms-checks")).to_contain_text(name, timeout=LONG)
        settled(page)


def issued(page: Page, desk: Desk, where: str) -> None:
    desk.open(page, where)
    press(page, "下达任务", "进行中")
    expect(page.locator("dl").first).to_contain_text("协同〔", timeout=LONG)


def stopped_and_lifted(hands: dict[str, Page], desk: Desk, where: str) -> None:
    """紧急停发 by the section head stands on the county's open page; the director lifts it."""
    head, director, county = hands["head"], hands["director"], hands["county"]
    desk.open(county, where)
    expect(county.locator(".desk-stop")).to_have_count(0)
    desk.open(head, where)
    head.get_by_text("紧急停发", exact=True).last.click(timeout=LONG)
    write(head, "停发理由", "安全距离的数字要再核实,先停发")
    press(head, "立即停发", "由您停发，须由另一人解除。")
    expect(county.locator(".desk-stop")).to_contain_text("请立即停止发布", timeout=60_000)
    picture(county, "campaign-stopped")
    desk.open(director, where)
    write(director, "解除理由", "数字已核实无误,恢复发布")
    director.get_by_role("button", name="解除停发", exact=True).click(timeout=LONG)
    expect(director.locator(".desk-stop")).to_have_count(0, timeout=LONG)
    desk.open(county, where)
    expect(county.locator(".desk-stop")).to_have_count(0, timeout=LONG)


def answered(page: Page, desk: Desk, where: str, move: str, **fields: str) -> None:
    """A task's button on the page of its unit or of who runs it."""
    desk.open(page, f"{where}&tab=tasks")
    form = page.get_by_test_id("stForm").filter(
        has=page.get_by_role("button", name=move, exact=True)
    )
    page.get_by_test_id("stRadio").get_by_text(move, exact=True).last.click(timeout=LONG)
    settled(page)
    expect(form).to_be_visible(timeout=LONG)
    for label, text in fields.items():
        form.get_by_label(label, exact=True).fill(text)
    form.get_by_role("button", name=move, exact=True).click(timeout=LONG)
    expect(page.get_by_text(f"已办理：{move}")).to_be_visible(timeout=LONG)
    settled(page)


def published(hands: dict[str, Page], desk: Desk, weibo: Weibo, where: str) -> None:
    """Two accounts publish, one of them another number; the machine finds both."""
    weibo.publish(OURS, BODY)
    weibo.publish(COUNTYS, SLIP)
    weibo.look()
    city, county, editor = hands["city"], hands["county"], hands["editor"]
    desk.open(city, f"{where}&tab=tasks")
    row = city.locator("tr").filter(has_text=COUNTYS)
    expect(row).to_contain_text("内容有出入", timeout=LONG)
    expect(row).to_contain_text("3米")
    picture(city, "campaign-city", 1000)
    expect(city.locator("tr").filter(has_text=OURS)).to_have_count(0)
    weibo.publish(CITYS, BODY)
    weibo.look()
    desk.open(county, f"{where}&tab=tasks")
    expect(county.locator(".ms-table")).to_contain_text("内容有出入", timeout=LONG)
    picture(county, "campaign-county", 844)
    desk.open(editor, where)
    expect(editor.locator(".ms-table").first).to_contain_text("荆州市", timeout=LONG)
    picture(editor, "campaign-board", 1240)


def corrected(hands: dict[str, Page], desk: Desk, weibo: Weibo) -> None:
    """A 更正 for who published; the county's operator hands in what he put right."""
    editor, county = hands["editor"], hands["county"]
    words = {
        "标题": PUT_RIGHT,
        "任务说明": "请已发布的账号更正后填链接。",
        "联系人": "省厅宣传处 027-00000000",
        "发布内容": "更正:取暖器与窗帘、被褥的安全距离为1米以上。",
    }
    where = drafted(editor, desk, "更正/撤稿", words)
    signed(hands, desk, grave=True)
    issued(editor, desk, where)
    weibo.publish(COUNTYS, "更正:取暖器与窗帘、被褥的安全距离为1米以上。")
    link = "https://weibo.com/1700000003/AbCdEf"
    answered(county, desk, where, "已更正", 链接=link, 说明="已删除原文并更正")
    picture(county, "campaign-corrected", 844)
    expect(county.locator(".ms-table")).to_contain_text("已更正", timeout=LONG)


def reviewed(hands: dict[str, Page], desk: Desk, where: str) -> None:
    """截止, then put away with what was learnt."""
    editor = hands["editor"]
    for button, then in (("截止", "已截止"), ("总结归档", "已总结归档")):
        desk.open(editor, where)
        editor.get_by_test_id("stExpander").get_by_text(button).first.click(timeout=LONG)
        write(editor, "说明", "按时完成,数字写错一处,已更正。")
        press(editor, button, then)
    desk.open(editor, f"{where}&tab=moves")
    expect(editor.locator(".ms-table")).to_contain_text("总结归档", timeout=LONG)
    picture(editor, "campaign-review", 900)


def test_a_release_is_lived_by_five_people_from_the_draft_to_the_review(
    desk: Desk, page: Page, browser: Browser, weibo: Weibo
) -> None:
    hands = {"editor": page}
    for login in ("secrecy", "head", "director", "chief", "city", "county"):
        size = NARROW if login == "county" else WIDE
        context = a_browser(browser, size)
        hands[login] = context.new_page()
    for login, each in hands.items():
        desk.enter(each.context, login)
    words = {
        "标题": TITLE,
        "任务说明": "请各单位官方账号按时发布,数据不得改动。",
        "联系人": "省厅宣传处 027-00000000",
        "发布内容": BODY,
    }
    where = drafted(page, desk, "", words)
    signed(hands, desk, grave=False)
    issued(page, desk, where)
    stopped_and_lifted(hands, desk, where)
    published(hands, desk, weibo, where)
    corrected(hands, desk, weibo)
    reviewed(hands, desk, where)
    assert desk.outside == []
    assert desk.console == []
