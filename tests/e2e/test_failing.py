"""A page that fails says so in Chinese, and the log tells the rest."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from monitor.record.store import Store
from tests.e2e.running import Desk

pytestmark = pytest.mark.browser


def test_a_failed_page_says_so_in_chinese_with_the_number_in_the_log(
    desk: Desk, page: Page, live_store: Store
) -> None:
    with live_store.writing() as tx:
        tx.conn.execute(text("ALTER TABLE account_rev RENAME TO account_rev_away"))
    desk.arrive(page, "/accounts")
    told = page.get_by_test_id("stAlert")
    expect(told).to_contain_text("错误编号")
    found = re.search("错误编号 ([0-9a-f]{8})", told.inner_text())
    assert found is not None
    assert found[1] in desk.log.read_text("utf-8")
    expect(told).not_to_contain_text("sqlite")
    expect(told).not_to_contain_text("Error")
