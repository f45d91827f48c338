"""The frame around every page: Chinese throughout, nothing from outside, on a desk and a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard import guests
from tests.e2e.running import Desk, settled
from tests.e2e.test_headers import NOTE_VIOLATIONS

pytestmark = pytest.mark.browser

STATIC = Path(__file__).resolve().parents[2] / "dashboard" / "static"
PAGES = ("/", "/accounts", "/health", "/collecting")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
TERMS = {"URL", "ID", "CSV", "API", "Excel", "xlsx"}
TERMS |= {"MB", "XLSX", "XLS", "ODS", "ET", "TSV", "TXT", "ZIP"}
"""Words an office uses as they are, and the command a notice names."""


@pytest.fixture(scope="module")
def desk(shared_desk: Desk) -> Desk:
    """One dashboard for all of these: they only look."""
    return shared_desk


LOGINS = {"editor", "viewer", "keeper"}
"""People's own names to sign in by stand on the page 人员."""


def english(page: Page) -> set[str]:
    """The English words a person sees or hears on a page; names of icons are drawn, not read."""
    said = page.evaluate(
        """() => {
        const icons = [...document.querySelectorAll('[data-testid=stIconMaterial]')];
        icons.forEach(each => each.style.display = 'none');
        const labels = [...document.querySelectorAll('[title],[aria-label],[placeholder],[alt]')]
          .filter(each => each.checkVisibility() && !each.closest('[data-testid=stIconMaterial]'))
          .flatMap(each => ['title', 'aria-label', 'placeholder', 'alt']
            .map(name => each.getAttribute(name) || ''));
        const text = document.body.innerText + ' ' + labels.join(' ');
        icons.forEach(each => each.style.display = '');
        return text;
    }"""
    )
    return set(ENGLISH.findall(said)) - TERMS


@pytest.mark.parametrize("login", ["editor", "viewer", "keeper"])
def test_every_page_is_chinese_asks_nothing_outside_and_breaks_no_policy(
    desk: Desk, page: Page, login: str
) -> None:
    page.add_init_script(NOTE_VIOLATIONS)
    desk.arrive(page, login=login)
    expect(page).to_have_title(re.compile("[\u4e00-\u9fff]"))
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    links = page.get_by_test_id("stSidebarNavLink")
    addresses = [links.nth(number).get_attribute("href") for number in range(links.count())]
    for address in addresses or ["/collecting"]:
        page.goto(str(address) if str(address).startswith("http") else f"{desk.url}{address}")
        settled(page)
        page.wait_for_load_state("networkidle")  # what a widget loads late speaks as well
        assert english(page) <= LOGINS, address
        assert page.evaluate("window.broken") == [], address
        expect(page.locator(".desk-head")).to_contain_text("演示数据 纯属虚构")
        visitors = str(address).endswith(f"/{guests.WALL}")
        note = "不监测公民个人账号" if visitors else "未经核实不得作为通报、考核依据"
        expect(page.locator(".desk-foot")).to_contain_text(note)
    page.goto(f"{desk.url}/auth/sessions")
    assert page.evaluate("window.broken") == []
    assert desk.outside == []
    assert desk.console == []


def test_a_page_that_is_not_there_is_said_in_chinese(desk: Desk, page: Page) -> None:
    desk.arrive(page, "/nowhere")
    expect(page.get_by_role("dialog")).to_contain_text("没有这个页面")
    expect(page.get_by_role("dialog")).to_contain_text("没有查看权限")
    assert english(page) == set()


def test_a_page_of_another_role_is_not_there(desk: Desk, page: Page) -> None:
    desk.arrive(page, "/collecting", login="viewer")
    expect(page.get_by_role("dialog")).to_contain_text("没有这个页面")


def test_the_icon_is_ours_and_needs_no_session(desk: Desk, page: Page) -> None:
    ours = (STATIC / "favicon.png").read_bytes()
    for path in ("/favicon.ico", "/favicon.png", "/app/static/favicon.png"):
        answer = page.context.request.get(f"{desk.url}{path}")
        assert (answer.status, answer.body() == ours) == (200, True)


def test_the_entrance_is_chinese_and_asks_nothing_outside(desk: Desk, page: Page) -> None:
    page.goto(desk.url)
    expect(page.get_by_text("非涉密系统")).to_be_visible()
    assert english(page) == set()
    assert desk.outside == []
    assert desk.console == []


def test_a_map_finds_its_stub_here(desk: Desk, page: Page) -> None:
    desk.arrive(page)
    stub = page.context.request.get(f"{desk.url}/app/static/topojson/world_110m.json")
    assert stub.json()["type"] == "Topology"


def test_on_a_phone_nothing_is_cut_off_and_the_menu_opens(desk: Desk, phone: Page) -> None:
    phone.goto(desk.url)
    assert fits(phone)
    desk.arrive(phone)
    for path in PAGES:
        desk.open(phone, path)
        assert fits(phone), path
    phone.get_by_test_id("stExpandSidebarButton").click()
    phone.get_by_test_id("stSidebarNavLink").filter(has_text="健康").click()
    expect(phone.get_by_role("heading", name="健康")).to_be_visible()
    expect(phone.get_by_role("button", name="退出")).to_be_visible()
    assert desk.outside == []


def fits(page: Page) -> bool:
    """Whether a page needs no scrolling sideways."""
    return bool(
        page.evaluate(
            "document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )
