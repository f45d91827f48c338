"""账号数据: one number of an account over time, by source; people and times never share a chart."""

from datetime import datetime, timedelta
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.figure import LEGEND, figure
from dashboard.charts.palette import LINE, SECOND_LINE
from monitor.domain.instants import shanghai

TICKS: Final = 6
STEPS: Final = 5


def line(frame: pd.DataFrame, column: str, unit: str) -> go.Figure:
    """`frame` has `observed_at` (seconds), `source`, `final` and `column`; gaps stay gaps."""
    known = frame[frame[column].notna()]
    sources = sorted(known["source"].unique())
    traces = [
        _trace(known[known["source"] == source], column, unit, shade)
        for source, shade in zip(sources, (LINE, SECOND_LINE, "#6b6fa8", "#3f8f8b"), strict=False)
    ]
    made = figure(*traces, height=230)
    if len(traces) > 1:
        made.update_layout(showlegend=True, legend=LEGEND)
    made.update_xaxes(showgrid=False, tickformat="%-m月%-d日", nticks=TICKS)
    made.update_yaxes(tickformat=",d", nticks=STEPS, rangemode="normal")
    if not known.empty:
        _once(made, known, column)
    return made


def _once(made: go.Figure, known: pd.DataFrame, column: str) -> None:
    """Over few days, or between few numbers, no day and no number is written twice."""
    first, last = (_day(known["observed_at"].min()), _day(known["observed_at"].max()))
    days = (last - first).days + 1
    if days < TICKS:
        ticks = [first + timedelta(days=each) for each in range(days)]
        edges = [first - timedelta(hours=12), last + timedelta(hours=36)]
        made.update_xaxes(tickvals=ticks, range=edges)
    if known[column].max() - known[column].min() < STEPS:
        made.update_yaxes(dtick=1)


def _day(second: int) -> datetime:
    there = shanghai(int(second)).replace(tzinfo=None)
    return there.replace(hour=0, minute=0, second=0, microsecond=0)


def _trace(part: pd.DataFrame, column: str, unit: str, shade: str) -> go.Scatter:
    final = ["" if each else "(尚非最终)" for each in part["final"]]
    days = [shanghai(int(second)).replace(tzinfo=None) for second in part["observed_at"]]
    words = [f"{day:%Y-%m-%d}" for day in days]
    return go.Scatter(
        x=days,
        y=part[column].astype(int),
        name=str(part["source"].iloc[0]),
        mode="lines+markers",
        line={"color": shade, "width": 2},
        marker={"size": 4},
        customdata=list(zip(words, final, strict=True)),
        hovertemplate=f"%{{customdata[0]}}：%{{y:,}}{unit}%{{customdata[1]}}<extra>%{{fullData.name}}</extra>",
    )
