"""Where somebody comes from, with a proxy before the desk and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser
from sqlalchemy import text

from monitor.record.store import Store
from tests.e2e.browsing import a_browser
from tests.e2e.running import Desk

pytestmark = pytest.mark.browser


def test_where_somebody_comes_from_is_believed_of_named_proxies_only(
    live_store: Store, start_desk: Callable[..., Desk], browser: Browser
) -> None:
    said = {"X-Forwarded-For": "203.0.113.9", "Accept": "text/html"}
    for trusted in ("[]", '["127.0.0.1"]'):
        desk = start_desk(DASHBOARD__TRUSTED_PROXIES=trusted)
        context = a_browser(browser, extra_http_headers=said)
        desk.sign_in(context.new_page(), "nobody", "wrong")
        context.close()
    with live_store.reading() as tx:
        rows = tx.conn.execute(text("SELECT address FROM attempt ORDER BY id")).scalars().all()
    assert rows == ["127.0.0.1", "203.0.113.9"]
