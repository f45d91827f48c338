"""The lists that leave the house: exact columns, blanks that are no data, one row per matter."""

import re
from dataclasses import replace

import pytest

from monitor.domain.account import Kind
from monitor.domain.bulletin import Candidate, Handling
from monitor.domain.case import Case, Measure, Problem, State
from monitor.domain.finding import Outcome
from monitor.domain.instants import BEGINNING, DAY
from monitor.domain.judged import Judged
from monitor.report import handling, places, tables
from monitor.report.table import Cell, Imprint, Table, build, of_week
from tests.report.weeks import AS_OF, KNOWN_AT, OWN, a_judged, a_unit, a_week, with_problem

IMPRINT = Imprint(OWN, AS_OF, KNOWN_AT, AS_OF, period="2026年第47期", exported_by="王某(演示)")
TAIL = "统计期, 数据截止, 监测时间点, 认定标准, 导出时间, 导出人"
PROBLEMS = (
    "序号, 市州, 县市区, 主办单位, 单位层级, 警种条线, 平台, 账号名称, 账号ID, 问题类型, "
    "问题程度(提醒/不合格), 是否单项否决, 上级口径结论, 本厅口径结论, 最后发布时间, 最后发布链接, "
    "静默下限(天), 静默上限(天), 数据完整度, 数据来源, 认定依据, 具体情形, 首次发现日期, 核实人, "
    "核实时间, 单位说明, 12个月内第几次, 整改单号, 处置措施, 整改期限, 当前状态, 是否逾期, "
    "销号日期, 通报期号, "
) + TAIL
UNDECIDED = (
    "序号, 市州, 县市区, 主办单位, 单位层级, 警种条线, 平台, 账号名称, 缺失起, 缺失止, 缺失原因, "
    "责任方(系统/平台/单位/省厅), 谁能补, 怎么补, "
) + TAIL
REGIONS = (
    "地区, 单位数, 备案账号数, 不纳入数, 纳入监测数, 抽查数, 抽查比例, 可认定数, 数据完整度, "
    "正常数, 提醒数, 问题账号数, 其中内容不更新, 其中睡眠, 其中僵尸, 其中长期停更, 其中从未更新, "
    "其中不互动, 其中未备案, 其中其他, 合格率, 上期合格率, 增减(百分点), 上期问题数, "
    "已销号数, 转关停数, 未整改到位数, "
) + TAIL


def rows(table: Table) -> list[dict[str, Cell]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (tables.problems([], IMPRINT), PROBLEMS),
        (tables.undecided([], IMPRINT), UNDECIDED),
        (places.regions([], None, IMPRINT), REGIONS),
    ],
)
def test_columns_are_those_of_the_office_to_the_letter(table: Table, columns: str) -> None:
    assert table.columns == tuple(columns.split(", "))


def test_every_problem_of_an_account_has_its_row_and_the_worst_stands_first() -> None:
    two = with_problem(a_judged(2, 15 * DAY), "不互动")
    listed = rows(
        tables.problems([a_judged(1), a_judged(3, 9 * DAY), two, a_judged(4, 95 * DAY)], IMPRINT)
    )
    assert [(row["序号"], row["账号ID"], row["问题类型"]) for row in listed] == [
        (1, "demo_4", "疑似僵尸"),
        (2, "demo_2", "疑似不互动"),
        (3, "demo_2", "疑似内容不更新"),
        (4, "demo_3", "更新提醒"),
    ]
    assert [row["问题程度(提醒/不合格)"] for row in listed] == ["不合格"] * 3 + ["提醒"]


def test_a_problem_row_carries_its_evidence_and_leaves_blank_what_nobody_knows() -> None:
    (row,) = rows(tables.problems([a_judged(1, 40 * DAY, first_found_at=AS_OF - DAY)], IMPRINT))
    assert row["上级口径结论"] == "不合格(疑似内容不更新)"
    assert row["本厅口径结论"] == "不合格(疑似睡眠)"
    assert row["是否单项否决"] == "是"
    assert (row["静默下限(天)"], row["静默上限(天)"]) == (40.0, 40.0)
    assert row["最后发布时间"] == "2026-10-13 22:00"
    assert row["首次发现日期"] == "2026-11-22"
    assert row["认定依据"] == "本厅设定:参考外省做法,无全国统一天数"
    assert row["数据截止"] == "2026-11-22 22:00"
    assert row["数据完整度"] == "90.0%"
    assert row["当前状态"] == "疑似问题"
    blank = {name for name, cell in row.items() if cell is None}
    assert {"核实人", "整改单号", "销号日期", "通报期号", "12个月内第几次"} <= blank


def test_a_problem_with_a_case_says_who_saw_to_it_and_another_leaves_that_blank() -> None:
    handled = Handling(3, "甲某", AS_OF - 3 * DAY, "已落实专人", "2026年第3期")
    case = Case(State.UNDER_WAY, (Problem("睡眠", "已40天未更新"),), measure=Measure.PUT_RIGHT)
    mine = Candidate(
        7, "整改〔2026〕007号", 1, "甲", "微博", "某所", "荆州市", case, due_at=AS_OF - DAY,
        opened_at=AS_OF - 4 * DAY, handling=handled,
    )  # fmt: skip
    silent = with_problem(a_judged(1, 95 * DAY, first_found_at=AS_OF - 5 * DAY), "不互动")
    cases = handling.by_account([replace(mine, case_id=3, number="旧"), mine])
    other, zombie = rows(tables.problems([silent], IMPRINT, cases))
    told = {
        "核实人": "甲某", "核实时间": "2026-11-20 00:00", "单位说明": "已落实专人",
        "12个月内第几次": 3, "整改单号": mine.number, "处置措施": "限期整改",
        "整改期限": "2026-11-22", "当前状态": "整改中", "是否逾期": "是", "销号日期": None,
        "通报期号": "2026年第3期",
    }  # fmt: skip
    assert {name: zombie[name] for name in told} == told, "a silence that grew is the same problem"
    assert (other["问题类型"], other["整改单号"]) == ("疑似不互动", None)
    over = replace(mine, case=replace(case, state=State.CLOSED), over_at=AS_OF - DAY)
    ended = rows(tables.problems([silent], IMPRINT, handling.by_account([over])))[1]
    assert (ended["销号日期"], ended["是否逾期"]) == ("2026-11-22", None)
    before = replace(over, opened_at=AS_OF - 6 * DAY)
    fresh = rows(tables.problems([silent], IMPRINT, handling.by_account([before])))[1]
    assert (fresh["整改单号"], fresh["当前状态"]) == (None, "疑似问题"), "an earlier case's matter"


def test_a_rule_the_upper_view_cannot_tell_of_leaves_the_veto_blank() -> None:
    judged = a_judged(1, 40 * DAY)
    unsure = replace(judged, upper=replace(judged.upper, outcome=Outcome.UNDECIDED))
    other = with_problem(a_judged(2), "无服务", Outcome.HINT)
    cells = [row["是否单项否决"] for row in rows(tables.problems([unsure, other], IMPRINT))]
    assert cells == [None, "否"]


def test_an_officers_own_account_is_on_no_list() -> None:
    personal = a_judged(1, 40 * DAY, kind=Kind.PERSONAL)
    assert not tables.problems([personal], IMPRINT).rows
    assert not tables.undecided([a_judged(2, None, kind=Kind.PERSONAL)], IMPRINT).rows


def test_what_is_missing_has_a_row_per_stretch_with_who_can_mend_it() -> None:
    judged = a_judged(1, None, cause="导出未交", mender="主办单位运维员", remedy="补交11月后台导出")
    gaps = ((BEGINNING, AS_OF - 9 * DAY), (AS_OF - 2 * DAY, AS_OF))
    holed = replace(judged, own=replace(judged.own, missing=gaps))
    first, second, bare = rows(tables.undecided([holed, a_judged(2, None)], IMPRINT))
    assert (first["缺失起"], first["缺失止"]) == ("开设以来", "2026-11-14 00:00")
    assert (second["缺失起"], second["缺失止"]) == ("2026-11-21 00:00", "2026-11-23 00:00")
    assert first["责任方(系统/平台/单位/省厅)"] == "单位"
    assert (bare["序号"], bare["缺失起"], bare["缺失原因"]) == (3, None, None)


def test_health_has_every_account_with_seconds_and_both_views() -> None:
    judged = [a_judged(1, 40 * DAY), a_judged(2, None), a_judged(3, kind=Kind.PERSONAL, uid=None)]
    told, unknown, personal = rows(tables.health(judged, IMPRINT))
    assert (told["静默下限(秒)"], told["静默上限(秒)"]) == (40 * DAY, 40 * DAY)
    assert (told["本厅口径状态"], told["上级口径状态"]) == ("睡眠", "内容不更新")
    assert (told["本厅口径结论"], told["上级口径结论"]) == ("不合格", "不合格")
    assert told["采集截止"] == "2026-11-23 00:00"
    assert told["处置状态"] is None
    assert (unknown["静默下限(秒)"], unknown["数据截止"]) == (None, None)
    assert personal["账号归属(官方/民警个人)"] == "民警个人"
    assert personal["账号ID"] is None


def in_place(number: int, silence: int | None, region: str, name: str) -> Judged:
    unit = a_unit(code=f"{region}000000", region=region, region_name=name)
    return a_judged(number, silence, unit=unit)


def test_places_add_up_to_the_whole_and_last_week_is_blank_where_there_was_none() -> None:
    now = [
        in_place(1, DAY, "420100", "武汉市"),
        with_problem(in_place(2, 95 * DAY, "420100", "武汉市"), "多头"),
        in_place(3, 9 * DAY, "421000", "荆州市"),
        in_place(4, None, "421000", "荆州市"),
        a_judged(5, outcome=Outcome.NOT_COUNTED),
    ]
    *parts, whole = rows(places.regions(now, None, IMPRINT))
    assert [row["地区"] for row in parts] == ["武汉市", "荆州市"]
    for name in (
        "备案账号数",
        "不纳入数",
        "可认定数",
        "正常数",
        "提醒数",
        "问题账号数",
        "其中僵尸",
    ):
        assert sum(row[name] for row in parts) == whole[name]  # type: ignore[misc]
    assert (whole["备案账号数"], whole["纳入监测数"], whole["可认定数"]) == (5, 4, 3)
    assert (whole["其中僵尸"], whole["其中其他"], whole["其中睡眠"]) == (1, 1, 0)
    assert (whole["合格率"], whole["数据完整度"]) == ("66.7%", "75.0%")
    assert whole["上期合格率"] is None
    assert whole["抽查数"] is None


def test_reminders_of_a_rule_with_a_column_are_counted_in_it() -> None:
    unfiled = with_problem(a_judged(1), "未备案", Outcome.HINT)
    silent = with_problem(a_judged(2), "不互动")
    (_, whole) = rows(places.regions([unfiled, silent, a_judged(3)], None, IMPRINT))
    assert (whole["其中未备案"], whole["其中不互动"], whole["其中其他"]) == (1, 1, 0)
    assert whole["问题账号数"] == 0


def test_places_compare_with_the_week_before() -> None:
    now = [in_place(1, DAY, "420100", "武汉市"), in_place(2, DAY, "421000", "荆州市")]
    before = [in_place(1, 20 * DAY, "420100", "武汉市")]
    first, second, whole = rows(places.regions(now, before, IMPRINT))
    assert (first["上期合格率"], first["增减(百分点)"], first["上期问题数"]) == ("0.0%", 100.0, 1)
    assert second["上期合格率"] is None
    assert whole["上期问题数"] == 1


def test_a_digests_files_are_dated_by_what_they_rest_on() -> None:
    tail = of_week(a_week([])).tail(None)
    assert tail[0] == "2026年第47期(11月16日—11月22日)"
    assert tail[1] is None
    assert tail[4] == "2026-11-23 00:00"


def test_a_row_that_does_not_fit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no column 乙"):
        build("表", ("甲",), [{"乙": 1}])
    with pytest.raises(ValueError, match="does not fit"):
        Table("表", ("甲",), (("一", "二"),))


def test_no_note_or_column_uses_a_forbidden_word() -> None:
    every = (
        tables.problems([], IMPRINT),
        tables.undecided([], IMPRINT),
        tables.health([], IMPRINT),
    )
    said = "".join(text for each in every for text in (*each.columns, *each.notes))
    assert not re.search("判定|观测|豁免|金丝雀|熔断|监控|舆情", said)
