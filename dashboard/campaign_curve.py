"""发布进度曲线 on the board: which share had published after how long, and a table of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from dashboard import campaign_words, filters, markup, say
from dashboard.charts.figure import CONFIG
from dashboard.charts.progress import ALL, progress
from monitor.actions import campaign_terms
from monitor.actions.campaign_terms import Span
from monitor.domain.instants import HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.markup import Cell
    from monitor.actions.campaign_terms import Progress
    from monitor.record.screens.campaign_board import Published
    from monitor.record.screens.campaigns import Line

    Places = Sequence[tuple[tuple[str, str], list[Published]]]

TITLE: Final = "发布进度曲线"
WHOLE: Final = "合计"
PROVINCE: Final = "省级"
AFTER: Final = {
    "30分钟": 30 * MINUTE,
    "1小时": HOUR,
    "2小时": 2 * HOUR,
    "5小时": 5 * HOUR,
    "24小时": 24 * HOUR,
}
COLUMNS: Final = ("市州", "已发布/计入", *AFTER, "半数(分钟)", "九成(分钟)")
LESSER: Final = frozenset({"30分钟", "5小时"})
SHOWN: Final = 1.15
"""How far beyond the deadline the axis goes: what came later stands in the table."""
NOTE: Final = (
    "自首发起累计已发布的比例。还没有发布的按“至今未发布”计入；免发、无法核验和仅自报的不计入。"
)
TURNS: Final = "分批发布的从轮到本账号起算，没有轮到的不算未发布。"


def draw(line: Line, span: Span, found: Mapping[str, Progress]) -> None:
    """The curve of all and of one 市州 beside it."""
    st.subheader(TITLE, anchor=False)
    picked = ""
    if len(found) > 2:  # noqa: PLR2004 -- all, and more than one of them
        picked = filters.choose("对照", "beside", {each: each for each in found if each}, "不对照")
    due, watched = line.kept.due_at - span.start, span.until - span.start
    st.plotly_chart(
        progress(_frame(found, watched), picked, _axis(found[ALL], due, watched), due),
        theme=None,
        config=CONFIG,
        key="campaign-curve",
        alt="各时点累计已发布的比例，同样的数字见下表",
    )
    markup.show(markup.note(f"{NOTE}{TURNS}" if span.turns else NOTE))


def numbers(span: Span, found: Mapping[str, Progress]) -> None:
    """The same as a table: of all first, then of each 市州."""
    watched = span.until - span.start
    with st.expander(f"{TITLE}数字"):
        rows = [_row(name or WHOLE, each, watched) for name, each in found.items()]
        markup.show(markup.table(COLUMNS, rows, lesser=LESSER))


def curves(places: Places, span: Span | None) -> Mapping[str, Progress]:
    """The curve of all first, then of each 市州 by its name; before the first, curves of nobody."""
    by_place = {name or PROVINCE: [each.task for each in found] for (_, name), found in places}
    every = {ALL: [task for tasks in by_place.values() for task in tasks], **by_place}
    return {
        name: campaign_terms.progress(() if span is None else campaign_terms.waits(tasks, span))
        for name, tasks in every.items()
    }


def _frame(curves: Mapping[str, Progress], until: int) -> pd.DataFrame:
    """Every step, and how it stands at the end of what was watched."""
    rows = [
        row
        for name, curve in curves.items()
        if curve.steps
        for row in (
            (name, 0, 0.0),
            *((name, each.seconds, float(each.share)) for each in curve.steps),
            (name, max(until, curve.steps[-1].seconds), float(curve.steps[-1].share)),
        )
    ]
    return pd.DataFrame(rows, columns=["place", "seconds", "share"])


def _axis(whole: Progress, due: int, watched: int) -> int:
    """To a little beyond the deadline or what was watched, whichever is first; at least an hour."""
    last = whole.steps[-1].seconds if whole.steps else 0
    far = max(last, watched)
    return max(HOUR, round(min(far, due) * SHOWN) if due > 0 else far)


def _row(name: str, curve: Progress, watched: int) -> tuple[Cell, ...]:
    shares = [
        say.percent(float(curve.at(after))) if curve.asked and after <= watched else say.NONE
        for after in AFTER.values()
    ]
    return (
        name,
        f"{curve.published:,}/{curve.asked:,}",
        *shares,
        campaign_words.minutes(curve.median),
        campaign_words.minutes(curve.ninetieth),
    )
