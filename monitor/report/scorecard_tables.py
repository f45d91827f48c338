"""单位考核结果 and 评分明细: what leaves the house, cell by cell as the screen has it."""

from typing import Final

from monitor.domain.assessed import Line, Total
from monitor.domain.scheme import Method, Scoring
from monitor.report import links, scorecard, wording
from monitor.report.scorecard import PERCENT, Plea, Sheet
from monitor.report.table import TAIL, Cell, Table, build

BEFORE: Final = ("考核周期", "组别", "单位", "机构代码")
AFTER: Final = (
    *(
        "基础分合计",
        "扣分",
        "加分",
        "运营健康结论",
        "封顶或否决原因",
        "最终得分",
        "档次",
        "组内位次",
    ),
    *(
        "参考位次区间",
        "并列档",
        "不计分权重合计",
        "数据完整度",
        "协同响应(参考)",
        "上期得分",
        "增减",
    ),
    *("异议情况", "阶段(初评/审定)", "考核方案版本", "结果校验码"),
)
LINE_COLUMNS: Final = (
    *("考核周期", "单位", "一级指标", "二级指标编号", "二级指标", "满分", "分子", "分母", "样本数"),
    *("实测值", "单位符号", "目标值", "计分办法", "得分"),
    "计分状态(正常/不适用/样本不足/不计分-系统原因/按下限计)",
    *("权重调整后满分", "数据来源", "自报占比", "缺失说明", "佐证链接", "复核情况"),
    *TAIL,
)
COOPERATION: Final = "协同响应率"
TRUTH: Final = "本得分依据所列数据和方案计算,参考位次区间内的先后不代表实质差距。"
RESULT_NOTES: Final = (
    "一个单位占一行,按组别、档次、机构代码排列;空白为没有数据,0为零分。",
    "组内位次:数据分不出先后的单位并列,写出并列的位次范围;参考位次区间为权重和缺失数据变动时位次的范围。",
    TRUTH,
)
LINE_NOTES: Final = (
    "一个单位的一项二级指标占一行。比率以%表示;权重调整后满分为不计分项的分值分摊以后的满分。",
    "缺失数据按原因处理:不适用、样本不足、系统原因的分值分摊给其他项,单位原因经书面催报后按下限计。",
    TRUTH,
)


def result_columns(sheet: Sheet) -> tuple[str, ...]:
    """The columns of 单位考核结果 for a scheme's parts."""
    parts = (f"{name}得分" for _, name in sheet.scored_parts)
    return (*BEFORE, *parts, *AFTER, *TAIL)


def results(sheet: Sheet) -> Table:
    """单位考核结果: one row a unit, by group, grade and code; nothing in it tells an order that the
    data does not support."""
    grades = {each.name: number for number, each in enumerate(sheet.scheme.grades)}
    worst = len(grades)
    ordered = sorted(
        sheet.totals, key=lambda each: (each.peers, grades.get(each.grade, worst), each.unit)
    )
    rows = [_result(sheet, each) for each in ordered]
    return build("单位考核结果", result_columns(sheet), rows, _notes(sheet, RESULT_NOTES))


def lines(sheet: Sheet, unit: str = "") -> Table:
    """评分明细 of all units, or of one."""
    found = sheet.of_unit.get(unit, []) if unit else sheet.lines
    rows = [_line(sheet, each) for each in found]
    return build("评分明细", LINE_COLUMNS, rows, _notes(sheet, LINE_NOTES))


def _notes(sheet: Sheet, notes: tuple[str, ...]) -> tuple[str, ...]:
    """What explains a table, and by what it is known that it is this very result."""
    return (
        (*notes, f"阶段:{sheet.stage};结果校验码:{sheet.checksum}。") if sheet.checksum else notes
    )


def _result(sheet: Sheet, total: Total) -> dict[str, Cell]:
    points = sheet.parts.get(total.unit, {})
    before = sheet.before.get(total.unit)
    final = sheet.rounded(total.final)
    change = None if before is None or final is None else sheet.rounded(final - before)
    return {
        "考核周期": sheet.period,
        "组别": total.peers or None,
        "单位": sheet.name(total.unit),
        "机构代码": total.unit,
        **{f"{name}得分": sheet.rounded(points.get(key)) for key, name in sheet.scored_parts},
        "基础分合计": sheet.rounded(total.base),
        "扣分": sheet.rounded(total.deducted),
        "加分": sheet.rounded(total.bonus),
        "运营健康结论": scorecard.health(sheet, total),
        "封顶或否决原因": total.reason or None,
        "最终得分": final,
        "档次": total.grade or None,
        "上期得分": before,
        "增减": change,
        **_standing(sheet, total),
        **_tail(sheet),
    }


def _standing(sheet: Sheet, total: Total) -> dict[str, Cell]:
    mine = (each for each in sheet.pleas if each.unit == total.unit)
    return {
        "组内位次": None if total.place is None else scorecard.place(sheet, total),
        "参考位次区间": None if total.low is None else scorecard.interval(total),
        "并列档": f"第{total.tier}档" if total.tier else None,
        "不计分权重合计": sheet.rounded(total.unscored),
        "数据完整度": None if total.coverage is None else wording.share(total.coverage),
        "协同响应(参考)": cooperation(sheet, total.unit),
        "异议情况": scorecard.pleas(mine),
        "阶段(初评/审定)": sheet.stage,
        "考核方案版本": wording_of(sheet),
        "结果校验码": sheet.checksum or None,
    }


def wording_of(sheet: Sheet) -> str:
    """`湖北公安政务新媒体季度考核(第1版)`."""
    return f"{sheet.scheme.title}(第{sheet.scheme.version}版)"


def cooperation(sheet: Sheet, unit: str) -> str | None:
    """协同响应(参考) with its denominator; None where there is nothing to tell."""
    for line in sheet.of_unit.get(unit, ()):
        indicator = sheet.indicators.get(line.indicator)
        if indicator is not None and indicator.measure == COOPERATION and line.denominator:
            return wording.rate(round(line.numerator or 0), round(line.denominator))
    return None


def _tail(sheet: Sheet) -> dict[str, Cell]:
    at = wording.instant(sheet.as_of)
    made = wording.instant(sheet.exported_at)
    told = (sheet.period, at, at, sheet.standard or None, made, sheet.exported_by)
    return dict(zip(TAIL, told, strict=True))


def _line(sheet: Sheet, line: Line) -> dict[str, Cell]:
    indicator, sign = sheet.indicators.get(line.indicator), sheet.symbol(line)
    return {
        "考核周期": sheet.period,
        "单位": sheet.name(line.unit),
        "一级指标": line.part,
        "二级指标编号": line.indicator,
        "二级指标": line.name,
        "满分": line.most,
        "分子": line.numerator,
        "分母": line.denominator,
        "样本数": line.samples,
        "实测值": scorecard.in_symbol(line.raw, sign),
        "单位符号": sign or None,
        "目标值": scorecard.in_symbol(scorecard.full_at(indicator), sign),
        "计分办法": None if indicator is None else how(indicator.scoring, sign),
        "得分": sheet.rounded(line.points),
        LINE_COLUMNS[14]: line.status,
        "权重调整后满分": sheet.rounded(line.adjusted),
        "数据来源": line.sources or None,
        "自报占比": None if line.self_reported is None else wording.share(line.self_reported),
        "缺失说明": lacking(sheet, line) or None,
        "佐证链接": evidence(sheet, line) or None,
        "复核情况": reviewed(sheet, line) or None,
        **_tail(sheet),
    }


def lacking(sheet: Sheet, line: Line) -> str:
    """Why a line is not scored as usual, and until when the unit was asked for what it lacks."""
    told = (scorecard.missing(line), sheet.asked.get((line.unit, line.indicator), ""))
    return ";".join(filter(None, told))


def evidence(sheet: Sheet, line: Line) -> str:
    """The page that shows what a line rests on; '' where the desk's address is not known."""
    which = f"id={sheet.assessment}&" if sheet.assessment else ""
    return links.page(sheet.desk_url, f"assessing?{which}unit={line.unit}&line={line.indicator}")


def reviewed(sheet: Sheet, line: Line) -> str:
    """What became of objections against a line; '' where there was none."""
    mine: list[Plea] = [
        each for each in sheet.pleas if each.unit == line.unit and each.indicator == line.indicator
    ]
    return scorecard.pleas(mine) if mine else ""


def how(scoring: Scoring, sign: str) -> str:
    """`线性:70%起,98%满分`: a method with the numbers a unit has to know."""
    numbers = {name: _number(value, sign) for name, value in scoring.numbers.items()}
    said = SAID.get(scoring.method, "").format_map({**_BLANK, **numbers})
    if scoring.method is Method.BANDS:
        told = (f"{_number(bound, sign)}得{share:.0%}" for bound, share in scoring.bands)
        said = "、".join(told)
    return f"{scoring.method}:{said}" if said else scoring.method.value


def _number(value: float, sign: str) -> str:
    return f"{value * 100:g}%" if sign == PERCENT else f"{value:g}{sign}"


_BLANK: Final = dict.fromkeys(("target", "low_at", "full_at", "low", "high"), "")
SAID: Final = {
    Method.TARGET: "达到{target}满分",
    Method.LINEAR: "{low_at}起,{full_at}满分",
    Method.MINMAX: "{low}起,{high}满分",
    Method.LOG: "{full_at}满分",
    Method.TASK: "任务{target}",
}
