"""Fixtures that run the dashboard and drive a real Chromium against it."""

import os
import random
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from monitor.actions import people
from monitor.clock import now
from monitor.domain.person import Grant, Role
from monitor.record.store import Store, open_store
from tests.conftest import refuse
from tests.e2e.browsing import NARROW, a_browser
from tests.e2e.running import PASSWORD, Desk, start
from tests.service.parts import DATA

PEOPLE = (
    ("editor", "周某(演示)", Role.EDITOR),
    ("viewer", "陈某(演示)", Role.VIEWER),
    ("keeper", "孙某(演示)", Role.SYSTEM_ADMIN),
)
BELOW_UNASKED = range(20_000, 32_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of tests; the system's own, nothing is downloaded.

    Not for the whole session: Playwright keeps an event loop running in this thread while it is
    open, and other files of the same worker run loops of their own.
    """
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        refuse("needs Chromium: apt install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            headless=True,
            chromium_sandbox=os.geteuid() != 0,
            args=["--disable-dev-shm-usage", "--lang=zh-CN"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def live_store(sqlite_url: str) -> Iterator[Store]:
    """The store behind the dashboard, on the real clock, with one person of each kind in it."""
    yield from peopled(sqlite_url)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The shipped sheets, with files of its own, for desks started on it."""
    place = tmp_path / "data"
    place.mkdir()
    for each in DATA.iterdir():
        if each.name != "local":
            (place / each.name).symlink_to(each)
    return place


@pytest.fixture
def start_desk(sqlite_url: str, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Start the dashboard on this test's database, with other settings where given."""
    running: list[Desk] = []

    def begin(**settings: str) -> Desk:
        desk = start(sqlite_url, free_port(), tmp_path, **settings)
        running.append(desk)
        return desk

    yield begin
    for desk in running:
        desk.stop()


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk]) -> Desk:
    """The dashboard on a store that holds people and nothing else."""
    del live_store
    return start_desk()


@pytest.fixture(scope="module")
def shared_store(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """One store for all tests of a module that leave it as it was for the others."""
    path = tmp_path_factory.mktemp("shared") / "store.db"
    shutil.copy(sqlite_template, path)
    yield from peopled(f"sqlite:///{path}")


@pytest.fixture(scope="module")
def shared_desk(shared_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One dashboard on that store: starting it takes longer than most tests."""
    address = shared_store.engine.url.render_as_string(hide_password=False)
    desk = start(address, free_port(), tmp_path_factory.mktemp("desk"))
    yield desk
    desk.stop()


def peopled(url: str) -> Iterator[Store]:
    """A store with the people in it, closed afterwards."""
    store = open_store(url, now)
    for login, name, role in PEOPLE:
        enrol(store, login, name, Grant(role, "/"))
    yield store
    store.close()


def enrol(store: Store, login: str, name: str, *grants: Grant) -> int:
    """A person who need not change the password first."""
    person_id, _ = people.enrol(
        store, None, people.NewPerson(login, name, grants, PASSWORD, must_change=False)
    )
    return person_id


@pytest.fixture(scope="module")
def office(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of a Chinese office, 1366 by 768, that has fetched the scripts once."""
    opened = a_browser(browser)
    yield opened
    opened.close()


@pytest.fixture
def context(office: BrowserContext) -> Iterator[BrowserContext]:
    """That browser, signed in nowhere and with no page open."""
    office.clear_cookies()
    yield office
    for page in office.pages:
        page.close()


@pytest.fixture
def page(context: BrowserContext, desk: Desk) -> Page:
    """A page whose requests and errors are noted by the desk."""
    return desk.watch(context.new_page())


@pytest.fixture(scope="module")
def pocket(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of a phone, 390 by 844, that has fetched the scripts once."""
    opened = a_browser(browser, NARROW, is_mobile=True, has_touch=True)
    yield opened
    opened.close()


@pytest.fixture
def phone(pocket: BrowserContext, desk: Desk) -> Iterator[Page]:
    """A page on a phone, signed in nowhere."""
    pocket.clear_cookies()
    yield desk.watch(pocket.new_page())
    for page in pocket.pages:
        page.close()


def free_port() -> int:
    """A port nobody listens on at the moment, and below those that are given out unasked: one of
    these may be taken by another test before the desk, which starts slowly, binds it."""
    for port in random.sample(BELOW_UNASKED, len(BELOW_UNASKED)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
