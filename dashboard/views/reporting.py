"""填报: one pre-filled line per account and week; who has answered, and links for those who not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    data,
    filters,
    links,
    markup,
    receipt_list,
    report_form,
    report_links,
    reported,
    returned_forms,
    say,
)
from dashboard.markup import Html
from dashboard.page import SOURCES, Visit, page
from monitor.actions.patrol_files import Returning
from monitor.domain.instants import DAY
from monitor.domain.iso_week import due_of, say_week, week_of
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from monitor.record.screens.reporting import Asked, Progress, UnitLine

WEEKS: Final = 4
LISTED: Final = 30


@page(
    "reporting",
    title="填报",
    icon=":material/edit_note:",
    section=SOURCES,
    order=47,
    permission=Permission.REPORT,
)
def reporting(visit: Visit) -> None:
    """The week, how far each unit has come, and the lines of one unit."""
    markup.style()
    st.title("填报", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    week = _week(visit)
    progress = data.read(visit, data.reporting.progress, visit.now, week)
    if not progress.accounts:
        todo = ("先导入账号台账；接口和导出已掌握的账号不用填报，其余账号每周只填一行。",)
        markup.show(markup.empty("您的范围内尚无账号", todo))
        return
    units = progress.units
    markup.show(markup.note(_told(progress, week)))
    if not units:
        markup.show(markup.empty("本周没有需要填报的账号", ("全部账号已由接口或导出掌握。",)))
        return
    unit = _unit(units)
    if len(units) > 1:
        _status(units, week)
    reported.differing(visit, week)
    if visit.may(Permission.OPEN_REPORTS):
        report_links.show(visit, week, unit)
        receipt_list.show(visit)
    st.subheader(unit.unit_name, anchor=False)
    own = data.read(visit, data.reporting.sheet, visit.now, week, unit.unit_id)
    report_form.show(visit, week, [each for each in own if not each.held or each.version])
    _held([each for each in own if each.held and not each.version])
    returned_forms.upload(visit, Returning.REPORT)


def _week(visit: Visit) -> str:
    """This week or one of the last few, out of the address."""
    here = week_of(visit.now)
    past = [week_of(visit.now - 7 * DAY * back) for back in range(1, WEEKS)]
    left, _ = st.columns([1, 3])
    with left:
        chosen = filters.choose(
            "周次", "week", {each: say_week(each) for each in past}, say_week(here)
        )
    return chosen or here


def _unit(units: tuple[UnitLine, ...]) -> UnitLine:
    """The unit whose lines are shown: the one the address names, else the one with most left."""
    by_key = {str(each.unit_id): each for each in units}
    if len(units) == 1:
        return units[0]
    left, _ = st.columns([1, 1])
    with left:
        chosen = filters.choose(
            "单位",
            "unit",
            {key: each.unit_name for key, each in by_key.items()},
            units[0].unit_name,
        )
    return by_key.get(chosen, units[0])


def _told(progress: Progress, week: str) -> str:
    units = progress.units
    asked, filled = sum(each.asked for each in units), sum(each.filled for each in units)
    due = max((each.due for each in units if each.due), default=due_of(week))
    return (
        f"{say_week(week)}，{say.moment(due)}前填写：应填{asked:,}个账号，已填{filled:,}个；"
        f"另有{progress.known:,}个账号已由接口或导出掌握，不用填报。"
        "没有链接的发布时间按自报记录，只供参考，不改变结论。"
    )


def _status(units: tuple[UnitLine, ...], week: str) -> None:
    missing = [each for each in units if not each.done]
    with st.expander(
        f"各单位填报情况：未填完{len(missing)}个，已填完{len(units) - len(missing)}个"
    ):
        columns = ("单位", "情况", "应填", "已填", "最近填写", "截止", "免登录链接")
        markup.show(markup.table(columns, [_line(each, week) for each in units]))
        if missing:
            st.caption("复制到微信群")
            st.code(_group(missing, week), language=None, wrap_lines=True)


def _line(each: UnitLine, week: str) -> list[str | Html]:
    drafted = f"（暂存{each.drafted}）" if each.drafted else ""
    href = links.to(links.REPORTING, unit=each.unit_id, week=week)
    return [
        markup.link(each.unit_name, href),
        markup.badge("完成", "已填") if each.done else f"未填{drafted}",
        f"{each.asked}个",
        f"{each.filled}个",
        say.moment(each.last_at),
        say.moment(each.due),
        "有效" if each.linked else say.NONE,
    ]


def _group(missing: list[UnitLine], week: str) -> str:
    lines = [f"{each.unit_name} 还有{each.asked - each.filled}个账号" for each in missing]
    return say.group_text(
        f"【每周填报】{say_week(week)}，以下单位尚未填完：",
        lines,
        "已知内容已填好，核对补充即可。已填请忽略。",
        len(missing),
    )


def _held(held: list[Asked]) -> None:
    if not held:
        return
    with st.expander(f"已由接口或导出掌握、不用填报的账号{len(held)}个"):
        rows = [
            (
                each.name,
                say.platform(each.platform),
                each.held,
                each.known.get("最近一条发布时间", say.NONE),
            )
            for each in held[:LISTED]
        ]
        markup.show(markup.table(("账号", "平台", "数据来源", "我们见到的最近一条"), rows))
