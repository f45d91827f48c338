"""Real ledgers: whatever mess they are in, what is accepted is true and what is not is placed."""

from dataclasses import replace

import pytest
from hypothesis import strategies as st

from monitor.collect import ledger, ledger_header
from monitor.collect.files.grid import Sheet
from monitor.collect.ledger import LedgerFile
from monitor.domain.errors import Explained, InputError
from monitor.domain.scope import Scope
from monitor.domain.unit import Level, Unit
from tests.collect.files import books
from tests.collect.messy_ledgers import Messy, narrow, wide
from tests.collect.test_ledger import UNITS
from tests.generated import generated

HEADER = ["主办单位", "平台", "账号名称"]


def attempt(
    sheets: list[Sheet], name: str, content: bytes = b""
) -> tuple[LedgerFile | None, Explained | None]:
    """What was read, or why nothing was."""
    try:
        if content:
            return ledger.read(content, name), None
        return ledger.read_sheets(sheets, name), None
    except InputError as error:
        return None, error.explained


def check(made: Messy) -> None:
    read = ledger.read(made.content, made.name)
    said = {(each.unit_name, each.platform, each.name, each.uid) for each in read.rows}
    assert said == made.truth
    assert {each.row for each in read.problems} == made.refused
    assert all(each.column.endswith("账号ID") and each.expected for each in read.problems)
    behind = {
        each.name: each.details.get("主页链接") for each in read.rows if each.name in made.links
    }
    assert behind == made.links


@generated("ledgers with a row each", narrow())
def test_every_account_of_a_ledger_with_a_row_each_is_read_as_it_was_meant(made: Messy) -> None:
    check(made)


@generated("ledgers with columns per platform", wide())
def test_every_account_of_a_ledger_with_columns_per_platform_is_read(made: Messy) -> None:
    check(made)


@generated("ledgers with spoilt bytes", st.data())
def test_a_spoilt_file_is_read_or_refused_in_words_and_never_crashes(data: st.DataObject) -> None:
    made = data.draw(st.one_of(narrow(), wide()))
    content = bytearray(made.content)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read, trouble = attempt([], made.name, bytes(content))
    if read is None:
        assert trouble is not None
        assert trouble.what
        assert trouble.where
    else:
        assert all(each.row > 0 and each.column and each.expected for each in read.problems)


@generated(
    "sheets of any cells",
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.sampled_from([*HEADER, "微信", "抖音", "账号ID", "同上", "无", "注:", "序号"]),
                st.text(max_size=4),
                st.integers(),
                st.floats(),
            ),
            max_size=6,
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_any_rows_at_all_are_read_or_refused(rows: list[list[object]]) -> None:
    sheet = Sheet("x", [HEADER, *rows], ((0, 0, 3, 1), (2, 2, 900, 2)))  # type: ignore[list-item]
    for each in (sheet, replace(sheet, merged=None), replace(sheet, rows=sheet.rows[1:])):
        read, trouble = attempt([each], "x")
        assert trouble is None or "x" in trouble.where
        assert read is None or all(row.name and row.unit_name for row in read.rows)


def test_ditto_with_nothing_above_is_refused_with_its_place() -> None:
    [problem] = ledger.read(books.xlsx([HEADER, ["同上", "抖音", "甲(演示)"]]), "x").problems
    assert (problem.row, problem.column, problem.value) == (2, "主办单位", "同上")


def test_several_names_with_another_number_of_ids_are_refused() -> None:
    rows = [[*HEADER, "账号ID"], ["江陵县公安局", "抖音", "甲(演示)、乙(演示)", "1、2、3"]]
    read = ledger.read(books.xlsx(rows), "x")
    assert read.rows == ()
    assert {each.column for each in read.problems} == {"账号ID"}
    assert "2个" in read.problems[0].expected


def test_no_account_but_an_id_is_a_contradiction() -> None:
    rows = [[*HEADER, "账号ID"], ["江陵县公安局", "抖音", "未开通", "demo_1"]]
    [problem] = ledger.read(books.xlsx(rows), "x").problems
    assert problem.column == "账号名称"


def test_a_sheet_named_after_a_platform_needs_no_column_for_it() -> None:
    rows = [["主办单位", "账号名称"], ["江陵县公安局", "甲(演示)"]]
    [row] = ledger.read(books.xlsx(rows, "抖音"), "x").rows
    assert row.platform == "douyin"


def test_a_header_nobody_recognises_is_guessed_and_then_learnt() -> None:
    rows = [["开办的单位名", "在哪个平台", "号的名称"], ["江陵县公安局", "抖音", "甲(演示)"]]
    content = books.xlsx(rows)
    with pytest.raises(InputError, match="台账表头"):
        ledger.read(content, "x")
    [shape] = ledger.shapes(ledger.opened(content, "x"), "x")
    assert not shape.whole
    said = dict(zip(shape.titles, ("主办单位", "平台", "账号名称"), strict=True))
    [row] = ledger.read(content, "x", learnt={shape.signature: said}).rows
    assert (row.unit_name, row.platform, row.name) == ("江陵县公安局", "douyin", "甲(演示)")


def test_what_a_person_said_of_a_header_comes_before_what_it_looks_like() -> None:
    rows = [[*HEADER, "链接"], ["江陵县公安局", "抖音", "甲(演示)", "demo_1"]]
    content = books.xlsx(rows)
    [shape] = ledger.shapes(ledger.opened(content, "x"), "x")
    learnt = {shape.signature: {"链接": "账号ID"}}
    [row] = ledger.read(content, "x", learnt=learnt).rows
    assert row.uid == "demo_1"
    [skipped] = ledger.read(
        content, "x", learnt={shape.signature: {"链接": ledger_header.SKIP}}
    ).rows
    assert (skipped.uid, skipped.details) == (None, {})


def test_a_sheet_named_after_a_city_speaks_of_that_city_only() -> None:
    rows = [HEADER, ["江陵县公安局", "抖音", "甲(演示)"], ["夷陵区分局", "抖音", "乙(演示)"]]
    units = [*UNITS, Unit("420506999000", "夷陵区分局", Level.COUNTY, region_name="宜昌市")]
    diff = ledger.compare(ledger.read(books.xlsx(rows, "荆州市"), "x"), [], units)
    assert [each.name for each in diff.added] == ["甲(演示)"]
    assert "宜昌市" in diff.problems[0].expected


def test_a_citys_file_touches_only_that_citys_rows() -> None:
    paths = {"江陵县公安局": "/1/2/3/", "公安县公安局": "/1/2/4/", "武汉市公安局": "/1/9/"}
    units = [replace(each, path=paths.get(each.name, "/1/")) for each in UNITS]
    every = [HEADER, *([unit, "抖音", f"{unit[:2]}(演示)"] for unit in paths)]
    before = ledger.compare(ledger.read(books.xlsx(every), "x"), [], units).added
    known = [replace(each, id=number) for number, each in enumerate(before, 1)]
    rows = [HEADER, ["江陵县公安局", "抖音", "江陵(演示)"], ["武汉市公安局", "抖音", "新(演示)"]]
    city = Scope(frozenset({"/1/2/"}))
    diff = ledger.compare(ledger.read(books.xlsx(rows), "x"), known, units, within=city)
    assert [each.unit_code for each in diff.absent] == ["421022000000"]
    assert (diff.added, diff.changed) == ((), ())
    assert "本表范围" in diff.problems[0].expected


def test_an_account_of_another_city_is_not_taken_over_by_its_id() -> None:
    paths = {"江陵县公安局": "/1/2/3/", "武汉市公安局": "/1/9/"}
    units = [replace(each, path=paths.get(each.name, "/1/")) for each in UNITS]
    first = [[*HEADER, "账号ID"], ["武汉市公安局", "抖音", "甲(演示)", "demo_1"]]
    [account] = ledger.compare(ledger.read(books.xlsx(first), "x"), [], units).added
    mine = [[*HEADER, "账号ID"], ["江陵县公安局", "抖音", "甲(演示)", "demo_1"]]
    diff = ledger.compare(
        ledger.read(books.xlsx(mine), "x"),
        [replace(account, id=1)],
        units,
        within=Scope(frozenset({"/1/2/"})),
    )
    assert diff.changed == ()
    assert "武汉市公安局" in diff.problems[0].expected
