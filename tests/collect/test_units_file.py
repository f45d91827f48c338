"""Units: Hubei's as delivered, and those an office hands in."""

from collections import Counter
from pathlib import Path

import pytest

from monitor.collect import shelf, units_file
from monitor.collect.templates import UNITS, as_csv
from monitor.domain.errors import InputError
from monitor.domain.unit import Level, Unit
from tests.collect.files import books

HUBEI = Path(__file__).parents[2] / "data" / "units" / "hubei.yaml"
HEAD = ["单位名称", "机构代码", "单位层级", "上级机构代码", "警种条线"]
CITY = ["荆州市公安局", "421000000000", "市州局", "420000000000", ""]


@pytest.fixture(scope="module")
def hubei() -> dict[str, Unit]:
    found = units_file.read(shelf.read(HUBEI).mapping)
    by_name = {each.name: each for each in found}
    assert len(by_name) == len(found) == len({each.code for each in found})
    return by_name


def test_hubei_has_its_bureaus_and_all_its_county_level_divisions(hubei: dict[str, Unit]) -> None:
    levels = Counter(each.level for each in hubei.values())
    assert levels == {
        Level.PROVINCE: 1,
        Level.DEPARTMENT: 13,
        Level.PREFECTURE: 17,
        Level.COUNTY: 113,
    }
    of_a_division = [
        each
        for each in hubei.values()
        if each.code.endswith("000000") and each.level in (Level.COUNTY, Level.PREFECTURE)
    ]
    directly_under = [each for each in of_a_division if each.code.startswith("4290")]
    counties = [each for each in of_a_division if each.level is Level.COUNTY]
    assert len(counties) + len(directly_under) == 103


def test_every_unit_stands_under_another_and_the_province_under_none(
    hubei: dict[str, Unit],
) -> None:
    codes = {each.code for each in hubei.values()}
    roots = [each.name for each in hubei.values() if each.parent_code is None]
    assert roots == ["湖北省公安厅"]
    assert all(each.parent_code in codes for each in hubei.values() if each.parent_code)


@pytest.mark.parametrize(
    ("name", "code", "region"),
    [
        ("公安县公安局", "421022000000", "荆州市"),
        ("荆州市公安局荆州区分局", "421003000000", "荆州市"),
        ("荆州市公安局沙市区分局", "421002000000", "荆州市"),
        ("恩施市公安局", "422801000000", "恩施州"),
        ("咸丰县公安局", "422826000000", "恩施州"),
        ("随县公安局", "421321000000", "随州市"),
        ("襄阳市公安局襄州区分局", "420607000000", "襄阳市"),
        ("长阳土家族自治县公安局", "420528000000", "宜昌市"),
        ("仙桃市公安局", "429004000000", "仙桃市"),
        ("神农架林区公安局", "429021000000", "神农架林区"),
        ("武汉市公安局经济技术开发区(汉南区)分局", "420113000000", "武汉市"),
        ("鄂州市公安局葛店分局", "420700910000", "鄂州市"),
    ],
)
def test_names_that_are_easily_mixed_up_stand_apart(
    hubei: dict[str, Unit], name: str, code: str, region: str
) -> None:
    unit = hubei[name]
    assert (unit.code, unit.region_name) == (code, region)
    assert unit.region == (code if code.startswith("4290") else f"{code[:4]}00000000")


def test_units_are_read_from_any_table_with_columns_in_any_order() -> None:
    rows: books.Rows = [
        ["2026年单位表"],
        HEAD,
        CITY,
        [],
        ["城南派出所", 421022010000.0, "派出所", "421000000000", "治安"],
    ]
    for content in (books.xlsx(rows), books.comma(rows, "gb18030")):
        if isinstance(content, bytes) and content.startswith(b"PK"):
            units = units_file.read_table(content, "单位.xlsx")
        else:
            units = units_file.read_table(content.replace(b".0,", b","), "单位.csv")
        assert [each.code for each in units] == ["421000000000", "421022010000"]
        assert units[1].parent_code == "421000000000"
        assert units[1].line == "治安"
        assert units[1].region == "421000000000"


def test_the_prefecture_of_a_unit_is_told_by_its_code_where_the_file_does_not_hold_it() -> None:
    rows = [HEAD, ["一", "421022010000", "派出所", "421022000000", ""]]
    [unit] = units_file.read_table(books.comma(rows), "x")
    assert unit.region == "421000000000"
    assert units_file.region_of("429004010000") == "429004000000"
    assert units_file.region_of("420000010000") == ""


def test_the_template_can_be_imported() -> None:
    assert len(units_file.read_table(as_csv(UNITS), "单位模板.csv")) == 2


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (["", "421022000000", "县级局", "", ""], "单位名称", "必填"),
        (["一", "", "县级局", "", ""], "机构代码", "必填"),
        (["一", "4210220", "县级局", "", ""], "机构代码", "12位"),
        (["一", "4.21022E+11", "县级局", "", ""], "机构代码", "科学计数法"),
        (["一", "421022000000", "县局", "", ""], "单位层级", "县级局"),
        (["一", "421000000000", "县级局", "", ""], "机构代码", "第2行重复"),
        (["一", "421022000000", "县级局", "421022000000", ""], "上级机构代码", "下级"),
    ],
)
def test_a_bad_row_is_named_and_no_unit_is_handed_on(
    row: list[str], column: str, expected: str
) -> None:
    with pytest.raises(InputError) as refused:
        units_file.read_table(books.comma([HEAD, CITY, row]), "单位.csv")
    assert f"第3行“{column}”列" in str(refused.value)
    assert expected in str(refused.value)


def test_a_table_of_something_else_is_refused() -> None:
    with pytest.raises(InputError, match="表头"):
        units_file.read_table(books.comma([["日期", "天气"], ["1", "晴"]]), "x.csv")


def test_a_sheet_whose_rows_do_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(InputError, match="第2项"):
        units_file.read({"columns": HEAD, "rows": [CITY, CITY[1:]]})
    with pytest.raises(InputError, match="columns"):
        units_file.read({"units": []})
