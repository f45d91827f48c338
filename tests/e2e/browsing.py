"""Browsers of an office: Chinese, in Shanghai, and still, so that no press lands beside a button
that an opening fold just moved."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

WIDE: ViewportSize = {"width": 1366, "height": 768}
NARROW: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 60_000
"""Milliseconds in which what is waited for must come: a machine that does other things is slow."""
expect.set_options(timeout=PATIENCE)
STILL = """
const moving = Element.prototype.animate;
Element.prototype.animate = function (frames, options) {
  const told = typeof options === "object" ? options : {};
  return moving.call(this, frames, { ...told, duration: 0 });
};
"""


def a_browser(browser: Browser, size: ViewportSize = WIDE, **more: Any) -> BrowserContext:
    """One that is signed in nowhere; `more` as Playwright's `new_context` takes it."""
    opened = browser.new_context(
        viewport=size,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        **more,
    )
    opened.set_default_timeout(PATIENCE)
    opened.add_init_script(STILL)
    return opened
