"""What all figures share: fonts, margins, and a canvas without foreign words or buttons."""

from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.palette import FAINT, FONT, INK, PAPER, RULE

CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""For every chart: no tool bar, no logo, no English hints."""


def figure(*traces: Any, height: int, **layout: Any) -> go.Figure:
    """Traces on a quiet canvas of `height` pixels."""
    made = go.Figure(list(traces))
    made.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"family": FONT, "size": 13, "color": INK},
        hoverlabel={"font": {"family": FONT, "size": 13}, "bgcolor": "white"},
        showlegend=False,
        dragmode=False,
    )
    made.update_xaxes(gridcolor=RULE, zeroline=False, fixedrange=True, automargin=True, ticks="")
    made.update_yaxes(gridcolor=RULE, zeroline=False, fixedrange=True, automargin=True, ticks="")
    made.update_layout(**layout)
    return made


LEGEND: Final[dict[str, Any]] = {
    "orientation": "h",
    "x": 0,
    "y": 1.02,
    "yanchor": "bottom",
    "font": {"color": FAINT, "size": 12},
    "itemclick": False,
    "itemdoubleclick": False,
    "traceorder": "normal",
}
