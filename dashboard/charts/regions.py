"""分地区: each prefecture's accounts by outcome, as shares of a bar."""

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.figure import LEGEND, figure
from dashboard.charts.palette import colour

SHOWN: Final = {"正常": "正常", "提醒": "提醒", "不合格": "更新不合格", "暂不作认定": "暂不作认定"}
"""Outcomes by silence, and what the screens call them."""


def regions(frame: pd.DataFrame) -> go.Figure:
    """`frame` has `region_name` and one column of counts per outcome; most failing above."""
    table = frame.assign(place=frame["region_name"].replace("", "省级"))
    table = table.sort_values(["不合格", "暂不作认定", "accounts"], ascending=False)
    whole = table[[*SHOWN]].sum(axis=1).where(lambda total: total > 0, 1)
    bars = [
        go.Bar(
            name=label,
            x=table[name] / whole * 100,
            y=table["place"],
            orientation="h",
            marker={"color": colour(name)},
            customdata=table[name],
            hovertemplate="%{y} " + label + "：%{customdata:,}个，占%{x:.1f}%<extra></extra>",
        )
        for name, label in SHOWN.items()
    ]
    made = figure(*bars, height=max(160, 26 * len(table) + 70), barmode="stack", bargap=0.3)
    made.update_layout(showlegend=True, legend=LEGEND, margin={"l": 8, "r": 24, "t": 40, "b": 8})
    shares = [0, 25, 50, 75, 100]
    words = [f"{each}%" for each in shares]
    made.update_xaxes(range=[0, 100.5], tickvals=shares, ticktext=words)
    made.update_yaxes(autorange="reversed", showgrid=False, ticksuffix="  ")
    return made
