"""Security headers as they leave the running server, and a policy the browser keeps.

That no page of ours breaks it is seen where all pages are gone through (test_frame.py).
"""

from typing import Final
from urllib.error import HTTPError
from urllib.request import Request

import pytest
from playwright.sync_api import Page as BrowserPage

from tests.e2e.running import DIRECT, Desk

pytestmark = pytest.mark.browser
NOTE_VIOLATIONS: Final = """
window.broken = [];
document.addEventListener("securitypolicyviolation",
  (each) => window.broken.push(each.violatedDirective + " " + each.blockedURI));
"""


@pytest.fixture(scope="module")
def desk(shared_desk: Desk) -> Desk:
    """One dashboard for all of these: nothing is changed."""
    return shared_desk


@pytest.mark.parametrize(
    "path", ["/auth/login", "/app/static/desk.css", "/_stcore/health", "/_stcore/agent", "/x"]
)
def test_every_answer_of_the_running_server_carries_the_headers(desk: Desk, path: str) -> None:
    try:
        with DIRECT.open(Request(desk.url + path), timeout=10) as answer:
            headers = answer.headers
    except HTTPError as refused:
        headers = refused.headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "object-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers.get_all("content-security-policy") == [headers["content-security-policy"]]


def test_the_policy_is_kept_by_the_browser(desk: Desk, page: BrowserPage) -> None:
    page.add_init_script(NOTE_VIOLATIONS)
    page.goto(f"{desk.url}/auth/login")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.evil = 1';"
        " document.body.append(s); }"
    )
    assert page.evaluate("window.evil") is None
    assert "script-src-elem inline" in page.evaluate("window.broken")
