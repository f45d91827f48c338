"""通报 in a browser: a draft asked for, put up, signed, issued, and put right by a correction."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from monitor.actions import approving, people
from monitor.actions.approving import Doing
from monitor.actions.sending import Sent
from monitor.clock import now
from monitor.domain.approval import Move
from monitor.domain.bulletin import Sort
from monitor.domain.instants import shanghai_day, to_second
from monitor.domain.person import Grant, Role
from monitor.record import approvals, bulletins, photos
from monitor.record.store import Store
from tests.e2e.conftest import enrol
from tests.e2e.running import Desk, picture, press_twice, settled
from tests.filled import fill_store
from tests.report.bulletin_samples import WITHIN
from tests.report.papers import texts

pytestmark = pytest.mark.browser


SIGNERS = (
    ("secrecy", Role.SECRECY, Move.AGREE),
    ("head", Role.HEAD, Move.AGREE_ON),
    ("director", Role.DIRECTOR, Move.ENDORSE),
    ("chief", Role.CHIEF, Move.AGREE),
)


@pytest.fixture
def desk(live_store: Store, start_desk: Callable[..., Desk], data_dir: Path) -> Desk:
    """The dashboard on the small province, where a draft lies ready, with all who sign."""
    made = fill_store(live_store)
    for login, role, _ in SIGNERS:
        enrol(live_store, login, f"{login}某(演示)", Grant(role, "/"))
    files = data_dir / "local" / "case_files"
    template = photos.keep_template(files, (data_dir / "templates" / "季度通报.docx").read_bytes())
    dropped = {"整改单号": "整改〔2026〕020号", "账号": "甲(微博)", "单位": "某县公安局"}
    content = {"within": WITHIN, "public": WITHIN, "dropped": [dropped | {"原因": "尚未核实"}]}
    with live_store.writing() as tx:
        unit = min(made.paths, key=lambda each: len(made.paths[each]))
        drafted = bulletins.Drafted(
            made.units[unit],
            Sort.QUARTER,
            "2026Q3",
            content,
            template,
            (tx.second, tx.stamp),
            dropped=1,
        )
        bulletins.draft(tx, drafted)
    return start_desk(DATA_DIR=str(data_dir))


def signed(store: Store, data_dir: Path, approval_id: int) -> None:
    """Through all hands, as the pages of 待我审批 would (they have a walk of their own)."""
    with store.reading() as tx:
        kept = approvals.get(tx, approval_id)
    assert kept is not None
    for login, move in (("editor", Move.SUBMIT), *((who, move) for who, _, move in SIGNERS)):
        person = people.person_called(store, login, int(store.clock().timestamp()))
        doing, sent = Doing(move, kept.approval.sha256), Sent("sign", f"{approval_id}-{login}")
        approving.do(store, person, approval_id, doing, sent, data_dir)


def entered(desk: Desk, page: Page, login: str, path: str) -> None:
    """The same window with somebody else signed in."""
    page.context.clear_cookies()
    desk.enter(page.context, login)
    desk.open(page, path)


def put_up(page: Page) -> None:
    page.get_by_role("button", name="送审").click()
    expect(page.locator("dl").first).to_contain_text("拟稿")


def issued(desk: Desk, page: Page, path: str, number: str) -> list[str]:
    """Issued by the section head under its number; what the Word file then says."""
    entered(desk, page, "head", path)
    expect(page.locator("dl").first).to_contain_text("已签发")
    page.get_by_role("button", name="编号印发").click()
    expect(page.locator("dl").first).to_contain_text(number)
    expect(page.locator("dl").first).to_contain_text("已印发")
    settled(page)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="下载内部版").click()
    assert number in downloading.value.suggested_filename
    return texts(downloading.value.path().read_bytes())


def to_its_end(desk: Desk, page: Page, live_store: Store, data_dir: Path) -> None:
    """Signed, issued under its number, and put right by a correction with a number of its own."""
    signed(live_store, data_dir, 1)
    # Both are numbered in the year they go out in, which is that of the test.
    year = shanghai_day(to_second(now())).year
    said = issued(desk, page, "/bulletins?id=1", f"{year}年第1期")
    assert [each for each in said if f"{year}年第1期" in each]
    picture(page, "bulletin-issued")
    entered(desk, page, "editor", "/bulletins?id=1")
    page.get_by_text("更正", exact=True).click()
    form = page.get_by_test_id("stForm").filter(has_text="更正的内容")
    form.get_by_label("更正的内容").fill("附件1第2项不属实，特予更正并致歉。")
    form.get_by_label("联系人及电话").fill("某某，027-00000000")
    form.get_by_role("button", name="拟写更正").click()
    expect(page.get_by_text("已办理。")).to_be_visible()
    desk.open(page, "/bulletins?id=2")
    expect(page.get_by_text("附件1第2项不属实").first).to_be_visible()
    put_up(page)
    signed(live_store, data_dir, 2)
    letter = issued(desk, page, "/bulletins?id=2", f"通报更正〔{year}〕001号")
    assert [each for each in letter if "附件1第2项不属实" in each]
    picture(page, "bulletin-put-right")


def test_a_bulletin_goes_from_its_draft_to_its_number_and_is_put_right(
    desk: Desk, live_store: Store, data_dir: Path, page: Page, phone: Page
) -> None:
    desk.arrive(page, "/bulletins")
    expect(page.get_by_text("因程序未满不能入").first).to_be_visible()
    page.get_by_text("生成草稿").first.click()
    picture(page, "bulletins")
    page.get_by_test_id("stForm").get_by_role("button", name="生成草稿").click()
    expect(page.get_by_role("alert").filter(has_text="联系人及电话")).to_be_visible()
    page.get_by_label("联系人及电话").fill("某某,027-00000000")
    press_twice(page.get_by_test_id("stForm").get_by_role("button", name="生成草稿"))
    expect(page.get_by_role("button", name="取消")).to_have_count(1)
    page.get_by_role("link", name="2026年第三季度").click()
    expect(page.get_by_role("heading", name="附件1 问题清单")).to_be_visible()
    picture(page, "bulletin")
    put_up(page)
    page.get_by_role("link", name="查看审批").click()
    expect(page.get_by_text("数据校验值").first).to_be_visible()
    settled(page)
    picture(page, "bulletin-approval")
    for path in ("/bulletins", "/bulletins?id=1"):
        desk.arrive(phone, path) if path == "/bulletins" else desk.open(phone, path)
        wide = phone.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0
        picture(phone, f"phone{path[-4:].strip('=')}")
    to_its_end(desk, page, live_store, data_dir)
    assert desk.outside == []
