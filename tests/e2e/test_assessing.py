"""考核 in a browser: a unit objects, is upheld, the result settled on paper, its files go out."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.e2e.assessed import an_assessment, put
from tests.e2e.conftest import enrol
from tests.e2e.running import Desk, picture, settled
from tests.filled import fill_store

pytestmark = pytest.mark.browser
PDF = {"name": "签批.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 signed"}
UNIT = "江陵县公安局"


def pressed(page: Page, name: str, then: str) -> None:
    """A button of the page, pressed once it can be; what is said when it went through."""
    button = page.get_by_test_id("stMain").get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text(then).first).to_be_visible()
    settled(page)


def opened(page: Page, name: str) -> None:
    """A fold of the page, once the page stands still."""
    settled(page)
    page.locator("summary", has_text=name).first.click()


def objects(desk: Desk, page: Page, key: int) -> None:
    """The county looks at its own result, and holds something against a line."""
    desk.arrive(page, f"/assessing?id={key}", "county")
    expect(page.get_by_role("link", name=UNIT)).to_be_visible()
    expect(page.get_by_role("link", name="公安县公安局")).to_have_count(0)
    page.get_by_role("link", name=UNIT).click()
    expect(page.get_by_role("heading", name="最能提高得分的事项")).to_be_visible()
    settled(page)
    picture(page, "assessing-unit")
    opened(page, "提出异议")
    page.get_by_label("异议内容").fill("两周的作品没有计入")
    page.get_by_label("应得分").fill("10")
    page.get_by_label("应得分").press("Tab")
    pressed(page, "提出异议", "异议已提出")


def reviews(desk: Desk, page: Page, key: int, store: Store) -> None:
    """The office answers, and puts the result up to be settled."""
    desk.arrive(page, f"/assessing?id={key}")
    expect(page.get_by_text("排名稳定性").first).to_be_visible()
    settled(page)
    picture(page, "assessing-result")
    put(store, key, feedback_until=1)
    desk.open(page, f"/assessing?id={key}&part=pleas")
    pressed(page, "转入复核", "已办理")
    opened(page, f"答复：{UNIT}")
    page.get_by_label("答复说明").fill("链接属实")
    page.get_by_label("答复说明").press("Tab")
    settled(page)
    picture(page, "assessing-pleas")
    pressed(page, "采纳", "已采纳")
    put(store, key, reviewed_at=0)
    pressed(page, "提请审定", "已办理")


def settles(desk: Desk, page: Page, key: int) -> None:
    """Another person registers what was signed on paper."""
    desk.arrive(page, f"/assessing?id={key}", "head")
    expect(page.get_by_label("签批人")).to_be_visible()
    page.get_by_label("签批人").fill("王某(演示)")
    page.get_by_label("签批人").press("Tab")
    page.locator("input[type=file]").first.set_input_files(PDF)
    expect(page.get_by_text("签批.pdf").first).to_be_visible()
    picture(page, "assessing-settle")
    pressed(page, "审定", "已按签批件审定")


def goes_out(desk: Desk, page: Page, key: int) -> None:
    """The bulletin has a number, and the files come down."""
    desk.arrive(page, f"/assessing?id={key}")
    pressed(page, "印发", "已编号印发")
    for label, ending in (("下载考核结果通报", ".docx"), ("下载评分明细", ".csv")):
        with page.expect_download() as made:
            page.get_by_role("button", name=label).click()
        assert made.value.suggested_filename.endswith(ending)


def test_a_quarter_is_objected_to_settled_on_paper_and_announced(
    shared_store: Store, shared_desk: Desk, office: BrowserContext
) -> None:
    made = fill_store(shared_store)
    enrol(shared_store, "county", "钱某(演示)", Grant(Role.UNIT_LIAISON, made.paths[UNIT]))
    enrol(shared_store, "head", "吴某(演示)", Grant(Role.HEAD, "/"))
    key = an_assessment(shared_store, made)
    page = shared_desk.watch(office.new_page())
    for step in (objects, reviews, settles, goes_out):
        office.clear_cookies()
        if step is reviews:
            reviews(shared_desk, page, key, shared_store)
        else:
            step(shared_desk, page, key)  # type: ignore[operator]
    for path in ("/assessing", "/schemes", "/schemes?tab=weights"):
        shared_desk.open(page, path)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        settled(page)
        picture(page, f"page{path.replace('/', '-').replace('?', '-')}")
    assert not shared_desk.outside
    assert not shared_desk.console
    page.close()
