"""Figures: colours mean what the legend says, nothing foreign is written on them."""

from datetime import date, timedelta

import pandas as pd
import pytest

from dashboard.charts.calendar import LEVELS, calendar
from dashboard.charts.completeness import completeness
from dashboard.charts.figure import CONFIG
from dashboard.charts.numbers import line
from dashboard.charts.palette import NOT_SEEN, PARTLY_SEEN, POSTED, SEEN_NONE, STATUS
from dashboard.charts.progress import progress
from dashboard.charts.regions import regions
from dashboard.charts.statuses import statuses

MONDAY = date(2026, 11, 16)


def days(*rows: tuple[int, float]) -> pd.DataFrame:
    """Days from a Monday on, as (posts, share seen)."""
    every = [(MONDAY + timedelta(days=n), *row) for n, row in enumerate(rows)]
    return pd.DataFrame(every, columns=["day", "posts", "seen"])


def test_the_calendar_tells_posted_none_partly_and_never_looked_apart() -> None:
    heat = calendar(days((0, 0.0), (0, 0.4), (0, 1.0), (1, 0.0), (9, 1.0))).data[0]
    shown = [LEVELS[int(week[0])] for week in heat.z if week[0] is not None]
    assert shown == [NOT_SEEN, PARTLY_SEEN, SEEN_NONE, POSTED[0], POSTED[3]]
    assert heat.text[0][0] == "2026年11月16日 周一：未查看，不作认定"
    assert heat.text[2][0] == "2026年11月18日 周三：已查看，无发布"


def test_the_calendar_begins_its_weeks_on_monday() -> None:
    frame = days(*[(0, 1.0)] * 9)
    heat = calendar(frame.iloc[3:]).data[0]
    assert [row[0] is None for row in heat.z] == [True, True, True, False, False, False, False]
    assert [row[1] is None for row in heat.z] == [False, False, *[True] * 5]


def test_statuses_keep_their_order_and_say_their_numbers() -> None:
    frame = pd.DataFrame({"status": ["睡眠", "", "正常"], "accounts": [3, 1, 1200]})
    bars = statuses(frame).data[0]
    assert list(bars.y) == ["正常", "睡眠", "尚未比对"]
    assert list(bars.text) == ["1,200个", "3个", "1个"]
    assert list(bars.marker.color) == [STATUS["正常"], STATUS["睡眠"], STATUS["尚未比对"]]


def test_a_region_with_nothing_judged_divides_nothing() -> None:
    columns = {name: [0] for name in ("正常", "提醒", "不合格", "暂不作认定")}
    frame = pd.DataFrame({"region_name": [""], "accounts": [4], **columns})
    made = regions(frame)
    assert [float(bar.x.iloc[0] if hasattr(bar.x, "iloc") else bar.x[0]) for bar in made.data] == [
        0.0
    ] * 4
    assert list(made.data[0].y) == ["省级"]


def test_no_day_and_no_number_stands_twice_on_an_axis() -> None:
    def axes(*seconds: int) -> tuple[list[str], object]:
        row = {"observed_at": seconds, "source": "接口采集", "final": True}
        made = line(
            pd.DataFrame({**row, "followers": range(70, 70 + len(seconds))}), "followers", ""
        )
        ticks = made.layout.xaxis.tickvals or ()
        return [f"{each:%m-%d}" for each in ticks], made.layout.yaxis.dtick

    one = 1_795_000_000
    assert axes(one) == (["11-18"], 1)
    assert axes(one, one + 2 * 86_400) == (["11-18", "11-19", "11-20"], 1)
    assert axes(*(one + day * 86_400 for day in range(9))) == ([], None)


def test_a_number_nobody_gave_is_a_gap_and_not_a_zero() -> None:
    frame = pd.DataFrame(
        {
            "observed_at": [1_795_000_000, 1_795_086_400],
            "source": ["接口采集", "接口采集"],
            "final": [True, False],
            "followers": [12_000, None],
        },
        dtype=object,
    )
    (trace,) = line(frame, "followers", "人").data
    assert [int(each) for each in trace.y] == [12_000]


def test_completeness_keeps_the_worst_account_above() -> None:
    rows = [(2, "乙", "weibo", MONDAY, 0.1), (1, "甲", "wechat", MONDAY, 0.9)]
    frame = pd.DataFrame(rows, columns=["account_id", "name", "platform", "day", "seen"])
    heat = completeness(frame).data[0]
    assert [row[0] for row in heat.z] == [0.1, 0.9]
    assert heat.customdata[0][0][0] == "乙 · 微博"


@pytest.mark.parametrize("severity", [("正常", "提醒"), ("内容不更新", "睡眠"), ("睡眠", "僵尸")])
def test_neighbouring_statuses_differ_in_lightness_for_every_eye(severity: tuple[str, str]) -> None:
    light = [_lightness(STATUS[name]) for name in severity]
    assert abs(light[0] - light[1]) > 0.05


def _lightness(shade: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_charts_carry_no_tool_bar_and_no_logo() -> None:
    assert CONFIG["displayModeBar"] is False
    assert CONFIG["displaylogo"] is False


def test_the_curve_of_publication_is_drawn_in_steps_that_break_between_places() -> None:
    rows = [
        ("", 0, 0.0),
        ("", 600, 0.5),
        ("武汉市", 0, 0.0),
        ("武汉市", 60, 1.0),
        ("荆州市", 0, 0.0),
    ]
    frame = pd.DataFrame(rows, columns=["place", "seconds", "share"])
    pale, whole, picked, due = progress(frame, "武汉市", 7200, 3600).data
    assert list(pale.x) == [0, None]
    assert (list(whole.x), list(whole.y)) == ([0, 600], [0.0, 50.0])
    assert (picked.name, list(picked.text)) == ("武汉市", ["武汉市 0分", "武汉市 1分"])
    assert (due.name, list(due.x)) == ("截止", [3600, 3600])
    assert all(each.line.shape == "hv" for each in (pale, whole, picked))
    assert len(progress(frame, "", 7200, 9000).data) == 2
