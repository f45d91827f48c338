"""考核得分明细表 of one unit, and the bulletin of a result by group, as plain values for Word."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from monitor.domain.assessed import Total
from monitor.domain.instants import say_day
from monitor.report import raising, scorecard, scorecard_tables
from monitor.report.scorecard import NO_DATA, Sheet
from monitor.report.table import Cell

CARD: Final = "考核得分明细表.docx"
BULLETIN: Final = "考核结果通报.docx"
MOST: Final = 5
"""So many things that would raise the score stand on the page."""
NOBODY: Final = "本期没有"
BEST: Final = "优秀"
BASIS: Final = (
    "依据{scheme},{office}对{period}全省公安政务新媒体工作进行了考核(阶段:{stage}),"
    "现将结果通报如下。"
)
PUT_RIGHT: Final = (
    "{office}{number}通报印发后,因{why},对{period}全省公安政务新媒体考核结果予以更正,以本件为准。"
)
NO_GRADE: Final = "数据不足,不评档、不排位"


def card(sheet: Sheet, unit: str) -> dict[str, Any]:
    """One unit's page by the names its template uses; LookupError where it is not in the result."""
    total = sheet.of(unit)
    if total is None:
        raise LookupError(unit)
    row = next(each for each in scorecard_tables.results(sheet).named if each["机构代码"] == unit)
    raised = {each.id: each for each in raising.of(sheet, total)}
    return {
        "标题": f"{sheet.period}考核得分明细表",
        "单位": sheet.name(unit),
        "阶段": sheet.stage,
        "方案": scorecard_tables.wording_of(sheet),
        "总分": _said(row["最终得分"]),
        "档次": total.grade or NO_GRADE,
        "组别": total.peers or "不分组",
        "位次": scorecard.place(sheet, total),
        "区间": scorecard.interval(total),
        "增减": _change(row["增减"]),
        "部分": [
            {"名称": name, "得分": _said(row[f"{name}得分"])} for _, name in sheet.scored_parts
        ],
        "扣加": _beside(sheet, unit),
        "原因": total.reason or "无",
        "明细": [_line(row, raised) for row in scorecard_tables.lines(sheet, unit).named],
        "提高": advice(list(raised.values())),
        "注": scorecard_tables.TRUTH,
        "校验码": sheet.checksum,
        "日期": say_day(sheet.exported_at),
    }


def advice(raised: Sequence[raising.Raise]) -> list[str]:
    """`更新规律可提高2.40分:现为60.0%(9/15),再有6个…`: the most first."""
    return [f"{each.name}可提高{each.gain:.2f}分:{each.how}" for each in raised[:MOST]] or [
        "各项均已满分,或数据不足以测算"
    ]


def _line(row: dict[str, Cell], raised: dict[str, raising.Raise]) -> dict[str, str]:
    more = raised.get(str(row["二级指标编号"]))
    sign = row["单位符号"] or ""
    value = NO_DATA if row["实测值"] is None else f"{row['实测值']:g}{sign}"
    if row["分母"]:
        value = f"{value}({row['分子'] or 0:g}/{row['分母']:g})"
    return {
        "编号": str(row["二级指标编号"]),
        "指标": str(row["二级指标"]),
        "满分": _said(row["满分"]),
        "实测": value,
        "得分": _said(row["得分"]),
        "折后": _said(row["权重调整后满分"]),
        "状态": str(row[scorecard_tables.LINE_COLUMNS[14]]),
        "说明": str(row["缺失说明"] or row["计分办法"] or ""),
        "可提高": f"{more.gain:.2f}" if more else NO_DATA,
    }


def _beside(sheet: Sheet, unit: str) -> str:
    told = (f"{each.name}{each.points:+g}分" for each in sheet.counted.get(unit, ()))
    return ";".join(told) or "无"


def _said(value: Cell) -> str:
    return NO_DATA if value is None else f"{value:g}" if isinstance(value, float | int) else value


def _change(value: Cell) -> str:
    if not isinstance(value, float | int):
        return NO_DATA
    return f"{value:+.2f}" if value else "持平"


def bulletin(
    sheet: Sheet, office: str, number: str = "", amends: tuple[str, str] | None = None
) -> dict[str, Any]:
    """The bulletin of a result: by group who is 优秀 and where something is wrong, then the scores
    by group. No place is printed: only each unit learns its own. `amends` are the number of the
    bulletin that is put right, and why."""
    groups = sorted({each.peers for each in sheet.totals})
    scheme = scorecard_tables.wording_of(sheet)
    basis = BASIS.format(scheme=scheme, office=office, period=sheet.period, stage=sheet.stage)
    what = "通报"
    if amends is not None:
        what = "更正通报"
        told = {"number": amends[0], "why": amends[1].rstrip("。")}
        basis = PUT_RIGHT.format(office=office, period=sheet.period, **told)
    return {
        "标题": f"关于{sheet.period}全省公安政务新媒体考核结果的{what}",
        "文号": number,
        "依据": basis,
        "总体": _overall(sheet),
        "组": [_group(sheet, name) for name in groups],
        "注": scorecard_tables.TRUTH,
        "校验码": sheet.checksum,
        "落款": office,
        "日期": say_day(sheet.exported_at),
    }


def _overall(sheet: Sheet) -> str:
    found = Counter(each.grade or NO_GRADE for each in sheet.totals)
    order = [*(each.name for each in sheet.scheme.grades), NO_GRADE]
    told = "、".join(f"{name}{found[name]}个" for name in order if found[name])
    amended = _pleas(sheet)
    return f"参加考核单位{len(sheet.totals)}个,其中{told or '无'}。{amended}"


def _pleas(sheet: Sheet) -> str:
    if not sheet.pleas:
        return "结果反馈期间没有单位提出异议。"
    return f"结果反馈期间单位提出异议{len(sheet.pleas)}件:{scorecard.pleas(sheet.pleas)}。"


def _group(sheet: Sheet, name: str) -> dict[str, Any]:
    mine = [each for each in sheet.totals if each.peers == name]
    best = [sheet.name(each.unit) for each in mine if each.grade == BEST]
    rows = [row for row in scorecard_tables.results(sheet).named if (row["组别"] or "") == name]
    return {
        "名称": name or "全部单位",
        "单位数": len(mine),
        "优秀": "、".join(best) or NOBODY,
        "问题": _troubles(sheet, mine),
        "行": [_row(sheet, row) for row in rows],
    }


def _troubles(sheet: Sheet, mine: Sequence[Total]) -> str:
    told = [f"{sheet.name(each.unit)}({each.reason})" for each in mine if each.reason]
    return ";".join(told) or NOBODY


def _row(sheet: Sheet, row: dict[str, Cell]) -> dict[str, str]:
    parts = [_said(row[f"{name}得分"]) for _, name in sheet.scored_parts]
    return {
        "单位": str(row["单位"]),
        "部分": " / ".join(parts),
        "扣加": f"-{_said(row['扣分'])} / +{_said(row['加分'])}",
        "总分": _said(row["最终得分"]),
        "档次": str(row["档次"] or NO_GRADE),
        "健康": str(row["运营健康结论"]),
        "完整度": str(row["数据完整度"] or NO_DATA),
        "不计分": _said(row["不计分权重合计"]),
    }
