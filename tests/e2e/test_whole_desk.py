"""`sentinel run` as a stranger starts it: filled, collected, judged, seen in a browser, stopped.

With SENTINEL_PICTURES=1 (`make pictures`) its pictures are those that stand in docs/images.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsing import NARROW, WIDE, a_browser
from tests.e2e.conftest import free_port
from tests.e2e.running import DIRECT, ROOT, Desk, settled
from tests.shipped import shipped

KEPT = os.environ.get("SENTINEL_PICTURES") == "1"
PICTURES = ROOT / "docs" / "images" if KEPT else Path(tempfile.gettempdir()) / "sentinel-shots"
READY = re.compile(r"矩阵哨兵即将就绪:(\S+)")
LOGIN = re.compile(r"登录名 (\S+)  口令 (\S+)")
PAGES = {
    "/": "dashboard-home",
    "/accounts": "dashboard-accounts",
    "/health": "dashboard-health",
    "/collecting": "dashboard-collecting",
}


@dataclass
class Running:
    """A desk under its supervisor, with what it printed."""

    process: "subprocess.Popen[str]"
    url: str
    login: str
    password: str
    reader: threading.Thread

    def stop(self) -> int:
        """Ctrl-C; the exit code once everything is gone."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(40)
        _, left = psutil.wait_procs(family, timeout=10)
        self.reader.join(10)
        assert self.process.stderr is not None
        self.process.stderr.close()
        assert left == []
        return code


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    shipped(folder / "data")
    return folder


def run(home: Path) -> Running:
    environment = {key: value for key, value in os.environ.items() if "SENTINEL_" not in key}
    environment |= {
        "SENTINEL_CONFIG": str(home / "none.toml"),
        "SENTINEL_DATA_DIR": str(home / "data"),
        "SENTINEL_KEY_FILE": str(home / "key"),
        "SENTINEL_DASHBOARD__PORT": str(free_port()),
        "SENTINEL_DEMO_PORT": str(free_port()),
        "SENTINEL_DEMO_SIZE": "full" if KEPT else "small",
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "run"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = ""
    while "按 Ctrl-C 停止" not in said:
        line = process.stderr.readline()
        assert line, f"it ended with {process.wait()}:\n{said}"
        said += line
    reader = threading.Thread(target=process.stderr.read, daemon=True)
    reader.start()
    ready, login = READY.search(said), LOGIN.search(said)
    assert ready is not None
    assert login is not None
    return Running(process, ready.group(1), login.group(1), login.group(2), reader)


@pytest.fixture(scope="module")
def running(home: Path) -> Iterator[Running]:
    desk = run(home)
    yield desk
    if desk.process.poll() is None:
        desk.stop()


@pytest.fixture(scope="module")
def page(browser: Browser, running: Running) -> Iterator[Page]:
    context = a_browser(browser)
    opened = context.new_page()
    _wait_for(running.url)
    opened.goto(f"{running.url}/auth/login")
    opened.get_by_label("登录名").fill(running.login)
    opened.get_by_label("口令", exact=True).fill(running.password)
    opened.get_by_role("button", name="登 录").click()
    expect(opened.locator(".desk-who")).to_be_visible(timeout=60_000)
    yield opened
    context.close()


def _wait_for(url: str) -> None:
    pause = threading.Event()
    for _ in range(600):
        try:
            with DIRECT.open(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pause.wait(0.1)
    pytest.fail("the dashboard did not come up")


def _collected(page: Page, url: str) -> None:
    """Look at the run log on screen until the first sweep has been judged."""
    for _ in range(90):
        page.goto(f"{url}/collecting")
        settled(page)
        if page.get_by_text(re.compile("部分完成|采集账号")).count():
            return
    pytest.fail("the first sweep was not seen to end")


def test_everything_is_there_after_the_first_sweep(page: Page, running: Running) -> None:
    watched = Desk(running.url, None, Path()).watch(page)  # type: ignore[arg-type]
    _collected(page, running.url)
    for path in PAGES:
        watched.goto(f"{running.url}{path}")
        settled(watched)
        expect(watched.get_by_text("演示数据 纯属虚构").first).to_be_visible()
        assert watched.locator('[data-testid="stException"]').count() == 0


def test_the_flagged_accounts_stand_there_with_their_evidence(page: Page, running: Running) -> None:
    page.goto(f"{running.url}/health")
    settled(page)
    expect(
        page.get_by_text(re.compile("疑似(内容不更新|睡眠|僵尸|长期停更|从未更新)")).first
    ).to_be_visible()
    expect(page.get_by_text(re.compile(r"\(演示\)")).first).to_be_visible()


def test_the_digest_is_asked_for_and_shown_in_the_browser(page: Page, running: Running) -> None:
    page.goto(f"{running.url}/weekly")
    settled(page)
    page.get_by_role("button", name="生成预览").click()
    expect(page.get_by_role("heading", name="复制到工作群")).to_be_visible(timeout=90_000)
    expect(page.get_by_text(re.compile("备案账号[0-9,]+个")).first).to_be_visible()


def test_the_pictures_of_the_documents_are_taken(page: Page, running: Running) -> None:
    PICTURES.mkdir(exist_ok=True)
    for path, name in PAGES.items():
        page.goto(f"{running.url}{path}")
        settled(page)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / f"{name}.png")
    page.set_viewport_size(NARROW)
    page.goto(f"{running.url}/")
    settled(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / "dashboard-phone.png")
    page.set_viewport_size(WIDE)


def test_ctrl_c_stops_all_and_a_second_start_has_lost_nothing(
    page: Page, running: Running, home: Path
) -> None:
    page.goto(f"{running.url}/accounts")
    assert running.stop() == 0
    again = run(home)
    try:
        assert (again.login, again.password) == (running.login, running.password)
        _wait_for(again.url)
    finally:
        assert again.stop() == 0
