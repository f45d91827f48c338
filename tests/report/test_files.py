"""CSV and XLSX: Chinese intact, nothing that runs, the same bytes for the same table."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.report import csv_file, digest, xlsx_file
from monitor.report.table import Cell, Table
from tests.report.weeks import a_full_week

FORMULA = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001
WILD = st.text(st.sampled_from(FORMULA + "'\",;0a中\\ "), max_size=8)
TEXTS = WILD | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6).map(lambda value: round(value, 2))
CELLS: st.SearchStrategy[Cell] = TEXTS | NUMBERS | st.none()


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_no_text_is_taken_for_a_formula_and_every_number_stays_one(
    rows: list[tuple[Cell, Cell]],
) -> None:
    table = Table("表", ("甲", "乙"), tuple(rows))
    header, *found = read(csv_file.render(table))
    assert header == ["甲", "乙"]
    assert len(found) == len(rows)
    for row, told in zip(rows, found, strict=True):
        for cell, text in zip(row, told, strict=True):
            if isinstance(cell, str):
                assert not text.startswith(tuple(FORMULA))
                assert text == (f"'{cell}" if cell.startswith(tuple(FORMULA)) else cell)
            else:
                assert text == ("" if cell is None else str(cell))


def test_the_problem_list_opens_in_pandas_and_by_the_csv_module_alike() -> None:
    week = a_full_week()
    files = {each.name: each.content for each in digest.attachments(week)}
    content = files["问题清单.csv"]
    frame = pd.read_csv(BytesIO(content), encoding="utf-8-sig", dtype={"账号ID": str})
    header, *rows = read(content)
    assert list(frame.columns) == header
    assert len(frame) == len(rows)
    assert set(frame["平台"]) == {"微信公众号"}
    assert frame["账号ID"].str.startswith("demo_").all()
    assert frame["静默下限(天)"].dtype.kind == "f"
    assert frame["核实人"].isna().all()


def test_a_file_begins_with_its_mark_and_ends_its_lines_as_windows_does() -> None:
    content = csv_file.render(Table("表", ("甲",), (("一",), (0,), (None,))))
    assert content == b"\xef\xbb\xbf" + '甲\r\n一\r\n0\r\n""\r\n'.encode()


def test_the_same_table_is_the_same_file() -> None:
    table = Table("表", ("甲", "乙"), (("一", 0.5), (None, -3)))
    assert csv_file.render(table) == csv_file.render(table)
    assert xlsx_file.render([table], "演示") == xlsx_file.render([table], "演示")


def test_the_explanation_goes_by_the_files_name_and_explains_its_marks() -> None:
    table = Table("问题清单", ("甲", "乙"), (), ("一个账号的一项问题占一行。",))
    assert csv_file.explanation_name("问题清单.csv") == "问题清单.说明.txt"
    said = csv_file.explanation(table)
    assert "一个账号的一项问题占一行。" in said
    assert "空白表示没有数据" in said
    assert "甲、乙" in said


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(TEXTS, NUMBERS), min_size=1, max_size=5))
def test_a_workbook_holds_text_as_text_and_runs_nothing(rows: list[tuple[str, float]]) -> None:
    table = Table("表", ("甲", "乙"), tuple(rows), ("说明一",))
    book = openpyxl.load_workbook(BytesIO(xlsx_file.render([table], "演示数据")))
    assert book.sheetnames == ["说明", "表"]
    for cells in book["表"].iter_rows(min_row=2):
        assert [cell.data_type for cell in cells if cell.value is not None].count("f") == 0
    assert len(list(book["表"].iter_rows(min_row=2))) == len(rows)


def test_long_codes_keep_every_digit_in_a_workbook() -> None:
    table = Table("台账", ("机构代码", "账号ID"), (("420000000000", "00123456789012345678"),))
    book = openpyxl.load_workbook(BytesIO(xlsx_file.render([table], "演示数据")))
    assert [cell.value for cell in book["台账"][2]] == ["420000000000", "00123456789012345678"]
    assert book["说明"]["A1"].value == "演示数据"
