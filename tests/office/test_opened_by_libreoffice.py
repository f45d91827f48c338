"""Every file that leaves the house opens in an office suite as it was written, and runs nothing."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from monitor.collect import patrol_sheet as reading
from monitor.domain import patrol_sheet as patrol
from monitor.domain.bulletin import Sort
from monitor.domain.case_rules import Paper
from monitor.domain.form import HIDDEN_SHEET
from monitor.domain.instants import day_start
from monitor.domain.truth import Basis, Found, Score, Verdict
from monitor.report import (
    ask_letter,
    campaign_summary,
    case_letter,
    clearing_summary,
    csv_file,
    digest,
    form_workbook,
    patrol_sheet,
    report_sheet,
    scorecard_paper,
    scorecard_tables,
    tables,
    truth_table,
    word_file,
    xlsx_file,
)
from monitor.report.form_workbook import FormSheet
from monitor.report.table import Table, build, of_week
from monitor.report.truth_table import Line
from monitor.settings import ROOT
from tests.office.opened import opened
from tests.report.bulletin_samples import BULLETINS
from tests.report.papers import a_paper
from tests.report.scorecards import UNITS as UNITS_ASSESSED
from tests.report.scorecards import a_sheet
from tests.report.weeks import a_full_week

UNITS = ("江陵县公安局", "公安县公安局", "城南派出所(演示)")
TEXTS = ("420000000000", "00123", "4.2E+11", "=1+1", "@SUM(1)", "-5", "生僻字:㐂𠮷", "2026-11-22")
LEDGER = Table("台账", ("机构代码", "备注"), tuple((each, f"说明{each}") for each in TEXTS))
FORM = FormSheet(
    heading="11月台账核对——荆州市公安局",
    token="abc123",
    table=build(
        "台账",
        ("主办单位", "平台", "账号名称", "账号ID"),
        [
            {"主办单位": UNITS[0], "平台": "抖音", "账号名称": f"=甲{n}(演示)", "账号ID": f"00{n}"}
            for n in range(3)
        ],
        (),
    ),
    notes=("1. 请核对。",),
    choices={"主办单位": UNITS, "平台": ("抖音", "微博")},
)
LINE = patrol.Line(
    7, "荆州市", "江陵县", UNITS[0], "抖音", "平安江陵(演示)", "0012", "https://a", ""
)
ASKED = report_sheet.SheetLine("抖音", "平安江陵(演示)", UNITS[0], 7, {"备注": "=1+1"})
PAPER = word_file.fill(
    a_paper("{{ 单位 }}:截至{{ 时间 }}已{{ 天数 }}天未更新。", table="r in 行 | r.账号 | r.天数"),
    {"单位": UNITS[0], "时间": "11月22日", "天数": 15, "行": [{"账号": "甲", "天数": 15}]},
    "整改通知书",
)

CLOSING = replace(clearing_summary.SAMPLE, title="清理<排查>𠮷", summed_up="另案办理 {{ 7*7 }}")
SCORE = Score(3, 1, 1, 0, 1, 1, 0.094, 0.905)
ENTRY = Line(
    ("421024000000", "荆州市", "江陵县", UNITS[0]),
    *("weibo", "=平安江陵(演示)", "在用"),
    Found(Verdict.WRONG, Basis.SPOT, day_start(date(2026, 11, 20)), "-名称不一致"),
)


def written() -> dict[str, bytes]:
    """Everything the product writes for people to open."""
    week = a_full_week()
    made = {
        "台账导出.xlsx": xlsx_file.render([LEDGER], "台账"),
        "台账导出.csv": csv_file.render(LEDGER),
        "问题清单.xlsx": xlsx_file.render([tables.problems(week.now, of_week(week))], "问题清单"),
        "下发表.xlsx": form_workbook.render(FORM),
        "巡查表.xlsx": patrol_sheet.render([LINE], "巡查表(演示)"),
        "填报表.xlsx": report_sheet.render("420000000000", "2026-W47", ("填报", "请填"), [ASKED]),
        "通知书.docx": PAPER,
    }
    values = case_letter.values(case_letter.SAMPLE)
    for kind in Paper:
        template = (ROOT / "data" / "templates" / f"{kind}.docx").read_bytes()
        made[f"{kind}.docx"] = word_file.fill(template, values, kind)
    for sort, given in BULLETINS.items():
        template = (ROOT / "data" / "templates" / f"{sort}.docx").read_bytes()
        made[f"{sort}.docx"] = word_file.fill(template, given, sort)
    sheet = a_sheet()
    both = [scorecard_tables.results(sheet), scorecard_tables.lines(sheet)]
    made["单位考核结果.xlsx"] = xlsx_file.render(both, "单位考核结果")
    for name, given in (
        (scorecard_paper.CARD, scorecard_paper.card(sheet, UNITS_ASSESSED[1])),
        (scorecard_paper.BULLETIN, scorecard_paper.bulletin(sheet, "某公安厅(演示)", "第3期")),
    ):
        template = (ROOT / "data" / "templates" / name).read_bytes()
        made[name] = word_file.fill(template, given, name)
    template = (ROOT / "data" / "templates" / ask_letter.PAPER).read_bytes()
    asked = ask_letter.values(ask_letter.SAMPLE)
    made[ask_letter.PAPER] = word_file.fill(template, asked, ask_letter.PAPER)
    told = campaign_summary.values(campaign_summary.SAMPLE, "某公安厅(演示)", 0)
    template = (ROOT / "data" / "templates" / "协同发声总结.docx").read_bytes()
    made["协同发声总结.docx"] = word_file.fill(template, told, "协同发声总结")
    template = (ROOT / "data" / "templates" / "清理排查总结.docx").read_bytes()
    closing = clearing_summary.values(CLOSING)
    made["清理排查总结.docx"] = word_file.fill(template, closing, "清理排查总结")
    truth = [truth_table.counts([(("荆州市", UNITS[0]), SCORE)]), truth_table.entries([ENTRY])]
    made["台账真实性.xlsx"] = xlsx_file.render(truth, "台账真实性")
    attached = {f"周报附件-{each.name}": each.content for each in digest.attachments(week)}
    assert attached
    return made | attached


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return written()


@pytest.fixture(scope="module")
def again(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """All of them saved again by the office suite."""
    return opened(tmp_path_factory.mktemp("office"), files)


def cells(sheet: Any) -> list[list[Any]]:
    """What a sheet says, without the blank rows and columns that a suite adds or drops."""
    rows = [["" if each is None else each for each in row] for row in sheet.values]
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
    width = max((n + 1 for row in rows for n, cell in enumerate(row) if cell != ""), default=0)
    return [row[:width] for row in rows]


def test_every_workbook_says_the_same_after_it_was_opened_and_saved(
    files: dict[str, bytes], again: Mapping[str, Path]
) -> None:
    for name in (each for each in files if each.endswith(".xlsx")):
        ours = openpyxl.load_workbook(io.BytesIO(files[name]))
        theirs = openpyxl.load_workbook(again[name])
        assert theirs.sheetnames == ours.sheetnames, name
        for sheet in ours.sheetnames:
            assert cells(theirs[sheet]) == cells(ours[sheet]), (name, sheet)
            kinds = {cell.data_type for row in theirs[sheet].iter_rows() for cell in row}
            assert "f" not in kinds, (name, sheet)


def test_every_comma_file_opens_with_its_chinese_and_runs_nothing(
    files: dict[str, bytes], again: Mapping[str, Path]
) -> None:
    for name in (each for each in files if each.endswith(".csv")):
        rows = list(csv.reader(io.StringIO(files[name].decode("utf-8-sig"), newline="")))
        [sheet] = openpyxl.load_workbook(again[name]).worksheets
        assert [str(each.value) for each in sheet[1]] == rows[0], name
        assert sheet.max_row == len(rows), name
        for line, row in enumerate(rows[1:], 2):
            for place, text in enumerate(row, 1):
                cell = sheet.cell(line, place)
                assert cell.data_type != "f", (name, line, place)
                if not text.isascii():
                    assert cell.value == text, (name, line, place)


def test_codes_and_whatever_looks_like_a_formula_stay_text(again: Mapping[str, Path]) -> None:
    sheet = openpyxl.load_workbook(again["台账导出.xlsx"])["台账"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == list(TEXTS)
    assert {row[0].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}


@pytest.mark.parametrize(
    ("name", "sheet", "lists", "head"),
    [("下发表.xlsx", "台账", 2, 1), ("巡查表.xlsx", "巡查表", 2, 1), ("填报表.xlsx", "填报", 3, 3)],
)
def test_a_form_keeps_its_drop_downs_its_locked_heads_and_its_hidden_mark(
    again: Mapping[str, Path], name: str, sheet: str, lists: int, head: int
) -> None:
    book = openpyxl.load_workbook(again[name])
    page = book[sheet]
    kinds = [each.type for each in page.data_validations.dataValidation]
    assert kinds == ["list"] * lists
    assert all(each.formula1 for each in page.data_validations.dataValidation)
    assert page.protection.sheet
    assert page.cell(head, 1).protection.locked
    open_cells = [each for each in page[head + 1] if not each.protection.locked]
    assert open_cells
    shown = {each.title: each.sheet_state == "visible" for each in book.worksheets}
    assert [title for title, seen in shown.items() if not seen]
    assert all(seen or title not in (sheet, "说明") for title, seen in shown.items())


def test_the_choices_of_a_form_are_still_those_that_were_sent(again: Mapping[str, Path]) -> None:
    book = openpyxl.load_workbook(again["下发表.xlsx"])
    [units, _] = book["台账"].data_validations.dataValidation
    assert HIDDEN_SHEET in units.formula1
    assert [book[HIDDEN_SHEET].cell(row, 1).value for row in (2, 3, 4)] == list(UNITS)


def test_a_paper_reads_as_it_was_filled_and_needs_nothing_from_outside(
    files: dict[str, bytes], again: Mapping[str, Path]
) -> None:
    text = again["通知书.docx"].read_text("utf-8-sig")
    for each in Document(io.BytesIO(files["通知书.docx"])).paragraphs:
        assert each.text in text
    assert "江陵县公安局:截至11月22日已15天未更新。" in text


@pytest.mark.parametrize("kind", [*Paper, *Sort, "协同发声总结"])
def test_each_paper_of_a_case_opens_and_reads_as_it_was_filled(
    files: dict[str, bytes], again: Mapping[str, Path], kind: Paper | Sort | str
) -> None:
    text = again[f"{kind}.docx"].read_text("utf-8-sig")
    paper = Document(io.BytesIO(files[f"{kind}.docx"]))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    told = [each.text for each in paper.paragraphs] + cells
    assert len([each for each in told if each]) > 5
    for each in told:
        assert each.strip() in text


def test_a_day_typed_in_the_suite_is_the_day_we_read(
    again: Mapping[str, Path], tmp_path: Path
) -> None:

    book = openpyxl.load_workbook(again["巡查表.xlsx"])
    page = book[patrol_sheet.SHEET]
    places = {cell.value: cell.column for cell in page[1]}
    page.cell(2, places[patrol.LOOKED]).value = "2026-11-22 09:30:01"
    page.cell(2, places[patrol.NEWEST]).value = "2026-11-20"
    book.save(tmp_path / "back.xlsx")
    content = (tmp_path / "back.xlsx").read_bytes()
    [line] = reading.read(content, "back.xlsx", day_start(date(2026, 11, 23))).lines
    assert (line.account_id, line.uid) == (7, "0012")
    assert line.newest is not None
    assert line.newest[0] == day_start(date(2026, 11, 20))


def test_the_closing_report_of_a_clearing_opens_with_its_counts_and_runs_nothing(
    again: Mapping[str, Path],
) -> None:
    said = again["清理排查总结.docx"].read_text("utf-8-sig")
    lines = [each.strip() for each in said.splitlines() if each.strip()]
    assert lines[0] == "清理<排查>𠮷工作总结"
    assert "核查完成率100.0%(1/1)" in said
    assert "保留1个、整改0个、合并0个、关停0个、未定0个,合计1个" in said
    assert "另案办理 {{ 7*7 }}" in said
    assert "某市" in lines
    assert lines[-2:] == ["某公安厅", "1970-01-01"]
