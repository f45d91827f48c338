"""docs/how-to/connect-*.md: what each tells to try in the demonstration, followed to the letter.

One invented province without any authorisation, one `sentinel run` with all its processes, one
browser: commands are those of the code blocks, what is pressed and read are the words in quotation
marks, so a guide that leaves something out fails here.
"""

import os
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from monitor import wiring
from monitor.__main__ import app
from tests.e2e.browsing import a_browser
from tests.e2e.conftest import free_port
from tests.e2e.running import KEY, ROOT, Desk, settled, until_it_answers

pytestmark = pytest.mark.browser
GUIDES = sorted((ROOT / "docs" / "how-to").glob("connect-*.md"))
TRY = "## 在演示环境里试一试\n"
PATIENCE = 20
SLOWEST = 60_000
WAIT = "等一分钟再试一次"


@dataclass
class Follower:
    """Somebody with a guide, a terminal and a browser; `link` is the last one he was given."""

    page: Page
    desk: Desk
    link: str = ""

    def follow(self, step: str) -> int:
        """Do what a step says; how many deeds that were."""
        done = 0
        for pattern, deed in DEEDS.items():
            for found in re.finditer(pattern, step, re.DOTALL):
                deed(self, step, *found.groups())
                done += 1
        return done

    def type(self, step: str, block: str) -> None:
        """The lines of a code block, in the terminal."""
        for line in filter(None, map(str.strip, block.splitlines())):
            words = shlex.split(line)
            if words[0] == "printf":
                Path(words[-1]).write_text(words[2], "utf-8")
            else:
                assert words[0] == ".venv/bin/sentinel", line
                self._command(words[1:], tries=PATIENCE if WAIT in step else 1)

    def agree(self, _step: str, name: str, said: str) -> None:
        """As the account's owner, on the platform's own page."""
        self.page.goto(self.link)
        self.page.get_by_role("link", name=name, exact=True).first.click()
        expect(self.page.get_by_role("heading", name=said)).to_be_visible()

    def invite(self, _step: str, name: str, button: str) -> None:
        """On the page 授权, a link for an account that is connected already."""
        self.desk.open(self.page, "/authorising")
        # A list that opens while the page scrolls closes again.
        self.page.get_by_role("button", name=button, exact=True).scroll_into_view_if_needed()
        self.page.get_by_label("账号", exact=True).click()
        self.page.get_by_role("option", name=name).first.click()
        settled(self.page)
        self.page.get_by_role("button", name=button, exact=True).click()
        shown = self.page.locator('[data-testid="stCode"]')
        expect(shown).to_contain_text("/hooks/invited/", timeout=SLOWEST)
        self.link = shown.inner_text().partition("打开：")[2].strip()

    def agree_anew(self, step: str, begin: str, name: str, said: str) -> None:
        """The link that was sent leads to the platform by a page of our own."""
        self.page.goto(self.link)
        self.page.get_by_role("link", name=begin, exact=True).click()
        self.link = self.page.url
        self.agree(step, name, said)

    def see(self, _step: str, name: str, outcome: str) -> None:
        """The newest pass of the account on the page 采集."""
        self.desk.open(self.page, "/collecting")
        box = self.page.get_by_label("账号", exact=True)
        box.fill(name)
        box.press("Enter")
        settled(self.page)
        table = self.page.locator(".ms-table", has_text="查看时段")
        first = table.locator("tbody tr").first
        expect(first).to_contain_text(name, timeout=SLOWEST)
        expect(first.locator("td").nth(4)).to_contain_text(outcome)

    def _command(self, words: list[str], tries: int) -> None:
        pause = threading.Event()
        for left in reversed(range(tries)):
            wiring.parts.cache_clear()
            done = CliRunner().invoke(app, words)
            wiring.parts().store.close()
            if done.exit_code == 0 or not left:
                break
            pause.wait(1)
        assert done.exit_code == 0, f"{words}: {done.output}"
        self.link = done.stdout.strip() if done.stdout.startswith("http") else self.link


DEEDS = {
    r"```sh\n(.*?)```": Follower.type,
    r"用浏览器打开上一步给出的链接,点“([^”]+)”,页面显示“([^”]+)”": Follower.agree,
    r"打开“采集”页,在“账号”栏输入“([^”]+)”,“采集轮次”第一行的结果是“([^”]+)”": Follower.see,
    r"打开“授权”页,在“重新授权”里选“([^”]+)”,点“([^”]+)”": Follower.invite,
    r"打开页面给出的链接,点“([^”]+)”,再点“([^”]+)”,页面显示“([^”]+)”": Follower.agree_anew,
}


@pytest.fixture(scope="module")
def follower(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Follower]:
    """The demonstration of docs/how-to/connect.md, running, and somebody signed in to it."""
    folder = tmp_path_factory.mktemp("demonstration")
    with pytest.MonkeyPatch.context() as patch:
        at = _prepared(patch, folder)
        done = CliRunner().invoke(app, ["demo", "--zero-api"])
        assert done.exit_code == 0, done.output
        said = re.search(r"登录名 (\S+)  口令 (\S+)", done.output)
        assert said is not None
        desk = _running(folder, at)
        page = a_browser(browser).new_page()
        try:
            desk.sign_in(page, *said.groups())
            expect(page.locator(".desk-who")).to_be_visible(timeout=SLOWEST)
            yield Follower(page, desk)
        finally:
            page.context.close()
            desk.stop()
            wiring.parts.cache_clear()


def _prepared(patch: pytest.MonkeyPatch, folder: Path) -> int:
    """A machine on which nothing is set up: its settings, the port of the desk."""
    data = folder / "data"
    data.mkdir()
    for each in (ROOT / "data").iterdir():
        if each.name != "local":
            (data / each.name).symlink_to(each)
    for name in [name for name in os.environ if name.startswith("SENTINEL_")]:
        patch.delenv(name)
    port = free_port()
    settings = {
        "CONFIG": folder / "none.toml",
        "DATA_DIR": data,
        "KEY": KEY,
        "DEMO": "true",
        "DEMO_SIZE": "small",
        "DEMO_PORT": free_port(),
        "DASHBOARD__PORT": port,
    }
    for name, value in settings.items():
        patch.setenv(f"SENTINEL_{name}", str(value))
    patch.setenv("PYTHONPATH", str(ROOT))
    patch.chdir(folder)
    wiring.parts.cache_clear()
    return port


def _running(folder: Path, port: int) -> Desk:
    log = folder / "desk.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "monitor", "run"],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    desk = Desk(f"http://127.0.0.1:{port}", process, log)
    until_it_answers(desk)
    return desk


@pytest.mark.parametrize("guide", GUIDES, ids=[each.stem for each in GUIDES])
def test_whoever_follows_the_guide_in_the_demonstration_sees_the_account_read(
    follower: Follower, guide: Path
) -> None:
    """Each step holds something to do, and what it promises comes to pass."""
    tried = guide.read_text("utf-8").partition(TRY)[2]
    steps = re.split(r"^\d+\. ", tried, flags=re.MULTILINE)[1:]
    assert steps
    assert "“采集”页" in "".join(steps)
    for step in steps:
        assert follower.follow(step), f"nobody can follow: {step}"
