"""The ledger: real tables in, a diff out, and nothing said that the file does not say."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect import ledger, shelf, units_file
from monitor.collect.ledger_columns import HEADERS
from monitor.collect.templates import LEDGER, as_csv
from monitor.domain.account import Account, Kind, State
from monitor.domain.errors import InputError
from monitor.domain.instants import parse_instant, to_second
from monitor.domain.loading import LedgerDiff, RowProblem
from tests.collect.files import books

HUBEI = Path(__file__).parents[2] / "data" / "units" / "hubei.yaml"
UNITS = units_file.read(shelf.read(HUBEI).mapping)
ROW = {"平台": "微信公众号", "账号名称": "平安江陵(演示)", "主办单位": "江陵县公安局"}


def table(*rows: dict[str, str]) -> bytes:
    """A ledger of these rows, each a good one changed; only the columns that any row has."""
    headers = list(dict.fromkeys(key for row in (ROW, *rows) for key in row))
    return books.comma(
        [headers, *([(ROW | row).get(each, "") for each in headers] for row in rows)]
    )


def compare(content: bytes, known: list[Account] | None = None) -> LedgerDiff:
    return ledger.compare(ledger.read(content, "台账.csv"), known or [], UNITS)


def entered(*rows: dict[str, str]) -> list[Account]:
    """What a registry holds after these rows were saved."""
    return [replace(each, id=number) for number, each in enumerate(compare(table(*rows)).added, 1)]


def at(text: str) -> int:
    return to_second(parse_instant(text))


def test_three_columns_are_enough_and_an_id_may_come_later() -> None:
    [account] = compare(table({})).added
    assert account == Account("wechat", "平安江陵(演示)", "421024000000")
    assert account.id_missing


def test_every_column_of_the_ledger_is_read_in_any_order() -> None:
    row = {
        "账号状态": "暂停更新",
        "开设日期": "2019年3月1日",
        "重点账号（是/否）": "是",
        "主账号(是/否)": "否",
        "账号归属(官方/民警个人)": "民警个人",
        "账号ID": "gh_1",
        "警种条线": "户政",
        "机构代码": "421024000000",
        "主页链接": "https://x.cn/1",
        "省平台备案号": "鄂备1号",
        "认证到期日": "2027/1/5",
        "最近核对日期": "20261101",
        "备案名称": "平安江陵",
    }
    [account] = compare(table(row)).added
    assert (account.uid, account.kind, account.state) == ("gh_1", Kind.PERSONAL, State.PAUSED)
    assert (account.main, account.key, account.line) == (False, True, "户政")
    assert account.opened_from == at("2019-03-01")
    assert account.opened_until == at("2019-03-01T23:59:59")
    assert account.details == {
        "主页链接": "https://x.cn/1",
        "省平台备案号": "鄂备1号",
        "认证到期日": "2027-01-05",
        "最近核对日期": "2026-11-01",
        "备案名称": "平安江陵",
    }


def test_headers_may_be_written_as_people_write_them_below_a_title() -> None:
    rows = [
        ["荆州市政务新媒体台账"],
        ["所属平台", "帐号名称", "开设单位"],
        ["抖音", "江陵公安(演示)", "江陵县公安局"],
    ]
    [row] = ledger.read(books.xlsx(rows), "台账.xlsx").rows
    assert (row.sheet, row.row, row.platform, row.name) == ("Sheet1", 3, "douyin", "江陵公安(演示)")


def test_every_sheet_with_a_header_is_read_and_others_are_named() -> None:
    sheet = [list(ROW), list(ROW.values())]
    other = [list(ROW), ["微博", "平安江陵V(演示)", "江陵县公安局"]]
    read = ledger.read(
        books.xlsx(sheet, "江陵", {"说明": [["填表", "说明"]], "微博": other}), "x.xlsx"
    )
    assert [each.sheet for each in read.rows] == ["江陵", "微博"]
    assert "说明" in read.notes[0]


def test_the_tail_of_an_exported_file_is_passed_over() -> None:
    [account] = compare(
        table({"序号": "1", "数据截止": "x", "导出人": "王某", "统计期": "x"})
    ).added
    assert account.details == {}


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        ({"平台": "脸书"}, "平台", "微信公众号"),
        ({"平台": ""}, "平台", "平台名称"),
        ({"账号名称": ""}, "账号名称", "必填"),
        ({"主办单位": "江陵公安局"}, "主办单位", "是否为“江陵县公安局”"),
        ({"机构代码": "4.21024E+11"}, "机构代码", "科学计数法"),
        ({"机构代码": "42102"}, "机构代码", "12位"),
        ({"机构代码": "420000990000"}, "机构代码", "单位库"),
        ({"机构代码": "421022000000"}, "机构代码", "公安县公安局"),
        ({"账号ID": "7.1E+18"}, "账号ID", "科学计数法"),
        ({"账号ID": "a b"}, "账号ID", "不含空格"),
        ({"联络员": "1.38E+10"}, "联络员", "科学计数法"),
        ({"主账号(是/否)": "也许"}, "主账号", "是或否"),
        ({"绑定管理员在岗(是/否/不详)": "在"}, "绑定管理员在岗", "不详"),
        ({"账号归属(官方/民警个人)": "其他"}, "账号归属", "官方"),
        ({"账号状态": "很好"}, "账号状态", "在用"),
        ({"开设日期": "早就开了"}, "开设日期", "时间"),
        ({"认证到期日": "2026-13-45"}, "认证到期日", "日期"),
    ],
)
def test_a_bad_row_is_named_by_row_column_value_and_what_was_expected(
    row: dict[str, str], column: str, expected: str
) -> None:
    diff = compare(table({"账号名称": "别的(演示)"}, row))
    [problem] = diff.problems
    assert (problem.row, problem.column) == (3, column)
    assert problem.value == next(iter(row.values()))
    assert expected in problem.expected
    assert [each.name for each in diff.added] == ["别的(演示)"]


def test_a_unit_left_blank_in_a_workbook_without_merged_cells_is_refused() -> None:
    rows = [list(ROW), list(ROW.values()), ["抖音", "甲(演示)", ""]]
    [problem] = ledger.read(books.xlsx(rows), "x").problems
    assert (problem.row, problem.column) == (3, "主办单位")
    assert "必填" in problem.expected


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    problems = ledger.read(table({"平台": "?", "账号名称": "", "账号状态": "?"}), "x").problems
    assert {each.column for each in problems} == {"平台", "账号名称", "账号状态"}


def test_a_code_that_a_workbook_holds_as_a_number_keeps_its_digits() -> None:
    rows: books.Rows = [[*ROW, "机构代码", "账号ID"], [*ROW.values(), 421024000000, 1234567890123]]
    [row] = ledger.read(books.xlsx(rows), "x").rows
    assert (row.unit_code, row.uid) == ("421024000000", "1234567890123")


def test_an_id_of_more_digits_than_a_workbook_keeps_is_refused() -> None:
    rows: books.Rows = [[*ROW, "账号ID"], [*ROW.values(), 7123456789012345678]]
    [problem] = ledger.read(books.xlsx(rows), "x").problems
    assert problem.column == "账号ID"


def test_a_row_that_says_there_is_no_account_is_passed_over() -> None:
    read = ledger.read(table({"账号名称": "未开通"}, {}), "x")
    assert len(read.rows) == 1
    assert read.problems == ()
    assert "未开设" in read.notes[0]


@pytest.mark.parametrize(
    "rows",
    [
        ({"账号ID": "gh_1"}, {"账号ID": "gh_1", "账号名称": "另一个(演示)"}),
        ({}, {}),
        ({"账号ID": "gh_1"}, {}),
        ({}, {"账号ID": "gh_1"}),
    ],
)
def test_an_account_named_twice_is_refused_with_the_row_that_named_it_first(
    rows: tuple[dict[str, str], ...],
) -> None:
    read = ledger.read(table(*rows), "x")
    assert len(read.rows) == 1
    [problem] = read.problems
    assert problem.row == 3
    assert "第2行重复" in problem.expected


def test_two_accounts_of_one_name_are_told_apart_by_their_ids() -> None:
    assert len(ledger.read(table({"账号ID": "gh_1"}, {"账号ID": "gh_2"}), "x").rows) == 2


def test_a_table_without_a_header_of_a_ledger_is_refused() -> None:
    with pytest.raises(InputError, match="主办单位"):
        ledger.read(books.comma([["平台", "账号名称"], ["微信", "x"]]), "x.csv")


def test_the_same_ledger_again_changes_nothing() -> None:
    content = as_csv(LEDGER)
    known = [replace(each, id=number) for number, each in enumerate(compare(content).added, 1)]
    diff = compare(content, known)
    assert (diff.added, diff.changed, diff.absent) == ((), (), ())
    assert list(diff.unchanged) == known


def test_a_change_is_shown_with_its_old_and_new_value() -> None:
    known = entered({"账号ID": "gh_1", "联络员": "甲某", "主账号(是/否)": "否"})
    row = {
        "账号ID": "gh_1",
        "账号名称": "江陵公安(演示)",
        "联络员": "乙某",
        "主办单位": "公安县公安局",
        "主账号(是/否)": "是",
        "开设日期": "2019-03",
    }
    [(after, alterations)] = compare(table(row), known).changed
    assert {each.column: (each.before, each.after) for each in alterations} == {
        "账号名称": ("平安江陵(演示)", "江陵公安(演示)"),
        "主办单位": ("江陵县公安局", "公安县公安局"),
        "主账号": ("否", "是"),
        "开设日期": ("", "2019-03"),
        "联络员": ("甲某", "乙某"),
    }
    assert (after.id, after.unit_code) == (1, "421022000000")


def test_an_id_that_came_to_be_known_is_added_to_the_account_that_lacked_it() -> None:
    [(after, [alteration])] = compare(table({"账号ID": "gh_9"}), entered({})).changed
    assert (after.id, after.uid) == (1, "gh_9")
    assert (alteration.column, alteration.before, alteration.after) == ("账号ID", "", "gh_9")


def test_what_the_file_does_not_say_stays_as_it_is() -> None:
    known = entered(
        {"账号ID": "gh_1", "开设日期": "2019-03-01", "责任人": "甲某", "账号状态": "暂停更新"}
    )
    diff = compare(table({"责任人": "", "账号状态": "", "开设日期": "-"}), known)
    assert list(diff.unchanged) == known


def test_another_account_of_the_same_name_with_another_id_is_new() -> None:
    diff = compare(table({"账号ID": "gh_2"}), entered({"账号ID": "gh_1"}))
    assert [each.uid for each in diff.added] == ["gh_2"]
    assert [each.uid for each in diff.absent] == ["gh_1"]


def test_accounts_missing_this_time_are_listed_for_the_units_of_the_file_only() -> None:
    known = entered(
        {"账号名称": "甲(演示)"},
        {"账号名称": "乙(演示)"},
        {"账号名称": "丙(演示)", "主办单位": "公安县公安局"},
        {"账号名称": "丁(演示)", "账号状态": "已注销"},
    )
    diff = compare(table({"账号名称": "甲(演示)"}), known)
    assert [each.name for each in diff.absent] == ["乙(演示)"]


def test_an_officers_own_account_is_never_called_missing() -> None:
    known = entered(
        {"账号名称": "甲(演示)"}, {"账号名称": "乙(演示)", "账号归属(官方/民警个人)": "民警个人"}
    )
    assert known[1].kind is Kind.PERSONAL
    assert compare(table({"账号名称": "甲(演示)"}), known).absent == ()


def test_an_account_whose_row_is_refused_is_not_called_missing() -> None:
    known = entered({"账号名称": "甲(演示)"}, {"账号名称": "乙(演示)"})
    diff = compare(
        table({"账号名称": "甲(演示)"}, {"账号名称": "乙(演示)", "账号状态": "?"}), known
    )
    assert diff.absent == ()
    assert len(diff.problems) == 1


def test_one_account_under_two_names_in_one_file_is_refused() -> None:
    known = entered({"账号ID": "gh_1"})
    diff = compare(table({"账号ID": "gh_1", "账号名称": "新名(演示)"}, {}), known)
    [problem] = diff.problems
    assert "同一账号" in problem.expected


def test_new_accounts_enter_as_unchecked_where_asked_so() -> None:
    read = ledger.read(table({}), "x")
    [account] = ledger.compare(read, [], UNITS, register=True).added
    assert account.state is State.UNCHECKED


@given(st.permutations(HEADERS))
def test_the_order_of_columns_says_nothing(headers: list[str]) -> None:
    rows = [dict(zip(LEDGER.headers, row, strict=True)) for row in LEDGER.rows]
    shuffled = books.comma([headers, *([row[each] for each in headers] for row in rows)])
    assert compare(shuffled) == compare(as_csv(LEDGER))


def test_a_problem_reads_as_a_sentence() -> None:
    problem = RowProblem("荆州", 7, "平台", "脸书", "平台名称")
    assert str(problem) == "工作表“荆州”第7行“平台”列:“脸书”有误,应为平台名称"
