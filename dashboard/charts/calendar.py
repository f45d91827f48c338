"""发布日历: half a year of days, which tells posted from looked-and-none from never looked."""

from datetime import date, timedelta
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.figure import figure
from dashboard.charts.palette import NOT_SEEN, PARTLY_SEEN, POSTED, SEEN_NONE

LEVELS: Final = (NOT_SEEN, PARTLY_SEEN, SEEN_NONE, *POSTED)
MEANINGS: Final = (
    ("未查看(不等于没有发布)", NOT_SEEN),
    ("只查看了部分时段", PARTLY_SEEN),
    ("已查看，无发布", SEEN_NONE),
    ("发布1篇", POSTED[0]),
    ("2篇", POSTED[1]),
    ("3篇", POSTED[2]),
    ("4篇及以上", POSTED[3]),
)
"""What each colour means, for the words below the chart."""
WHOLE: Final = 0.999
WEEKDAYS: Final = ("一", "二", "三", "四", "五", "六", "日")


def calendar(frame: pd.DataFrame) -> go.Figure:
    """`frame` has one row per day: `day`, `posts`, `seen` (0..1). Weeks run from Monday."""
    first, last = _monday(min(frame["day"])), _monday(max(frame["day"]))
    weeks = (last - first).days // 7 + 1
    level: list[list[int | None]] = [[None] * weeks for _ in WEEKDAYS]
    words = [[""] * weeks for _ in WEEKDAYS]
    for day, posts, seen in zip(frame["day"], frame["posts"], frame["seen"], strict=True):
        week, weekday = (day - first).days // 7, day.weekday()
        level[weekday][week] = _level(posts, seen)
        words[weekday][week] = _words(day, posts, seen)
    made = figure(_heat(level, words), height=196)
    ticks = _months(first, weeks)
    made.update_xaxes(showgrid=False, tickvals=list(ticks), ticktext=list(ticks.values()))
    made.update_yaxes(
        autorange="reversed",
        showgrid=False,
        tickvals=[0, 2, 4, 6],
        ticktext=[f"周{WEEKDAYS[each]} " for each in (0, 2, 4, 6)],
    )
    return made


def _heat(level: list[list[int | None]], words: list[list[str]]) -> go.Heatmap:
    steps = len(LEVELS)
    scale: list[tuple[float, str]] = []
    for place, each in enumerate(LEVELS):
        scale += [(place / steps, each), ((place + 1) / steps, each)]
    return go.Heatmap(
        z=level,
        text=words,
        zmin=-0.5,
        zmax=steps - 0.5,
        colorscale=scale,
        showscale=False,
        xgap=3,
        ygap=3,
        hoverongaps=False,
        hovertemplate="%{text}<extra></extra>",
    )


def _level(posts: int, seen: float) -> int:
    if posts:
        return 2 + min(int(posts), len(POSTED))
    if seen >= WHOLE:
        return 2
    return 1 if seen > 0 else 0


def _words(day: date, posts: int, seen: float) -> str:
    said = f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}："
    if posts:
        return f"{said}发布{posts}篇"
    if seen >= WHOLE:
        return f"{said}已查看，无发布"
    return f"{said}只查看了{seen:.0%}的时段" if seen > 0 else f"{said}未查看，不作认定"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _months(first: date, weeks: int) -> dict[int, str]:
    """The weeks in which a month begins, by its name; the first only where there is room."""
    found: dict[int, str] = {}
    for week in range(weeks):
        sunday = first + timedelta(days=7 * week + 6)
        if sunday.day <= 7:  # noqa: PLR2004
            found[week] = f"{sunday.month}月"
    return found
