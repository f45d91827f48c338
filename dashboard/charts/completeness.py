"""数据完整度: accounts by days, the darker the more of the day was looked at."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.figure import figure
from dashboard.charts.palette import SEEN_SCALE
from dashboard.say import platform


def completeness(frame: pd.DataFrame) -> go.Figure:
    """`frame` has `account_id`, `name`, `platform`, `day`, `seen` (0..1), worst account first."""
    table = frame.pivot_table(index="account_id", columns="day", values="seen", sort=False)
    every = sorted(set(frame["day"]))
    table = table[every]
    labels = {
        account_id: f"{name} · {platform(where)}"
        for account_id, name, where in zip(
            frame["account_id"], frame["name"], frame["platform"], strict=True
        )
    }
    names = [labels[account_id] for account_id in table.index]
    days = [f"{day.month}月{day.day}日" for day in every]
    heat = go.Heatmap(
        z=table.to_numpy(),
        x=list(range(len(days))),
        y=list(range(len(names))),
        customdata=[[(name, day) for day in days] for name in names],
        zmin=0,
        zmax=1,
        colorscale=SEEN_SCALE,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate=("%{customdata[0]}<br>%{customdata[1]}：已查看%{z:.0%}的时段<extra></extra>"),
    )
    made = figure(heat, height=max(140, 22 * len(names) + 50))
    shown = list(range(0, len(days), 5))
    made.update_xaxes(
        side="top", showgrid=False, tickvals=shown, ticktext=[days[each] for each in shown]
    )
    made.update_yaxes(
        autorange="reversed",
        showgrid=False,
        tickvals=list(range(len(names))),
        ticktext=[_short(name) for name in names],
        tickfont={"size": 11},
    )
    return made


def _short(name: str, most: int = 18) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
