"""认定标准 in a browser: a revision drafted, refused by the line, tried, made final by another."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from monitor.collect.loop import EventLoop
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from monitor.runs import jobs
from tests.e2e.conftest import enrol
from tests.e2e.running import Desk, settled
from tests.e2e.running import fitting_picture as picture
from tests.filled import fill_store
from tests.service.parts import some_parts

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk], data_dir: Path) -> Desk:
    """The dashboard on the small province, with a section head."""
    fill_store(live_store)
    enrol(live_store, "head", "郑某(演示)", Grant(Role.HEAD, "/"))
    return start_desk(DATA_DIR=str(data_dir))


def begun(desk: Desk, page: Page) -> None:
    """A revision begun as a copy of what is in force."""
    desk.arrive(page, "/standards?tab=drafts")
    expect(page.get_by_text("还没有修订过")).to_be_visible()
    page.get_by_text("起草修订", exact=True).click()
    page.get_by_role("button", name="起草", exact=True).click()
    expect(page.get_by_role("heading", name="与现行标准对比")).to_be_visible()
    settled(page)


def rewritten(page: Page, before: str, after: str) -> None:
    """The text of the sheet with other words, and 保存文字 pressed."""
    box = page.get_by_label("标准文字")
    expect(box).to_be_visible()
    text = box.input_value()
    assert before in text
    box.fill(text.replace(before, after))
    box.press("Tab")
    settled(page)
    page.get_by_role("button", name="保存文字").click()


def filled(page: Page, said: dict[str, str]) -> None:
    """Fields of the form changed one by one, and 保存修改 pressed."""
    page.get_by_text("逐项修改", exact=True).click()
    for label, text in said.items():
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")
        settled(page)
    page.get_by_role("button", name="保存修改").click()


def tried(desk: Desk, page: Page, address: str, store: Store, data_dir: Path) -> None:
    """试算本修订 asked for, done by the machine, and read on the revision's own page."""
    page.get_by_role("button", name="试算本修订").click()
    expect(page.get_by_text("已排队").first).to_be_visible()
    with EventLoop() as loop:
        jobs.run(some_parts(store, store.clock, data_dir=data_dir), loop)
    desk.open(page, address)
    expect(page.get_by_text("新增整改单").first).to_be_visible()
    picture(page, "standard-tried")


def test_a_revision_is_refused_by_its_line_tried_and_made_final_by_a_second_person(
    desk: Desk, live_store: Store, data_dir: Path, page: Page, phone: Page
) -> None:
    begun(desk, page)
    address = page.url.removeprefix(desk.url)
    page.get_by_text("按文字修改", exact=True).click()
    rewritten(page, "over_days: 14", "over_days: 6")
    wrong = page.get_by_role("alert").filter(has_text="应大于前一类的天数")
    expect(wrong).to_contain_text("行")
    picture(page, "standard-refused")
    since = (shanghai_day(int(live_store.clock().timestamp())) + timedelta(days=20)).isoformat()
    desk.open(page, address)
    filled(page, {"僵尸·天数": "100", "生效日期": since})
    expect(page.get_by_text("超过100天,不合格").first).to_be_visible()
    tried(desk, page, address, live_store, data_dir)
    page.get_by_role("button", name="提请定稿").click()
    expect(page.get_by_text("等另一位科室负责人定稿")).to_be_visible()
    expect(page.get_by_role("button", name="定稿", exact=True)).to_have_count(0)
    desk.enter(phone.context, "head")
    desk.open(phone, address)
    picture(phone, "standard-phone")
    phone.get_by_role("button", name="定稿", exact=True).click()
    expect(phone.get_by_text(f"郑某(演示)定稿，自{since}起生效")).to_be_visible()
    desk.open(page, "/standards")
    coming = page.get_by_text(f"自{since}起改用“本厅口径")
    expect(coming).to_be_visible()
    desk.open(page, "/standards?tab=history")
    expect(page.get_by_text("尚未生效")).to_be_visible()
    picture(page, "standard-history")
    assert desk.outside == []
