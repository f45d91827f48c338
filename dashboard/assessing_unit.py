"""One unit's 考核得分明细: lines with data and cause, what would raise it most, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import assessing_object, data, links, markup, say
from dashboard.assessing_result import change, said
from dashboard.markup import Card
from monitor.actions import scorecards
from monitor.domain.errors import SentinelError

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.scorecards import Sheet
    from monitor.domain.assessed import Fact
    from monitor.record.screens.assessing import Told

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS: Final = ("指标", "实测", "目标、办法", "得分", "计分状态", "来源", "可提高总分")
FACTS: Final = ("账号", "测量项目", "数据", "样本数", "数据完整度", "来源", "缺失说明")


def show(visit: Visit, told: Told, unit: str) -> None:
    """The unit's page, where it is within somebody's reach."""
    try:
        sheet = scorecards.sheet(visit.store, visit.person, told.kept.id)
    except SentinelError as refused:
        st.error(str(refused))
        return
    rows = [each for each in scorecards.results(sheet) if each["机构代码"] == unit]
    if not rows:
        markup.show(markup.empty("没有这个单位的结果", ("请从考核结果重新打开。",)))
        return
    (row,) = rows
    st.subheader(str(row["单位"]), anchor=False)
    markup.show(markup.cards(_cards(row, scorecards.parts(sheet))))
    if row["封顶或否决原因"]:
        markup.show(markup.note(f"封顶或否决：{row['封顶或否决原因']}"))
    _paper(visit, told, unit, str(row["单位"]))
    _raising(sheet, unit)
    _lines(told, sheet, unit)
    _evidence(visit, told, sheet, unit)
    assessing_object.show(visit, told, sheet, unit)
    markup.show(markup.note(scorecards.TRUTH))


def _cards(row: scorecards.Row, parts: tuple[str, ...]) -> tuple[Card, ...]:
    place = said(row["组内位次"])
    scored = "、".join(f"{name}{said(row[f'{name}得分'])}" for name in parts)
    moved = f"较上期{change(row['增减'])}" if row["上期得分"] is not None else "没有上期得分"
    return (
        Card("总分", said(row["最终得分"]), moved),
        Card("档次", said(row["档次"]), f"基础分{said(row['基础分合计'])}：{scored}"),
        Card("扣分、加分", _beside(row), str(row["运营健康结论"])),
        Card("组内位次", place, f"参考位次区间{said(row['参考位次区间'])}"),
        Card("数据完整度", said(row["数据完整度"]), f"不计分权重{said(row['不计分权重合计'])}分"),
    )


def _beside(row: scorecards.Row) -> str:
    """`-3 / +2`; `无` where neither was counted."""
    if not row["扣分"] and not row["加分"]:
        return "无"
    return f"-{said(row['扣分'])} / +{said(row['加分'])}"


def _paper(visit: Visit, told: Told, unit: str, name: str) -> None:
    store, person = visit.store, visit.person
    st.download_button(
        "下载考核得分明细表",
        lambda: scorecards.paper(store, person, told.kept.id, unit, visit.data_dir)[1],
        f"考核得分明细表-{name}.docx",
        WORD,
        on_click="ignore",
        key=f"assessing-paper-{unit}",
    )


def _raising(sheet: Sheet, unit: str) -> None:
    st.subheader("最能提高得分的事项", anchor=False)
    for each in scorecards.advice(sheet, unit):
        markup.show(markup.note(each))


def _lines(told: Told, sheet: Sheet, unit: str) -> None:
    st.subheader("评分明细", anchor=False)
    rows = [_line(told.kept.id, unit, each) for each in scorecards.lines(sheet, unit)]
    markup.show(markup.table(COLUMNS, rows, lesser={"目标、办法", "来源"}))


def _line(assessment: int, unit: str, line: scorecards.Row) -> tuple[Cell, ...]:
    key, sign = str(line["二级指标编号"]), line["单位符号"] or ""
    value = say.NONE if line["实测值"] is None else f"{said(line['实测值'])}{sign}"
    counted = f"{said(line['分子'])}/{said(line['分母'])}" if line["分母"] else ""
    target = "" if line["目标值"] is None else f"目标{said(line['目标值'])}{sign}"
    status = str(line[scorecards.STATUS])
    way = links.to("assessing", id=assessment, line=key, unit=unit)
    return (
        markup.joined(
            markup.link(f"{key} {line['二级指标']}", way), markup.faint(str(line["一级指标"]))
        ),
        markup.joined(value, markup.faint(counted)),
        markup.joined(target, markup.faint(str(line["计分办法"] or ""))),
        f"{said(line['得分'])} / {said(line['权重调整后满分'])}",
        markup.joined(status, markup.faint(str(line["缺失说明"] or ""))),
        str(line["数据来源"] or say.NONE),
        said(line[scorecards.GAIN]),
    )


def _evidence(visit: Visit, told: Told, sheet: Sheet, unit: str) -> None:
    """What the line the address names rests on, account by account."""
    wanted = str(st.query_params.get("line", ""))
    if not wanted:
        return
    st.subheader(f"{wanted}的依据", anchor=False)
    keys = scorecards.measures(sheet, wanted)
    found = data.read(visit, data.assessing.facts, told.kept.id, unit)
    rows = [_fact(each) for each in found if each.measure in keys]
    if not rows:
        markup.show(markup.empty("没有可计的依据", ("这一项不计分的原因见上表。",)))
        return
    markup.show(markup.table(FACTS, rows, lesser={"来源"}))


def _fact(fact: Fact) -> tuple[Cell, ...]:
    whose: Cell = "全单位"
    if fact.account and fact.account.isdecimal():
        whose = markup.link(f"账号{fact.account}", links.account(int(fact.account)))
    counted = f"{said(fact.numerator)}/{said(fact.denominator)}"
    value = counted if fact.denominator else said(fact.value)
    return (
        whose,
        fact.measure,
        value,
        said(fact.samples),
        say.percent(fact.coverage),
        fact.sources or say.NONE,
        "，".join(filter(None, (fact.cause, fact.note))) or say.NONE,
    )
