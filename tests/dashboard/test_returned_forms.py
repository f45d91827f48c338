"""Filled 巡查表 and 填报表 in the browser: recognised, previewed by cell, saved once."""

from io import BytesIO
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard import page
from dashboard.page import Visit
from monitor.actions import forms, people, report_files
from monitor.domain.campaign import TaskState
from monitor.domain.person import Grant, Role, Session
from monitor.domain.scope import EVERYTHING
from monitor.record.store import Store
from monitor.report import csv_file, receipt_sheet
from monitor.report.receipt_sheet import SheetLine
from monitor.report.table import build
from tests.actions.campaign_office import CampaignOffice
from tests.builders import a_unit, an_account
from tests.conftest import NOW, StandingClock
from tests.dashboard.test_importing import html

DATA = Path(__file__).parents[2] / "data"
SECOND = int(NOW.timestamp())
HEADS = ("平台", "账号名称", "查看时间", "最近一条发布时间")


@pytest.fixture
def visit(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    copytree(DATA / "layouts", tmp_path / "layouts")
    new = people.NewPerson("li", "李某(演示)", (Grant(Role.EDITOR, "/"),), "Quiet-Lake-2026", False)
    people.enrol(store, None, new)
    with store.writing() as tx:
        unit = a_unit(tx, "江城市公安局", "420100000000")
        for name in ("平安江城(演示)", "江城反诈(演示)"):
            an_account(tx, unit, name, "douyin")
    person = people.person_called(store, "li", SECOND)
    made = Visit(
        Session(1, person, SECOND + 3600, "x"), store, SECOND, "某省", demo=False, data_dir=tmp_path
    )
    monkeypatch.setattr(page, "arrive", lambda *, working=True: made)
    return made


def patrol_form() -> bytes:
    lines = [
        ("抖音", "平安江城(演示)", "2026-11-22 20:00", "2天前"),
        ("抖音", "江城反诈(演示)", "2026-11-22 20:00", "很久以前"),
        ("抖音", "别处的账号(演示)", "2026-11-22 20:00", "2天前"),
    ]
    return csv_file.render(
        build("巡查表", HEADS, [dict(zip(HEADS, x, strict=True)) for x in lines])
    )


def drawn(visit: Visit, slug: str) -> AppTest:
    def script(who: object, which: str) -> None:
        from importlib import import_module  # runs in Streamlit's own script

        getattr(import_module(f"dashboard.views.{which}"), which)(who)

    return AppTest.from_function(script, default_timeout=60, args=(visit, slug))


def count(store: Store, table: str) -> int:
    with store.reading() as tx:
        return int(tx.conn.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def press(test: AppTest, start: str) -> None:
    next(each for each in test.button if each.label.startswith(start)).click().run()


@pytest.mark.parametrize("slug", ["patrol", "importing", "returns"])
def test_a_patrol_form_is_previewed_by_cell_and_saved_once(
    visit: Visit, store: Store, slug: str
) -> None:
    forms.send(store, None, forms.NewRound("台账核对", "县级局", SECOND + 86_400))
    test = drawn(visit, slug).run()
    box = test.file_uploader[-1]
    box.set_value([("随便叫什么.csv", patrol_form(), "text/csv")]).run()
    assert not test.exception
    said = html(test)
    for expected in ("可录入1行", "拒收2行", "很久以前", "最近一条发布时间", "别处的账号(演示)"):
        assert expected in said
    assert count(store, "look") == 0
    press(test, "保存1行")
    assert not test.exception
    assert "已录入1行" in test.success[0].value
    press(test, "保存1行")
    assert count(store, "look") == 1
    with store.reading() as tx:
        assert tx.conn.execute(text("SELECT person_id, grade FROM look")).one() == (1, 3)
        kinds = tx.conn.execute(text("SELECT kind FROM job")).scalars().all()
        audited = tx.conn.execute(text("SELECT action FROM audit")).scalars().all()
    assert kinds == ["judge-due"]
    assert "导入巡查表" in audited


@pytest.mark.parametrize("slug", ["reporting", "importing"])
def test_a_report_form_is_previewed_by_cell_and_saved(
    visit: Visit, store: Store, slug: str
) -> None:
    (book,) = report_files.books(store, EVERYTHING, SECOND, "2026-W48")
    opened = openpyxl.load_workbook(BytesIO(book.content))
    sheet = next(each for each in opened.worksheets if each.sheet_state == "visible")
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=5) for cell in row}
    sheet.cell(4, heads["最近一条发布时间"]).value = "2026-11-20"
    sheet.cell(5, heads["本周发布数"]).value = "很多"
    whole = BytesIO()
    opened.save(whole)
    test = drawn(visit, slug).run()
    test.file_uploader[-1].set_value([("填好.xlsx", whole.getvalue(), "")]).run()
    assert not test.exception
    said = html(test)
    for expected in ("可录入1行", "很多", "本周发布数", "江城市公安局"):
        assert expected in said
    assert count(store, "report_line") == 0
    press(test, "保存1行")
    assert not test.exception
    assert count(store, "report_line") == 1


def test_a_sheet_of_receipts_in_the_heap_finds_its_campaign_and_is_entered(
    store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = CampaignOffice(store, clock)
    saved = office.issued()
    task = office.tasks(saved)["平安荆州(演示)"]
    line = SheetLine(("荆州市公安局", "微信", "平安荆州(演示)", str(task.id), ""), ("是",))
    book = receipt_sheet.render(saved.campaign_id, ("回执表", ""), [line])
    forms.send(store, None, forms.NewRound("台账核对", "市州局", SECOND + 86_400))
    session = Session(1, office.who["writer"], SECOND + 3600, "x")
    made = Visit(session, store, SECOND, "某省", demo=False, data_dir=DATA)
    monkeypatch.setattr(page, "arrive", lambda *, working=True: made)
    test = drawn(made, "returns").run()
    test.file_uploader[-1].set_value([("交回来的.xlsx", book, "")]).run()
    assert not test.exception
    assert "年底防刷单诈骗提示" in html(test)
    press(test, "登记1个账号")
    assert not test.exception
    assert "看到作品后才算已核验" in test.success[0].value
    assert office.tasks(saved)["平安荆州(演示)"].task.state is TaskState.REPORTED
