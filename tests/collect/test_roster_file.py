"""值班表 and 联络员台账 as files: what is right is read, what is wrong is named without a digit."""

import pytest

from monitor.collect import roster_file
from monitor.domain.duty import Duty, Liaison, Part, Phones, Roster
from monitor.domain.errors import InputError
from tests.actions.test_ledgers import a_province
from tests.collect.files import books

DUTY = ["日期", "单位", "带班领导", "值班员", "值班电话", "备班员", "备注"]
PEOPLE = ["单位", "姓名", "警号", "职务", "办公电话", "手机", "A/B岗", "起", "止"]
UNIT = "荆州市公安局"


def read(roster: Roster, rows: list[list[object]]) -> roster_file.RosterFile:
    return roster_file.read(roster, books.xlsx(rows), "表.xlsx", a_province())


def test_a_duty_is_read_with_its_unit_by_name_or_code_whatever_stands_above() -> None:
    found = read(
        Roster.DUTY,
        [
            ["荆州市公安局11月值班表"],
            DUTY,
            [books.typed(2026, 11, 23), UNIT, "某局长", "王某", "0716-0000123", "李某", ""],
            ["2026年11月24日", "421000000000", "", "赵某", "", "", ""],
        ],
    )
    assert found.problems == ()
    assert [each.entry for each in found.rows] == [
        Duty("2026-11-23", "421000000000", "某局长", "王某", "李某"),
        Duty("2026-11-24", "421000000000", "", "赵某"),
    ]
    assert [each.phones.duty for each in found.rows] == ["0716-0000123", ""]
    assert "0000123" not in repr(found.rows)


def test_a_liaison_is_read_with_part_and_days() -> None:
    [row] = read(
        Roster.LIAISONS,
        [
            PEOPLE,
            [UNIT, "王某", "012345", "副科长", "", "138 0000 1234", "b", "2026-01-01", "至今"],
        ],
    ).rows
    assert row.entry == Liaison(
        "421000000000", "王某", "012345", "副科长", Part.B, "2026-01-01", ""
    )
    assert row.phones == Phones(mobile="13800001234")


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [
        (0, "无此单位", "单位"),
        (1, "", "姓名"),
        (5, "1380000123", "手机"),
        (5, "1.38E+10", "手机"),
        (6, "C岗", "A/B岗"),
        (7, "上月", "起"),
        (8, "2025-01-01", "止"),
    ],
)
def test_a_bad_cell_is_named_and_no_number_is_repeated(place: int, value: str, column: str) -> None:
    row: list[object] = [UNIT, "王某", "", "", "", "13800001234", "A岗", "2026-01-01", ""]
    row[place] = value
    found = read(Roster.LIAISONS, [PEOPLE, row])
    assert found.rows == ()
    [problem] = found.problems
    assert (problem.row, problem.column) == (2, column)
    assert "1380000" not in str(problem)
    assert "1.38" not in str(problem)


def test_a_unit_has_one_duty_a_day() -> None:
    row: list[object] = ["2026-11-23", UNIT, "", "王某", "", "", ""]
    found = read(Roster.DUTY, [DUTY, row, row])
    assert len(found.rows) == 1
    assert "第2行" in found.problems[0].expected


def test_a_table_of_something_else_is_refused() -> None:
    with pytest.raises(InputError, match="值班表的表头"):
        read(Roster.DUTY, [PEOPLE, [UNIT, "王某", "", "", "", "", "", "2026-01-01", ""]])
