"""Each method against paper: a value, the points a clerk would write beside it."""

import pandas as pd
import pytest

from tests.score import sheets
from tests.score.sheets import line, roster, rows, run, share, written


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        ("{method: 目标比, target: 20}", 15, 7.5),
        ("{method: 目标比, target: 20}", 50, 10),
        ("{method: 线性, low_at: 70, full_at: 98}", 84, 5),
        ("{method: 线性, low_at: 70, full_at: 98}", 60, 0),
        ("{method: 线性, low_at: 0.5, low_points: 2, full_at: 0.9}", 0.7, 6),
        ("{method: 线性, low_at: 0.5, low_points: 2, full_at: 0.9}", 0.1, 2),
        ("{method: 线性, low_at: 72, full_at: 24}", 36, 7.5),
        ("{method: 极差, low: 100, high: 300}", 150, 2.5),
        ("{method: 对数, full_at: 999}", 99, 20 / 3),
        ("{method: 每单位, each: 2}", 3, 6),
        ("{method: 每单位, each: 2}", 30, 10),
        ("{method: 每百分点, each: 0.5, base: 0.8}", 0.94, 7),
        ("{method: 任务完成, target: 50}", 40, 8),
        ("{method: 任务完成, target: 50, multiple: 2}", 40, 6),
        ("{method: 任务完成, target: 50, multiple: 2}", 10, 0),
        ("{method: 倒扣, each: 3}", 2, 4),
        ("{method: 倒扣, each: 3}", 9, 0),
        ("{method: 原值, weight: 0.4}", 1000, 400),
    ],
)
def test_a_method_gives_the_points_of_paper(method: str, value: float, points: float) -> None:
    assert share(method, value) == pytest.approx(points)


@pytest.mark.parametrize(
    ("value", "points"), [(31, 10), (30, 10), (29, 5), (20, 5), (19, 3), (10, 3), (9, 0)]
)
def test_bands_hold_from_their_floor_up(value: float, points: float) -> None:
    floors = ((30, 10), (20, 5), (10, 3))
    listed = ", ".join(f"{{at_least: {floor}, points: {got}}}" for floor, got in floors)
    bands = f"{{method: 分档, bands: [{listed}]}}"
    assert share(bands, value) == points


@pytest.mark.parametrize(("hours", "points"), [(2, 10), (24, 10), (25, 6), (72, 6), (73, 0)])
def test_bands_may_count_downwards(hours: float, points: float) -> None:
    bands = "{method: 分档, bands: [{at_most: 24, points: 10}, {at_most: 72, points: 6}]}"
    assert share(bands, hours, measure="回复用时中位") == points


def several(method: str, *values: float, measure: str = "作品数") -> list[float]:
    """The points of units that are each other's peers."""
    names = [f"u{n}" for n, _ in enumerate(values)]
    told = [(name, measure, {"value": each}) for name, each in zip(names, values, strict=True)]
    return list(run(written(line(1, method, measure)), rows(*told), roster(*names)).lines["points"])


def test_a_percentile_counts_peers_below_and_ties_meet_in_the_middle() -> None:
    assert several("{method: 百分位}", 10, 20, 30, 40, 50) == [0, 2.5, 5, 7.5, 10]
    assert several("{method: 百分位}", 10, 20, 20, 40, 50) == [0, 3.75, 3.75, 7.5, 10]
    hours = several("{method: 百分位}", 1, 2, 3, 4, 5, measure="回复用时中位")
    assert hours == [10, 7.5, 5, 2.5, 0]


def test_too_few_peers_are_no_measure() -> None:
    found = several("{method: 百分位}", 1, 2, 3)
    assert pd.isna(found).all()


def test_rank_points_go_to_the_first_and_the_level_share_the_better() -> None:
    assert several("{method: 名次分, points: [10, 8, 6]}", 5, 9, 9, 1, 0) == [6, 10, 10, 0, 0]


def test_what_was_left_undone_before_is_owed_too_and_what_is_left_now_is_told() -> None:
    told = rows(("u", "作品数", {"value": 20, "carried": 5}))
    found = run(written(line(1, "{method: 任务完成, target: 20}")), told, roster("u")).lines.iloc[0]
    assert found["points"] == pytest.approx(8)
    assert found["carry"] == 5


def test_followers_may_be_counted_per_head() -> None:
    told = rows(("u", "粉丝数", {"value": 300}), ("v", "粉丝数", {"value": 300}))
    units = roster("u", "v", headcount=[600, None])
    mapping = written(line(1, "{method: 目标比, target: 1}", "粉丝数", per_head=True))
    assert list(run(mapping, told, units).lines["status"]) == ["正常", "不适用"]
    assert run(mapping, told, units).lines["points"].iloc[0] == 5


def test_several_things_are_taken_away_from_one_line_each_with_its_points() -> None:
    items = [
        {"id": "I1", "name": "未办结", "measure": "人工", "each": 3},
        {"id": "I2", "name": "超过1个月办结", "measure": "人工", "each": 2, "most": 4},
    ]
    mapping = written({**sheets.line(1, "{method: 倒扣}"), "items": items})
    del mapping["sections"][0]["indicators"][0]["measure"]
    told = rows(("u", "人工:I1", {"value": 1}), ("u", "人工:I2", {"value": 5}))
    assert run(mapping, told, roster("u")).lines["points"].iloc[0] == pytest.approx(3)
    half = run(mapping, told.head(1), roster("u"))
    assert half.lines["status"].iloc[0] == "不计分-系统原因"
