"""发布进度曲线: the share that has published after how long, of all and, paler, of each place."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.figure import LEGEND, figure
from dashboard.charts.palette import FAINT, LINE, SECOND_LINE
from monitor.domain.instants import HOUR, MINUTE

ALL: Final = ""
"""The place that is all of them together."""
PALE: Final = "#c3cedb"
TICKS: Final = (10, 30, 60, 120, 240, 360, 720, 1440, 2880, 4320, 10080)
"""Distances between ticks that a clock or a calendar knows, in minutes."""
MOST_TICKS: Final = 8
SHARES: Final = (0, 25, 50, 75, 100)


def progress(frame: pd.DataFrame, picked: str, until: int, due: int | None) -> go.Figure:
    """`frame` has `place` ('' is all), `seconds`, `share` (0..1): a step each, from (0, 0) on.

    `picked` is drawn strongly beside all; `until` is where the axis ends, `due` the deadline, both
    in seconds from the start.
    """
    pale = frame[~frame["place"].isin((ALL, picked))]
    traces = [_pale(pale), _strong(frame, ALL, "全部", LINE)]
    if picked:
        traces.append(_strong(frame, picked, picked, SECOND_LINE))
    if due is not None and 0 < due < until:
        traces.append(_deadline(due))
    words = [f"{each}%" for each in SHARES]
    return figure(
        *traces,
        height=300,
        showlegend=True,
        legend=LEGEND,
        margin={"l": 8, "r": 16, "t": 36, "b": 8},
        hovermode="closest",
        xaxis={"range": [-until / 100, until], **_ticks(until)},
        yaxis={"range": [-1, 103], "tickvals": list(SHARES), "ticktext": words},
    )


def _deadline(due: int) -> go.Scatter:
    return go.Scatter(
        x=[due, due],
        y=[0, 100],
        mode="lines",
        name="截止",
        line={"color": FAINT, "dash": "dot", "width": 1.2},
        hoverinfo="skip",
    )


def _strong(frame: pd.DataFrame, place: str, name: str, shade: str) -> go.Scatter:
    rows = frame[frame["place"] == place]
    return _steps(rows, name, {"color": shade, "width": 2.6})


def _pale(frame: pd.DataFrame) -> go.Scatter:
    """All other places in one trace, a gap between each two."""
    gap = pd.DataFrame({"place": [""], "seconds": [None], "share": [None]}, dtype=object)
    parts = [part for _, rows in frame.groupby("place", sort=True) for part in (rows, gap)]
    table = pd.concat([each.astype(object) for each in parts]) if parts else frame
    return _steps(table, "各地", {"color": PALE, "width": 1})


def _steps(rows: pd.DataFrame, name: str, line: dict[str, Any]) -> go.Scatter:
    pairs = zip(rows["place"], rows["seconds"], strict=True)
    said = [f"{place or '全部'} {_after(after)}" for place, after in pairs]
    return go.Scatter(
        x=rows["seconds"].tolist(),
        y=[None if each is None else each * 100 for each in rows["share"]],
        mode="lines",
        name=name,
        line={"shape": "hv", **line},
        text=said,
        hovertemplate="%{text}：已发布%{y:.1f}%<extra></extra>",
    )


def _ticks(until: int) -> dict[str, Any]:
    apart = next((each for each in TICKS if until / (each * MINUTE) <= MOST_TICKS), TICKS[-1])
    marks = list(range(0, until + 1, apart * MINUTE))
    return {"tickvals": marks, "ticktext": [_after(each) for each in marks]}


def _after(seconds: int | None) -> str:
    """`0分`, `30分`, `2小时`, `1天6小时`."""
    if not seconds:
        return "0分"
    days, rest = divmod(int(seconds), 24 * HOUR)
    hours, minutes = divmod(rest, HOUR)
    said = (
        f"{days}天" if days else "",
        f"{hours}小时" if hours else "",
        f"{minutes // MINUTE}分" if minutes >= MINUTE else "",
    )
    return "".join(said) or "1分内"
