"""A guide of the documents and its reader: what is pressed stands in the step at hand."""

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.running import ROOT, Desk, settled

GUIDE = ROOT / "docs" / "how-to" / "people.md"
KEPT = os.environ.get("SENTINEL_PICTURES") == "1"
PICTURES = ROOT / "docs" / "images" if KEPT else Path(tempfile.gettempdir()) / "sentinel-shots"
WITHOUT_TOASTS = '[data-testid="stToast"] { display: none }'
OWN = "Quiet-Lake-2026"


@dataclass
class Reader:
    """Somebody who reads the guide in one hand and works with the other."""

    page: Page
    desk: Desk
    step: str = ""
    at: int = 0

    def next(self) -> None:
        """On to the next step."""
        self.at += 1
        self.step = STEPS[self.at]

    def said(self, words: str, mark: str = "“{}”") -> str:
        """Words that stand in the step at hand, as it quotes them."""
        assert mark.format(words) in self.step, f"step {self.at} does not say {words}"
        return words

    def press(self, label: str) -> None:
        self.page.get_by_role("button", name=self.said(label), exact=True).click()
        settled(self.page)

    def fill(self, label: str, text: str) -> None:
        box = self.page.get_by_label(self.said(label), exact=True)
        box.fill(text)
        box.press("Tab")
        settled(self.page)

    def choose(self, label: str, option: str) -> None:
        """From a list, by typing a part of it, as one does with a hundred units."""
        box = self.page.get_by_label(self.said(label), exact=True)
        box.click()
        shown = self.page.get_by_role("option", name=self.said(option), exact=True)
        if box.is_editable():
            box.fill(option)
        shown.click()
        settled(self.page)

    def tab(self, name: str) -> None:
        self.page.get_by_role("radio", name=self.said(name), exact=True).click()
        settled(self.page)

    def menu(self, name: str) -> None:
        menu = self.page.locator('[data-testid="stSidebarNav"]')
        menu.get_by_role("link", name=self.said(name), exact=True).click()
        expect(self.page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        settled(self.page)

    def shot(self, name: str) -> None:
        """The picture that stands after the step."""
        assert f"images/{name}.png" in self.step
        settled(self.page)
        self.page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTo(0, 0)")
        self.page.screenshot(
            path=PICTURES / f"{name}.png", animations="disabled", style=WITHOUT_TOASTS
        )

    def enters(self, login: str, first: str) -> None:
        """Sign in with the first password, and choose one's own."""
        self.page.context.clear_cookies()
        self.desk.sign_in(self.page, login, first)
        self.page.get_by_label("原口令").fill(first)
        self.page.get_by_label("新口令", exact=True).fill(OWN)
        self.page.get_by_label("再输一次新口令").fill(OWN)
        self.page.get_by_role("button", name=self.said("保存新口令")).click()
        settled(self.page)


def steps() -> list[str]:
    """The text of each numbered step, with what follows it; '' before the first."""
    parts = re.split(r"^(\d+)\. ", GUIDE.read_text("utf-8"), flags=re.MULTILINE)
    assert [int(each) for each in parts[1::2]] == list(range(1, len(parts) // 2 + 1))
    return ["", *parts[2::2]]


def table(step: str) -> str:
    """The table that stands under a step."""
    return step.partition("```csv\n")[2].partition("```")[0]


STEPS = steps()
