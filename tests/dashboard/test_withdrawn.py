"""An officer's way out behind the gate: looking changes nothing, one press ends it."""

import httpx
import pytest

from monitor.actions import withdrawing
from monitor.record.store import Store
from tests.actions.test_officers import NAME, joined, seen
from tests.dashboard.test_acknowledged import KEY, said
from tests.filled import fill_store

pytestmark = pytest.mark.anyio


async def test_an_officer_leaves_without_login_and_there_is_nothing_to_change_afterwards(
    browser: httpx.AsyncClient, store: Store
) -> None:
    account = joined(store, fill_store(store))
    address = f"/r/{withdrawing.make(store, None, KEY, account).token}"
    page = await browser.get(address)
    for expected in (NAME, "同意有效", "确认退出", "不作任何考核依据", "只发给账号本人"):
        assert expected in page.text
    assert all(each not in page.text for each in ("签收", "前可以修改", "<textarea", 'name="url"'))
    await browser.get(address)
    assert seen(store, account)[0]
    sent = await browser.post(address, data=said(page))
    assert (sent.status_code, seen(store, account)) == (303, (False, False, True))
    for way in (address, f"{address}?again=1"):
        thanks = await browser.get(way)
        assert "已退出" in thanks.text
        assert "修改" not in thanks.text
