"""单位考核结果 on screen: by group and grade, places only as fine as the data allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard import data, filters, links, markup, say
from monitor.actions import scorecards
from monitor.domain.bulletin import period_of

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.scorecards import Sheet
    from monitor.record.screens.assessing import Told
    from monitor.record.screens.rushing import Rushed

SIZE: Final = 50
CODE: Final = "机构代码"
MEANT: Final = (
    "平均移动：权重浮动、数据随机缺失时位次平均变动几位。换算法移动：每项改按同组百分位计分时，位次移动几位。"
    "去掉一项的位次：逐项去掉一项指标时位次的范围；影响最大的一项：去掉它位次变动最大。"
    "同组百分位：同组中位次不高于本单位的占比，并列的写范围。"
)
RUSHED: Final = (
    "只列事实，不计分、不影响位次：更新规律、便民内容按周计，周期末尾补发不能提高得分，均匀发布时这一占比约为3%。"
    "计入后删除：发布满7天以后才删除的（不满7天删除的本来就不计）。连续发布：同一账号10分钟以内接连发布，"
    "同一秒推送的多条不算。粉丝突变：同一来源3天以内增减超过一成且超过100人。原因可能正当，请核对后再看。"
)
RUSH: Final = (
    *("单位", "周期内作品", "最后72小时", "截止前集中发布占比"),
    *("计入后删除", "10分钟内连续发布", "粉丝突变"),
)
STEADY: Final = (
    "排名稳定性：把各项权重上下浮动、再随机缺失一部分数据，反复重排；参考位次区间是位次的常见范围，"
    "区间相互重叠的单位并列一档，不分先后。"
)


def show(told: Told, sheet: Sheet) -> None:
    """The table with what it must not be taken for."""
    rows = scorecards.results(sheet)
    if not rows:
        markup.show(markup.empty("没有参加考核的单位", ()))
        return
    _grades(rows)
    page = filters.page_number(len(rows), SIZE)
    shown = rows[(page - 1) * SIZE : page * SIZE]
    parts = [f"{name}得分" for name in scorecards.parts(sheet)]
    columns = (
        *("组别", "单位", "、".join(name.removesuffix("得分") for name in parts), "运营健康"),
        *("总分", "档次", "位次（参考区间）", "较上期", "不计分权重", "异议"),
    )
    lesser = {"不计分权重", "较上期"}
    table = [_row(told.kept.id, each, parts) for each in shown]
    markup.show(markup.table(columns, table, lesser=lesser))
    filters.pager(len(rows), SIZE)
    markup.show(markup.note(STEADY), markup.note(scorecards.TRUTH))


def _grades(rows: list[scorecards.Row]) -> None:
    found: dict[str, int] = {}
    for each in rows:
        grade = str(each["档次"] or "数据不足，不评档")
        found[grade] = found.get(grade, 0) + 1
    markup.show(markup.cards(markup.Card(name, f"{n:,}", "个单位") for name, n in found.items()))


def _row(assessment: int, row: scorecards.Row, parts: list[str]) -> tuple[Cell, ...]:
    code = str(row["机构代码"])
    place = said(row["组内位次"])
    if row["参考位次区间"]:
        place = f"{place}（{row['参考位次区间']}）"
    why = str(row["封顶或否决原因"] or "")
    return (
        said(row["组别"]),
        markup.link(str(row["单位"]), links.to("assessing", id=assessment, unit=code)),
        " / ".join(said(row[each]) for each in parts),
        markup.joined(str(row["运营健康结论"]), markup.faint(why)),
        said(row["最终得分"]),
        said(row["档次"]),
        place,
        change(row["增减"]),
        said(row["不计分权重合计"]),
        str(row["异议情况"]),
    )


def rushed(visit: Visit, told: Told) -> None:
    """Who published how much in the last 72 hours: something to look at, nothing that is scored."""
    period = period_of(told.kept.period)
    given = (told.kept.id, period.since, period.until)
    found = data.read(visit, data.rushing.rushed, *given)
    if not found:
        markup.show(markup.empty("周期内没有可计的作品", ()))
        return
    page = filters.page_number(len(found), SIZE)
    rows = [_rush(told.kept.id, each) for each in found[(page - 1) * SIZE : page * SIZE]]
    markup.show(markup.table(RUSH, rows))
    filters.pager(len(found), SIZE)
    markup.show(markup.note(RUSHED))


def _rush(assessment: int, each: Rushed) -> tuple[Cell, ...]:
    return (
        markup.link(each.name, links.to("assessing", id=assessment, unit=each.unit)),
        *(f"{each.posts:,}", f"{each.late:,}", say.percent(each.share) if each.posts else say.NONE),
        *(f"{each.deleted:,}条", f"{each.bursts:,}条", f"{each.jumps:,}次"),
    )


def steady(told: Told, sheet: Sheet) -> None:
    """排名稳定性: how far places move with weights, data and methods; no score changes."""
    rows = scorecards.steadiness(sheet)
    if not rows:
        markup.show(markup.empty("还没有可比的位次", ("数据不足、不排位的单位不列。",)))
        return
    page = filters.page_number(len(rows), SIZE)
    shown = rows[(page - 1) * SIZE : page * SIZE]
    columns = tuple(name for name in rows[0] if name != CODE)
    table = [
        tuple(
            markup.link(
                str(each[name]), links.to("assessing", id=told.kept.id, unit=str(each[CODE]))
            )
            if name == "单位"
            else said(each[name])
            for name in columns
        )
        for each in shown
    ]
    markup.show(markup.table(columns, table, lesser={"并列档", "平均移动（位）"}))
    filters.pager(len(rows), SIZE)
    markup.show(markup.note(STEADY), markup.note(MEANT), markup.note(scorecards.TRUTH))


def said(value: object) -> str:
    """A number or a word; a dash where there is none."""
    if value is None or value == "":
        return say.NONE
    return f"{value:g}" if isinstance(value, float | int) else str(value)


def change(value: object) -> str:
    """`+2.5`, `-1`, `持平`; a dash where there is nothing to compare with."""
    if not isinstance(value, float | int):
        return say.NONE
    return f"{value:+g}" if value else "持平"
