"""留存 in a browser: placed by one person on a wide screen, lifted by another on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.domain.instants import DAY
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.builders import T, put
from tests.e2e.browsing import NARROW, a_browser
from tests.e2e.conftest import enrol
from tests.e2e.running import Desk, picture, press_twice, settled
from tests.filled import fill_store

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk]) -> Desk:
    fill_store(live_store)
    enrol(live_store, "an", "吴某(演示)", Grant(Role.SECURITY_ADMIN, "/"))
    enrol(live_store, "head", "郑某(演示)", Grant(Role.HEAD, "/"))
    return start_desk()


def write(page: Page, label: str, text: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Tab")
    settled(page)


def purged(live_store: Store) -> None:
    """One receipt, and something that has had its time."""
    with live_store.writing() as tx:
        run = put(
            tx, "run", command="purge", arguments={}, known_at=1, started_at=tx.now, counts={}
        )
        row = {"kind": "outbox_body", "many": 1240, "revision": 1, "rules_sha256": "0" * 64}
        times = {"oldest": tx.second - 300 * DAY, "newest": tx.second - 180 * DAY}
        put(
            tx,
            "purge_receipt",
            **row,
            **times,
            ids_sha256="0" * 64,
            run_id=run,
            recorded_at=tx.stamp,
        )
        put(tx, "attempt", login="x", address="y", at=tx.second - 200 * DAY)


def test_one_holds_data_back_and_another_lets_it_go(
    desk: Desk, page: Page, browser: Browser, live_store: Store
) -> None:
    desk.arrive(page, "/retaining", "an")
    expect(page.get_by_text("现在没有登记留存")).to_be_visible()
    picture(page, "retaining-empty")
    page.get_by_text("登记留存", exact=True).first.click()
    write(page, "理由", "配合某市纪委调取证据")
    press_twice(page.get_by_role("button", name="登记留存", exact=True))
    expect(page.get_by_text("留存已登记").first).to_be_visible()
    purged(live_store)
    page.get_by_role("button", name="预览下次清理").click()
    expect(page.get_by_text("因留存不清理").first).to_be_visible()
    picture(page, "retaining-full")
    assert page.get_by_role("button", name="解除留存", exact=True).count() == 0
    opened = a_browser(browser, NARROW)
    head = opened.new_page()
    desk.arrive(head, "/retaining", "head")
    head.get_by_text("解除留存", exact=True).first.click()
    write(head, "解除理由", "检查已结束")
    picture(head, "retaining-phone")
    head.get_by_role("button", name="解除留存", exact=True).click()
    expect(head.get_by_text("留存已解除").first).to_be_visible()
    opened.close()
    with live_store.reading() as tx:
        [hold] = tx.conn.execute(T["data_hold"].select()).all()
    assert hold.placed_by != hold.lifted_by
