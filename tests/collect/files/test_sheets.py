"""Sheets: any table file is read by what it is, any other is refused by what it is."""

import random
from datetime import date

import pytest

from monitor.collect.files import sheets
from monitor.collect.files.grid import LIMITS, Limits
from monitor.domain.errors import InputError
from tests.collect.files import books

TABLE = [["平台", "账号名称", "粉丝"], ["微信", "平安江陵(演示)", "12"]]


def rows_of(content: bytes, name: str = "表.xlsx", limits: Limits = LIMITS) -> list[list[str]]:
    [sheet] = sheets.read(content, name, limits)
    return [[str(cell) for cell in row] for row in sheet.rows]


def refusal(content: bytes, name: str = "表.xlsx", limits: Limits = LIMITS) -> str:
    with pytest.raises(InputError) as refused:
        sheets.read(content, name, limits)
    assert name in refused.value.explained.where
    assert refused.value.explained.remedy
    return refused.value.explained.what


@pytest.mark.parametrize(
    "content",
    [
        books.xlsx(TABLE),
        books.xls(TABLE),
        books.html(TABLE),
        books.html(TABLE, "gbk"),
        books.comma(TABLE),
        books.comma(TABLE, "utf-8"),
        books.comma(TABLE, "gb18030"),
        books.comma(TABLE, "utf-16", "\t"),
        books.comma(TABLE, "utf-8", ";"),
        books.comma(TABLE, "gbk", "\t"),
    ],
    ids=["xlsx", "xls", "html", "html-gbk", "bom", "utf8", "gbk", "utf16-tab", "semicolon", "tab"],
)
@pytest.mark.parametrize("name", ["total_1.xls", "表.xlsx", "表.csv", "没有扩展名"])
def test_a_table_is_read_by_what_it_is_whatever_its_name_says(content: bytes, name: str) -> None:
    assert rows_of(content, name) == TABLE


def test_an_ods_is_read_and_its_million_blank_rows_are_left_off() -> None:
    body = (
        f"<table:table-row>{books.ods_cell('平台')}{books.ods_cell('名称', 2)}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert rows_of(books.ods(body)) == [["平台", "名称", "名称"]]


def test_rows_and_columns_keep_their_places_so_that_problems_are_found_where_excel_shows_them() -> (
    None
):
    content = books.xlsx([[None, None], [], [None, "标题"], [None, None]])
    assert rows_of(content) == [["", ""], ["", ""], ["", "标题"]]


def test_typed_cells_keep_their_types() -> None:
    [sheet] = sheets.read(
        books.xlsx([["a", 1.5, True, books.typed(2026, 6, 10, 12, 34, 56), date(2026, 6, 10)]]), "x"
    )
    assert list(sheet.rows[0]) == [
        "a",
        1.5,
        True,
        books.typed(2026, 6, 10, 12, 34, 56),
        date(2026, 6, 10),
    ]


def test_every_sheet_of_a_workbook_is_read_and_blank_ones_are_left_out() -> None:
    found = sheets.read(books.xlsx(TABLE, "荆州", {"空": [], "宜昌": TABLE}), "x")
    assert [each.name for each in found] == ["荆州", "宜昌"]


def test_a_quoted_cell_keeps_its_line_ends_and_delimiters() -> None:
    rows = [["标题", "数"], ["一行\n两行,三\u2028四", "2"], ['他说"好"', "3"]]
    assert rows_of(books.comma(rows)) == rows


def test_a_cell_that_was_kept_from_being_a_formula_is_read_as_what_it_says() -> None:
    content = '名称,备注\n\'=1+1,"=""0012"""\n'.encode()
    assert rows_of(content)[1] == ["=1+1", "0012"]


def test_an_html_cell_over_several_columns_keeps_the_others_in_their_places() -> None:
    page = "<table><tr><td colspan=2>题</td><td>数</td></tr><tr><td>a</td><td>b</td><td>1</td></tr>"
    assert rows_of(page.encode()) == [["题", "", "数"], ["a", "b", "1"]]


def test_each_table_of_a_page_is_a_sheet_of_its_own() -> None:
    page = "<html><table><tr><td>a<td>b</table><p>字</p><table><tr><th>c<th>d</table>"
    found = sheets.read(page.encode(), "x.xls")
    assert [(each.name, list(each.rows)) for each in found] == [
        ("表1", [["a", "b"]]),
        ("表2", [["c", "d"]]),
    ]


def test_html_fetches_nothing_and_expands_no_entity() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "yyyy">]>'
        "<html><table><tr><td>&x;</td><td>&y;</td><td>a&amp;b</td></tr></table></html>"
    )
    [row] = rows_of(page.encode())
    assert "root:" not in "".join(row)
    assert "yyyy" not in "".join(row)
    assert row[-1] == "a&b"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "空的"),
        (b"\x00\x00 \r\n", "空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n...", "图片"),
        (bytes(range(256)) * 4, "不是表格"),
        ("一段话,没有表格".encode("utf-16-le") + b"\x00", "不是表格"),
        (b"hello\nworld\n", "找不到分列"),
        (b"<html><body>login</body></html>", "网页"),
        (books.packed({"a.txt": b"x"}), "压缩包"),
        (books.packed({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), "文档"),
        (books.packed({"[Content_Types].xml": b"x", "xl/workbook.bin": b"x"}), "xlsb"),
        (books.xlsx([]), "没有任何数据"),
        (books.protected(books.xlsx(TABLE)), "打开密码"),
        (books.xlsx(TABLE)[:1500], "损坏"),
        (books.xls(TABLE)[:700], "不是完整的表格"),
        (books.xls(TABLE)[:512] + "Workbook".encode("utf-16-le") + b"\1" * 4000, "损坏"),
        (b'a,b\n"1,2\n3,4\n', "引号"),
        (b"<table><tr>" + b"<td>x" * 400 + b"</table>", "列"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(content: bytes, what: str) -> None:
    assert what in refusal(content)


def test_a_file_larger_than_allowed_is_refused_before_it_is_read() -> None:
    assert "超过" in refusal(b"a,b\n" * 1000, limits=Limits(bytes=100))


def test_a_package_that_unpacks_to_too_much_is_refused() -> None:
    members = {"[Content_Types].xml": b"x", "xl/media/a": b"\0" * 3_000_000}
    assert "解压" in refusal(books.packed(members), limits=Limits(unpacked=2_000_000))


@pytest.mark.parametrize(
    "content",
    [
        books.with_cell("A1048576", 1),
        books.with_cell("XFD1", 1),
        books.with_cell("AAA200000", 1),
        books.xls([[None] * 256] * 3 + [["x"] * 255]),
        books.ods(
            f'<table:table-row table:number-rows-repeated="999999">{books.ods_cell("x")}'
            "</table:table-row>"
        ),
        books.ods(f"<table:table-row>{books.ods_cell('x', 16000)}</table:table-row>"),
    ],
    ids=["row", "column", "corner", "xls", "ods-rows", "ods-columns"],
)
def test_one_cell_in_the_last_corner_does_not_make_the_reader_ask_for_all_the_others(
    content: bytes,
) -> None:
    assert "超过" in refusal(content, limits=Limits(columns=250)) or "过大" in refusal(
        content, limits=Limits(columns=250)
    )


def test_a_sheet_that_is_only_coloured_to_its_end_is_read() -> None:
    content = books.with_cell("B2", "x")
    sheet = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    assert rows_of(_with_sheet(content, sheet)) == [["", ""], ["", "x"]]


def _with_sheet(content: bytes, end: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = {each: package.read(each) for each in package.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b"</sheetData>" in members[name]
    return books.packed(members | {name: members[name].replace(b"</sheetData>", end)})


def test_a_wide_sheet_within_the_limits_is_read() -> None:
    rows = [[f"列{number}" for number in range(120)], ["x"] * 120]
    assert rows_of(books.xlsx(rows)) == rows


def test_too_many_rows_of_text_are_refused() -> None:
    assert "超过" in refusal(b"a,b\n" * 50, limits=Limits(rows=20))


@pytest.mark.parametrize("base", [books.xlsx(TABLE), books.xls(TABLE), books.comma(TABLE)])
def test_damaged_bytes_are_read_or_refused_and_never_take_the_process_down(base: bytes) -> None:
    dice = random.Random(20261122)
    for _ in range(12):
        damaged = bytearray(base)
        for _ in range(dice.choice([1, 2, 8])):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            found = sheets.read(bytes(damaged[: dice.randrange(1, len(damaged) + 1)]), "坏.xls")
        except InputError:
            continue
        assert all(each.rows for each in found)
