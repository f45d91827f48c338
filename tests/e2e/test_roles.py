"""Each role signs in and finds exactly its pages and, on them, exactly the rows of its scope.

Expected are the pages from the permission table, and the rows from the tree of units as Python sees
it: of a prefecture its own matters and those below it, nothing beside it and nothing above.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard import guests
from dashboard.page import PAGES
from monitor.access.permissions import TABLE
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.e2e.conftest import enrol
from tests.e2e.running import Desk, settled
from tests.filled import Filled, fill_store
from tests.kits.matrix import CITY, UNITS, Place, enter_cases

pytestmark = pytest.mark.browser
LOGINS: Final = {role: f"role{number}" for number, role in enumerate(Role)}
LISTED: Final[Mapping[str, str]] = {
    "accounts": "*",
    "confirming": "*",
    "bulletins": "从未更新",
    "officers": "民警个人",
    "cases": "从未更新|即将超期",
    "health": "内容不更新|睡眠|僵尸|长期停更|从未更新|不互动",
    "collecting": "平安|暂不作认定",
    "patrol": "暂不作认定|交警",
    "reporting": "从未更新|已关停|交警",
}
"""Which accounts of the whole province a page is about, by parts of their names."""


def shared_out() -> Mapping[Role, list[str]]:
    """Every page of the desk to one role that may see it, the rarest first, evenly."""
    seen_by = {
        each.slug: [role for role in Role if each.permission in TABLE[role]] for each in PAGES
    }
    given: dict[Role, list[str]] = {role: [] for role in Role}
    for slug in sorted(seen_by, key=lambda each: (len(seen_by[each]), each)):
        given[min(seen_by[slug], key=lambda role: len(given[role]))].append(slug)
    return given


TITLES: Final = {each.slug: each.title for each in PAGES}
LOOKED_AT: Final = shared_out()


@pytest.fixture(scope="module")
def filled(shared_store: Store) -> Filled:
    """The small province, with somebody of every role over one prefecture."""
    made = fill_store(shared_store)
    enter_cases(shared_store, made)
    for role, login in LOGINS.items():
        enrol(shared_store, login, "某人(演示)", Grant(role, made.paths[CITY]))
    return made


@pytest.fixture(scope="module")
def shared(filled: Filled, shared_desk: Desk) -> Desk:
    del filled
    return shared_desk


@pytest.mark.parametrize("role", list(Role))
def test_a_role_finds_its_pages_and_rows_and_no_other(
    role: Role, shared: Desk, filled: Filled, context: BrowserContext
) -> None:
    shared.enter(context, LOGINS[role])
    page = shared.watch(context.new_page())
    wanted = {each.slug for each in PAGES if each.permission in TABLE[role]}
    shared.open(page, "/accounts" if "accounts" in wanted else "/")
    found = page.locator('[data-testid="stSidebarNav"] a')
    # With a single page there is nothing to choose from: the side bar stays away.
    titles = {TITLES[slug] for slug in wanted} if len(wanted) > 1 else set()
    expect(found).to_have_count(len(titles))
    assert {each.splitlines()[-1].strip() for each in found.all_inner_texts()} == titles
    if "accounts" in wanted:
        its_rows("accounts", page, filled)
    if "people" in wanted:
        at(page, "people")
        told = page.locator(".ms-table").inner_text()
        assert all(login in told for login in LOGINS.values())
        assert "keeper" not in told
    for slug in LOOKED_AT[role]:
        if titles:
            at(page, slug)
        its_rows(slug, page, filled)
    assert shared.outside == []
    assert shared.console == []


def test_a_line_is_seen_in_every_place_and_nothing_beside_it(
    shared: Desk, shared_store: Store, filled: Filled, context: BrowserContext
) -> None:
    enrol(shared_store, "line", "某人(演示)", Grant(Role.LINE, line="交警"))
    shared.enter(context, "line")
    page = context.new_page()
    shared.open(page, "/accounts")
    traffic = filled.paths["湖北省公安厅交通管理局"]
    wanted = {name for name, home in filled.homes.items() if home == traffic or "交警" in name}
    assert len(wanted) > 1
    assert named(page, filled.accounts) == wanted


def at(page: Page, slug: str) -> None:
    """Go to a page by the side bar, and wait until it stands."""
    menu = page.locator('[data-testid="stSidebarNav"]')
    if page.locator(".desk-guests").count():
        page.get_by_role("link", name="返回首页").click()
        expect(menu).to_be_visible()
    menu.get_by_role("link", name=TITLES[slug], exact=True).click()
    heading = guests.TITLE if slug == guests.WALL else TITLES[slug]
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    settled(page)


def its_rows(slug: str, page: Page, filled: Filled) -> None:
    """The page tells of what it is about in the city and below, and names no place elsewhere."""
    within = {name for name, home in filled.homes.items() if home.startswith(filled.paths[CITY])}
    assert named(page, filled.accounts) == about(slug, filled.accounts) & within
    elsewhere = {
        unit for unit, path in filled.paths.items() if not path.startswith(filled.paths[CITY])
    }
    assert {UNITS[Place.BESIDE], UNITS[Place.ABOVE]} <= elsewhere
    assert named(page, elsewhere) == set()


def about(slug: str, names: Iterable[str]) -> set[str]:
    """The accounts of the province that a page is about, wherever they are."""
    parts = LISTED.get(slug, "-")
    personal = "民警个人"
    if parts == "*":
        return {each for each in names if personal not in each}
    return {each for each in names if any(part in each for part in parts.split("|"))}


def named(page: Page, names: Iterable[str]) -> set[str]:
    """Those of the names that stand on the page."""
    said = page.locator('[data-testid="stMain"]').inner_text()
    return {each for each in names if each in said}
