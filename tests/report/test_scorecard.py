"""单位考核结果, 评分明细, a unit's page, the bulletin: exact columns, no order without data."""

from dataclasses import replace

import pandas as pd
import pytest

from monitor.domain.scheme import Status
from monitor.report import (
    csv_file,
    raising,
    scorecard,
    scorecard_paper,
    scorecard_tables,
    word_file,
    xlsx_file,
)
from monitor.settings import ROOT
from tests.report import assessment_forms
from tests.report.papers import part, texts
from tests.report.scorecards import CITY, UNITS, a_sheet, assessed, measured, sheet_of

RESULT = (
    "考核周期, 组别, 单位, 机构代码, 解读文件得分, 交流互动得分, 服务群众得分, 基础分合计, 扣分, "
    "加分, 运营健康结论, 封顶或否决原因, 最终得分, 档次, 组内位次, 参考位次区间, 并列档, "
    "不计分权重合计, 数据完整度, 协同响应(参考), 上期得分, 增减, 异议情况, 阶段(初评/审定), "
    "考核方案版本, 结果校验码, "
    "统计期, 数据截止, 监测时间点, 认定标准, 导出时间, 导出人"
)
DETAIL = (
    "考核周期, 单位, 一级指标, 二级指标编号, 二级指标, 满分, 分子, 分母, 样本数, 实测值, "
    "单位符号, 目标值, 计分办法, 得分, "
    "计分状态(正常/不适用/样本不足/不计分-系统原因/按下限计), 权重调整后满分, 数据来源, "
    "自报占比, 缺失说明, 佐证链接, 复核情况, "
    "统计期, 数据截止, 监测时间点, 认定标准, 导出时间, 导出人"
)


def test_the_files_have_the_offices_columns_in_its_order() -> None:
    sheet = a_sheet()
    assert ", ".join(scorecard_tables.results(sheet).columns) == RESULT
    assert ", ".join(scorecard_tables.lines(sheet).columns) == DETAIL
    made = [scorecard_tables.results(sheet), scorecard_tables.lines(sheet)]
    assert xlsx_file.render(made, "单位考核结果")
    assert csv_file.render(made[1]).decode("utf-8-sig").startswith("考核周期,单位,一级指标")


def test_every_cell_of_a_result_is_what_the_engine_found() -> None:
    found, sheet = assessed(measured()), a_sheet()
    rows = {row["机构代码"]: row for row in scorecard_tables.results(sheet).named}
    for total in found.totals.to_dict("records"):
        row = rows[total["unit"]]
        final = total["final"]
        assert row["最终得分"] == (None if pd.isna(final) else final)
        parts = [row[f"{name}得分"] for name in ("解读文件", "交流互动", "服务群众")]
        assert parts == [pytest.approx(total[part], abs=0.0051) for part in "ABC"]
        assert row["扣分"] == pytest.approx(total["deducted"])
    city, first = rows[CITY], rows[UNITS[1]]
    assert city["增减"] == pytest.approx(city["最终得分"] - 70.0, abs=0.0051)  # type: ignore[operator]
    assert first["异议情况"] == "采纳1件"
    assert first["协同响应(参考)"] == "92.3%(24/26)"
    assert rows[UNITS[2]]["运营健康结论"] == "有扣分"
    assert rows[UNITS[6]]["档次"] is None
    assert rows[UNITS[6]]["组内位次"] is None
    assert "数据不足" in str(rows[UNITS[6]]["封顶或否决原因"])


def test_a_place_is_no_finer_than_its_tie_group() -> None:
    sheet = a_sheet()
    ranked = [each for each in sheet.totals if each.tier]
    assert ranked
    for total in ranked:
        same = [e for e in ranked if (e.peers, e.tier) == (total.peers, total.tier)]
        said = scorecard.place(sheet, total)
        assert {scorecard.place(sheet, each) for each in same} == {said}
        assert ("—" in said) == (len(same) > 1)
        low, _, high = said.partition("—")
        assert int(low) <= (total.place or 0) <= int(high or low)
    rows = scorecard_tables.results(sheet).named
    grades = [each.name for each in sheet.scheme.grades]
    keys = [
        (r["组别"], grades.index(str(r["档次"])) if r["档次"] else 9, r["机构代码"]) for r in rows
    ]
    assert keys == sorted(keys), "within a grade units stand by code, not by points"


def test_two_units_level_on_one_place_span_both() -> None:
    sheet = a_sheet()
    one = replace(sheet.totals[1], place=1, tier=1)
    level = replace(sheet, totals=(one, replace(sheet.totals[2], place=1, tier=1)))
    assert scorecard.place(level, one) == "1—2"
    assert scorecard.place(level, replace(one, tier=None)) == "1"
    assert scorecard.interval(replace(one, low=None)) == "—"


def test_missing_data_says_its_cause_and_is_never_a_silent_zero() -> None:
    sheet = a_sheet()
    for row in scorecard_tables.lines(sheet).named:
        status = Status(str(row[scorecard_tables.LINE_COLUMNS[14]]))
        if status is not Status.NORMAL:
            assert row["缺失说明"]
        if not status.counts:
            assert row["得分"] is None
    [owed] = [
        row for row in scorecard_tables.lines(sheet, UNITS[3]).named if row["二级指标编号"] == "B4"
    ]
    assert "催报" in str(owed["缺失说明"])
    assert "服务功能未核对" in str(owed["缺失说明"])


def test_a_line_tells_its_rate_target_and_method_in_its_own_symbol() -> None:
    lines = {row["二级指标编号"]: row for row in scorecard_tables.lines(a_sheet(), UNITS[1]).named}
    done = lines["B2"]
    assert (done["实测值"], done["单位符号"], done["目标值"]) == (85.0, "%", 98.0)
    assert done["计分办法"] == "线性:70%起,98%满分"
    assert done["佐证链接"] == f"https://desk.test/assessing?unit={UNITS[1]}&line=B2"
    assert lines["C3"]["复核情况"] == "采纳1件"
    assert lines["A3"]["实测值"] == 72.0


def _final(frame: pd.DataFrame, unit: str) -> float:
    """The total the engine finds of other measurements."""
    found = assessed(frame).totals.set_index("unit")
    return float(found.loc[unit, "final"])


def _raised(unit: str) -> list[raising.Raise]:
    """What is said to raise a unit's score, of its lines."""
    sheet = a_sheet()
    total = sheet.of(unit)
    assert total is not None
    return [each for each in raising.of(sheet, total) if each.id in sheet.indicators]


def _full(frame: pd.DataFrame, unit: str, line: str) -> None:
    """The unit did all that a line asks for."""
    measure = a_sheet().indicators[line].measure
    key = f"人工:{line}" if measure == "人工" else measure
    mine = (frame["unit"] == unit) & (frame["measure"] == key)
    frame.loc[mine, ["cause", "numerator"]] = [None, frame.loc[mine, "denominator"]]
    frame.loc[mine & frame["value"].notna(), "value"] = 1.0


@pytest.mark.parametrize("units", [UNITS[1:6], [CITY]])
def test_what_would_raise_a_score_is_what_the_engine_then_finds(units: list[str]) -> None:
    sheet = a_sheet()
    for nth in range(3 if CITY in units else 8):
        better = measured().copy()
        tried = {unit: each for unit in units for each in _raised(unit)[nth : nth + 1]}
        for unit, each in tried.items():
            _full(better, unit, each.id)
        found = assessed(better).totals.set_index("unit")["final"]
        for unit, each in tried.items():
            before = sheet.of(unit)
            assert before is not None
            rise = found[unit] - (before.final or 0.0)
            assert rise == pytest.approx(each.gain, abs=0.011), (unit, each)


def test_a_deduction_taken_away_is_what_the_engine_then_finds() -> None:
    sheet = a_sheet()
    total = sheet.of(UNITS[2])
    assert total is not None
    found = {each.name: each for each in raising.of(sheet, total)}
    gain = found["内容不更新、无有效互动的账号"].gain
    better = measured().copy()
    better.loc[better["measure"] == "内容不更新账号数", "value"] = 0.0
    assert _final(better, UNITS[2]) - (total.final or 0) == pytest.approx(gain, abs=0.011)


def test_who_is_capped_is_told_first_what_caps_him() -> None:
    frame = measured().copy()
    extra = frame.iloc[[0]].assign(
        unit=UNITS[5], measure="安全类否决数", value=1.0, numerator=None, denominator=None
    )
    sheet = sheet_of(assessed(pd.concat([frame, extra], ignore_index=True)))
    total = sheet.of(UNITS[5])
    assert total is not None
    assert total.final == 59
    first, *others = raising.of(sheet, total)
    assert first.name == "解除封顶"
    free = a_sheet().of(UNITS[5])
    assert free is not None
    assert first.gain == pytest.approx((free.final or 0) - 59, abs=0.011)
    assert not others, "nothing else raises a capped total"


def test_the_advice_counts_what_is_still_wanting() -> None:
    sheet = a_sheet()
    total = sheet.of(UNITS[1])
    assert total is not None
    told = {each.id: each.how for each in raising.of(sheet, total)}
    assert "再有6个" in told["B2"], "40 * 0.98 = 39.2, so 40 - 34"
    assert raising.of(sheet, sheet.of(UNITS[6])) == []  # type: ignore[arg-type]


def test_the_papers_say_what_the_files_say_and_their_templates_are_shipped() -> None:
    sheet = a_sheet()
    folder = ROOT / "data" / "templates"
    made = {
        scorecard_paper.CARD: (assessment_forms.card(), scorecard_paper.card(sheet, UNITS[1])),
        scorecard_paper.BULLETIN: (
            assessment_forms.bulletin(),
            scorecard_paper.bulletin(sheet, "某公安厅(演示)", "2026年第3期"),
        ),
    }
    for name, (template, values) in made.items():
        assert part((folder / name).read_bytes()) == part(template)
        word_file.check(template, values, name)
        said = texts(word_file.fill(template, values, name))
        assert "{" not in "".join(said)
        rows = scorecard_tables.results(sheet).named
        [mine] = [row for row in rows if row["机构代码"] == UNITS[1]]
        assert f"{mine['最终得分']:g}" in "".join(said)
    card = made[scorecard_paper.CARD][1]
    assert card["提高"][0].startswith("按期办结率可提高")
    told = made[scorecard_paper.BULLETIN][1]
    assert [each["名称"] for each in told["组"]] == ["县级局甲组", "市州甲组"]
    assert "位次" not in str(told["组"]), "an order is told to each unit alone"
    assert "采纳1件" in told["总体"]


def test_an_empty_result_is_a_sentence_too() -> None:
    bare = replace(a_sheet(), totals=(), lines=(), counts=(), pleas=(), desk_url="")
    told = scorecard_paper.bulletin(bare, "某公安厅(演示)")
    assert "没有单位提出异议" in told["总体"]
    with pytest.raises(LookupError):
        scorecard_paper.card(bare, CITY)


def test_a_completeness_short_of_all_is_never_a_hundred_per_cent() -> None:
    sheet = a_sheet()
    short = replace(sheet, totals=tuple(replace(each, coverage=0.9999) for each in sheet.totals))
    rows = scorecard_tables.results(short).named
    assert {row["数据完整度"] for row in rows} == {"99.9%"}
