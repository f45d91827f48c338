"""规则试算 in a browser: a mistake is told by its line, a trial is called off, one is read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from monitor.collect.loop import EventLoop
from monitor.record.store import Store
from monitor.runs import jobs
from tests.e2e.running import Desk, settled
from tests.e2e.running import fitting_picture as picture
from tests.filled import fill_store
from tests.service.parts import some_parts

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk], data_dir: Path) -> Desk:
    """The dashboard on the small province."""
    fill_store(live_store)
    return start_desk(DATA_DIR=str(data_dir))


def test_a_trial_is_refused_by_the_line_called_off_and_read(
    desk: Desk, live_store: Store, data_dir: Path, page: Page, phone: Page
) -> None:
    desk.arrive(page, "/trying")
    expect(page.get_by_text("还没有试算过")).to_be_visible()
    picture(page, "trying-empty")
    page.get_by_text("改几个数再试").click()
    box = page.get_by_label("改动后的文字")
    text = (data_dir / "rulebooks" / "mh2025.yaml").read_text("utf-8")
    box.fill(text.replace("over_days: 14", "over_days: 9"))
    box.press("Tab")
    settled(page)
    page.get_by_role("button", name="开始试算").click()
    expect(page.get_by_role("alert").filter(has_text="行 classes[2].over_days")).to_be_visible()
    picture(page, "trying-refused")
    box.fill(text)
    box.press("Tab")
    settled(page)
    page.get_by_role("button", name="开始试算").click()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_text("已按要求取消").first).to_be_visible()
    page.get_by_role("button", name="开始试算").click()
    expect(page.get_by_role("button", name="取消")).to_be_visible()
    with EventLoop() as loop:
        jobs.run(some_parts(live_store, live_store.clock, data_dir=data_dir), loop)
    expect(page.get_by_text("新增整改单").first).to_be_visible()
    expect(page.get_by_text("用过去核对")).to_be_visible()
    picture(page, "trying-read")
    desk.arrive(phone, "/trying")
    expect(phone.get_by_text("新增整改单").first).to_be_visible()
    picture(phone, "trying-phone")
    assert desk.outside == []
