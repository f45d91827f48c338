"""认定标准: the year's working days as announced, and whose silence is excused where."""

from __future__ import annotations

from calendar import Calendar as Weeks
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, links, markup, say, standard_lines
from dashboard.markup import Html
from monitor.actions import approval_terms
from monitor.actions import standard_sheets as sheets
from monitor.domain.account import State
from monitor.domain.instants import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.domain.calendar import Calendar
    from monitor.domain.rulebook import Rulebook
    from monitor.record.screens.standards import Excused, Held

DECEMBER: Final = 12
SHOWN: Final = 50
HEADS: Final = "一二三四五六日"


def show(visit: Visit, history: Sequence[Held]) -> None:
    """The calendar first, then the excuses."""
    _calendar(visit)
    own, upper = (
        sheets.kept(standard_lines.present(visit, history, upper=each).text)
        for each in (False, True)
    )
    _kinds(own, upper)
    _accounts(visit)


def _calendar(visit: Visit) -> None:
    st.subheader("工作日历", anchor=False)
    announced = approval_terms.calendar(visit.data_dir)
    this = standard_lines.today(visit).year
    years = sorted({*announced.years, this, this + 1}, reverse=True)
    year = st.selectbox(
        "年份", years, index=years.index(this), key="standards-year", filter_mode=None
    )
    known = announced.years.get(year)
    days = [date(year, month, day) for month, day in _every(year)]
    works = sum(announced.works(each) for each in days)
    if known is None:
        st.warning(
            f"{year}年放假安排尚未公布，暂按周历：周一至周五算工作日。公布后请增加该年的日历。"
        )
    else:
        told = f"{known.source}。共{works}个工作日，调休上班{len(known.workdays)}天。"
        markup.show(markup.note(told))
    months = [_month(announced, year, month) for month in range(1, DECEMBER + 1)]
    markup.show(
        Html(f'<div class="ms-year">{"".join(months)}</div>'),
        markup.note(
            "休：放假；班：调休上班。整改、审批等期限按工作日计；更新天数按自然日计，不跳过节假日。"
        ),
    )


def _every(year: int) -> list[tuple[int, int]]:
    weeks = Weeks()
    return [
        (month, day)
        for month in range(1, DECEMBER + 1)
        for day in weeks.itermonthdays(year, month)
        if day
    ]


def _month(announced: Calendar, year: int, month: int) -> str:
    """One month as a small table that reads aloud: a day that is not as its weekday says so."""
    heads = "".join(f'<th scope="col">{each}</th>' for each in HEADS)
    weeks = "".join(
        f"<tr>{''.join(_day(announced, year, month, day) for day in week)}</tr>"
        for week in Weeks().monthdayscalendar(year, month)
    )
    caption = f"<caption>{month}月</caption>"
    return f'<table class="ms-month">{caption}<tr>{heads}</tr>{weeks}</table>'


def _day(announced: Calendar, year: int, month: int, day: int) -> str:
    if not day:
        return "<td></td>"
    there = date(year, month, day)
    known = announced.years.get(year)
    if known is not None and there in known.holidays:
        return f'<td class="ms-off">{day}<i>休</i></td>'
    if known is not None and there in known.workdays:
        return f'<td class="ms-on">{day}<i>班</i></td>'
    return f"<td>{day}</td>" if announced.works(there) else f'<td class="ms-rest">{day}</td>'


def _kinds(own: Rulebook, upper: Rulebook) -> None:
    """What counts as no silence, by which standard."""
    st.subheader("哪些停更不计入", anchor=False)
    rows: list[tuple[Cell, ...]] = [
        (kind, _counts(kind in own.excused_kinds), _counts(kind in upper.excused_kinds))
        for kind in sorted(own.excused_kinds | upper.excused_kinds)
    ]
    if own.grace is not None:
        told = f"开设{own.grace.seconds // DAY}天内不纳入"
        rows.append(("新开账号宽限期", told, "照常计算"))
    markup.show(
        markup.table(("情形", standard_lines.OWN, standard_lines.UPPER), rows),
        markup.note("除批准关停外，经同意的停更只影响本厅口径；上级抽查时仍按上级口径计算。"),
    )


def _counts(excused: bool) -> str:  # noqa: FBT001
    return "不计入" if excused else "照常计算"


def _accounts(visit: Visit) -> None:
    """Whose silence is excused just now."""
    st.subheader("正在停更、已经同意的账号", anchor=False)
    agreed = data.read(visit, data.standards.excused, visit.now, limit=SHOWN)
    paused = data.read(visit, data.standards.paused, visit.now, limit=SHOWN)
    if not agreed and not paused:
        told = (f"单位填报“{State.PAUSED}”并经上一级确认，或登记了同意停更的，列在这里。",)
        markup.show(markup.empty("现在没有经同意停更的账号", told))
        return
    columns = ("账号", "主办单位", "情形", "起止", "依据")
    markup.show(markup.table(columns, [_row(each) for each in (*agreed, *paused)]))
    if SHOWN in (len(agreed), len(paused)):
        markup.show(markup.note(f"各列前{SHOWN}个；其余可在账号页按状态筛选。"))


def _row(each: Excused) -> tuple[Cell, ...]:
    name = markup.link(each.name, links.account(each.account_id))
    return (
        markup.joined(name, markup.faint(say.platform(each.platform))),
        each.unit_name,
        each.kind,
        _span(each),
        Html(escape(each.paper)) if each.paper else say.NONE,
    )


def _span(each: Excused) -> str:
    """Days, the last one included; a state lasts until it is changed."""
    if each.a is None or each.b is None:
        return "至恢复在用"
    return f"{say.moment(each.a)[:10]}至{say.moment(each.b - 1)[:10]}"
