"""Each role signs in and finds exactly its pages and rows: expected from the table and the tree."""

import pytest
from playwright.sync_api import BrowserContext, expect

from dashboard.page import PAGES
from monitor.access.permissions import TABLE
from monitor.domain.person import Grant, Permission, Role
from monitor.record.store import Store
from tests.e2e.conftest import enrol
from tests.e2e.running import Desk, settled
from tests.filled import Filled, fill_store

pytestmark = pytest.mark.browser
CITY = "荆州市公安局"
LOGINS = {role: f"role{number}" for number, role in enumerate(Role)}


@pytest.fixture(scope="module")
def filled(shared_store: Store) -> Filled:
    """The small province, with somebody of every role over one prefecture."""
    made = fill_store(shared_store)
    for role, login in LOGINS.items():
        enrol(shared_store, login, "某人(演示)", Grant(role, made.paths[CITY]))
    return made


@pytest.fixture(scope="module")
def shared(filled: Filled, shared_desk: Desk) -> Desk:
    del filled
    return shared_desk


@pytest.mark.parametrize("role", list(Role))
def test_a_role_finds_its_pages_and_no_other(
    role: Role, shared: Desk, filled: Filled, context: BrowserContext
) -> None:
    page = shared.watch(context.new_page())
    shared.sign_in(page, LOGINS[role])
    expect(page.locator(".desk-who")).to_be_visible(timeout=20_000)
    settled(page)
    wanted = {each.title for each in PAGES if each.permission in TABLE[role]}
    found = page.locator('[data-testid="stSidebarNav"] a')
    # With a single page there is nothing to choose from: the side bar stays away.
    expect(found).to_have_count(len(wanted) if len(wanted) > 1 else 0)
    told = {each.splitlines()[-1].strip() for each in found.all_inner_texts()}
    assert told == (wanted if len(wanted) > 1 else set())
    assert shared.outside == []
    if Permission.SEE_ACCOUNTS in TABLE[role]:
        shared.open(page, "/accounts")
        own = {name for name, home in filled.homes.items() if home.startswith(filled.paths[CITY])}
        told = page.locator(".ms-table").inner_text()
        assert {name for name in filled.accounts if name in told} == own - {"民警个人示例(演示)"}
    if Permission.SEE_PEOPLE in TABLE[role]:
        shared.open(page, "/people")
        expect(page.locator(".ms-table")).to_contain_text(LOGINS[Role.OPERATOR])
        assert "keeper" not in page.locator(".ms-table").inner_text()
