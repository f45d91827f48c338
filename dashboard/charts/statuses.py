"""状态分布: how many accounts stand at each status, worst below, as bars with their numbers."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.figure import figure
from dashboard.charts.palette import STATUS, colour


def statuses(frame: pd.DataFrame) -> go.Figure:
    """`frame` has `status` ('' is 尚未比对) and `accounts`; statuses nobody has are left out."""
    pairs = zip(frame["status"], frame["accounts"], strict=True)
    counted = {status or "尚未比对": int(accounts) for status, accounts in pairs}
    order = [*STATUS, *(name for name in counted if name not in STATUS)]
    names = [name for name in order if counted.get(name)]
    bars = go.Bar(
        x=[counted[name] for name in names],
        y=names,
        orientation="h",
        marker={"color": [colour(name) for name in names]},
        text=[f"{counted[name]:,}个" for name in names],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}：%{x:,}个账号<extra></extra>",
    )
    most = max(counted.values(), default=1)
    made = figure(bars, height=max(120, 34 * len(names) + 20), bargap=0.35)
    made.update_xaxes(visible=False, range=[0, most * 1.18])
    made.update_yaxes(autorange="reversed", showgrid=False, ticksuffix="  ")
    return made
