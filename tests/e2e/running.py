"""The dashboard as a process of its own on a free port, and the people who sign in to it."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Quiet-Lake-2026"
KEY = "5a" * 32
STARTS_WITHIN = 60
SEE_OTHER = 303
QUIET_MS = 150
QUIET = """quiet => {
  const app = document.querySelector('[data-testid="stApp"]');
  const runs = !app || app.getAttribute("data-test-script-state") === "running";
  if (runs || window.quietSince === undefined) window.quietSince = performance.now();
  if (runs || performance.now() - window.quietSince < quiet) return false;
  window.quietSince = undefined;
  return true;
}"""
DIRECT = build_opener(ProxyHandler({}))


@dataclass
class Desk:
    """A dashboard that runs, where it is, and what it wrote to its log."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path
    outside: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> Page:
        """Note, from now on, each request that leaves the address and each error of the console."""
        self.outside.clear()
        self.console.clear()

        def asked(request: object) -> None:
            address = str(getattr(request, "url", ""))
            if not address.startswith((self.url, "data:", "blob:", self.url.replace("http", "ws"))):
                self.outside.append(address)

        page.on("request", asked)
        page.on("console", lambda said: said.type == "error" and self.console.append(said.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))
        return page

    def sign_in(self, page: Page, login: str = "editor", password: str = PASSWORD) -> None:
        """Go to the entrance, fill it in, and arrive."""
        page.goto(f"{self.url}/auth/login")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("口令", exact=True).fill(password)
        page.get_by_role("button", name="登 录").click()

    def enter(self, context: BrowserContext, login: str = "editor") -> None:
        """Sign in over HTTP, where the form is not the point: the cookie lands in the browser."""
        form = context.request.get(f"{self.url}/auth/login").text()
        proof = form.partition('name="form" value="')[2].partition('"')[0]
        told = {"form": proof, "login": login, "password": PASSWORD, "next": "/"}
        answer = context.request.post(f"{self.url}/auth/login", form=told, max_redirects=0)
        assert answer.status == SEE_OTHER, answer.text()

    def arrive(self, page: Page, path: str = "/", login: str = "editor") -> None:
        """Sign in, open a page, and wait until it stands."""
        self.sign_in(page, login)
        expect(page.locator(".desk-who")).to_be_visible()
        if path != "/":
            self.open(page, path)

    def open(self, page: Page, path: str) -> Response | None:
        """Open a page and wait until its script is through."""
        answer = page.goto(f"{self.url}{path}")
        settled(page)
        return answer

    def stop(self) -> None:
        """End the process, and wait until it is gone."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def settled(page: Page) -> None:
    """Wait until the script of a page has run through, and no other began at once after it: what
    a press or a word sets off reaches the page a moment later."""
    expect(page.locator(".desk-foot").first).to_be_visible()
    page.wait_for_function(QUIET, arg=QUIET_MS)


def chosen(page: Page, label: str, text: str) -> None:
    """Choose from a list; again where a run of the page that came late closed it."""
    option = page.get_by_role("option", name=text).first
    for _ in range(5):
        page.keyboard.press("Escape")
        page.get_by_label(label, exact=True).click()
        try:
            option.click(timeout=10_000)
        except PlaywrightTimeout:
            continue
        page.keyboard.press("Escape")
        settled(page)
        return
    raise AssertionError(f"{label} never offered {text}")


def press_twice(button: Locator) -> None:
    """A hasty hand: two presses with nothing between them. A double click by the browser's mouse
    is two presses a second apart where the machine is slow, and then it is meant twice."""
    expect(button).to_be_enabled()
    button.focus()
    button.evaluate("each => { each.click(); each.click(); }")


def picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look at it."""
    folder = os.environ.get("SENTINEL_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def fitting_picture(page: Page, name: str) -> None:
    """The same of a page that is no wider than its screen."""
    assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0
    picture(page, name)


def start(database_url: str, port: int, folder: Path, **settings: str) -> Desk:
    """A dashboard on this database and port; `settings` are SENTINEL_ variables by their rest."""
    environment = {key: value for key, value in os.environ.items() if "SENTINEL_" not in key}
    environment |= {
        "SENTINEL_DATABASE_URL": database_url,
        "SENTINEL_DASHBOARD__PORT": str(port),
        "SENTINEL_KEY": KEY,
        "SENTINEL_KEY_FILE": str(folder / "key"),
        "SENTINEL_CONFIG": str(folder / "none.toml"),
        "SENTINEL_DEMO": "true",
        "PYTHONUNBUFFERED": "1",
    }
    environment |= {f"SENTINEL_{key}": value for key, value in settings.items()}
    log = folder / "desk.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.asgi"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    desk = Desk(f"http://127.0.0.1:{port}", process, log)
    until_it_answers(desk)
    return desk


def until_it_answers(desk: Desk) -> None:
    """Wait until a dashboard answers; AssertionError with its log where it does not."""
    pause = threading.Event()
    for _ in range(STARTS_WITHIN * 10):
        if desk.process.poll() is not None:
            break
        try:
            with DIRECT.open(f"{desk.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pause.wait(0.1)
    desk.stop()
    raise AssertionError(f"the dashboard did not start:\n{desk.log.read_text('utf-8')}")
