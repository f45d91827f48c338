"""Places under other weights: an independent ranker agrees, intervals hold what they promise."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pymcdm.methods import WSM  # type: ignore[import-untyped]
from scipy.stats import rankdata, spearmanr

from monitor.domain.errors import InputError
from monitor.score.assess import Assessment
from monitor.score.rank import places as published
from monitor.score.rank import tie_groups
from monitor.score.sensitivity import Draws, by_percentile, left_out, places, stability
from monitor.score.trial import dropped, field, order, totals, weights
from tests.score.sheets import line, roster, rows, run, shipped, written

NONE = np.empty(0, np.intp)
KEYS = (
    "有发布周率",
    "便民与防范周率",
    "原创率",
    "解读发布率",
    "来源规范率",
    "受理及时率",
    "按期办结率",
    "回复率",
)


def province(size: int, seed: int = 7, gaps: float = 0.0, **also: Any) -> Assessment:
    """Invented units, scored on eight rates in two parts."""
    rng = np.random.default_rng(seed)
    lines = [line(n, "{method: 目标比, target: 1}", key, 5 + n) for n, key in enumerate(KEYS)]
    mapping = written(*lines[:5], **also)
    most = [sum(each["max"] for each in half) for half in (lines[:5], lines[5:])]
    rest = {"id": "T", "name": "其余", "max": most[1], "indicators": lines[5:]}
    mapping = {**mapping, "sections": [*mapping["sections"], rest], "full": sum(most)}
    names = [f"u{n:05d}" for n in range(size)]
    values = rng.random((size, len(KEYS)))
    causes = np.where(rng.random(values.shape) < gaps, "系统原因", None)
    measured = pd.DataFrame(
        {
            "unit": np.repeat(names, len(KEYS)),
            "measure": np.tile(KEYS, size),
            "value": values.ravel(),
            "cause": causes.ravel(),
        }
    )
    return run(mapping, measured, roster(*names))


def test_each_draw_is_what_an_independent_library_ranks() -> None:
    found = province(100)
    tried = field(found)
    rng = np.random.default_rng(3)
    ranker = WSM(lambda values, cost: values)  # the shares are normalised already
    for points in weights(rng, tried.points, 20, 0.25):
        mine = order(tried, totals(tried, points, NONE))
        theirs = ranker(tried.share, points / points.sum(), np.ones(len(points)))
        assert list(mine) == list(ranker.rank(theirs))


def test_the_untouched_trial_is_the_assessment_itself_with_gaps_bonus_gates_and_all() -> None:
    gates = [{"id": "G", "name": "封顶", "measure": "安全类否决数", "cap": 59}]
    found = province(60, gaps=0.2, gates=gates)
    tried = field(found)
    again = totals(tried, tried.points, NONE)
    own = found.totals["own"].to_numpy(float)
    assert np.allclose(again[tried.ranked], own[tried.ranked])


@pytest.mark.parametrize("spread", ["按比例", "均摊", "部分内均摊"])
def test_a_measurement_that_is_drawn_as_missing_is_spread_as_the_scheme_spreads(
    spread: str,
) -> None:
    missing = {"spread": spread, "limit": 100}
    whole = province(30, missing=missing)
    tried = field(whole)
    lost = np.array([3, 4, 8 * 7 + 2, 8 * 29 + 7], np.intp)
    by_hand = totals(tried, tried.points, lost)
    there = tried.there.copy()
    there.ravel()[lost] = 0
    without = replace(tried, there=there, share=tried.share * there)
    assert np.allclose(by_hand, totals(without, tried.points, NONE))
    told = whole.lines.pivot_table(index="unit", columns="id", values="raw")
    measured = [
        (
            unit,
            KEYS[int(key[1:])],
            {"cause": "系统原因"} if there[n, int(key[1:])] == 0 else {"value": v},
        )
        for n, unit in enumerate(told.index)
        for key, v in told.loc[unit].items()
    ]
    again = run(as_written(whole), rows(*measured), roster(*told.index))
    assert np.allclose(by_hand, again.totals["own"].to_numpy(float))


def as_written(found: Assessment) -> dict[str, Any]:
    """The scheme of `province` as a mapping again."""
    lines = [line(n, "{method: 目标比, target: 1}", key, 5 + n) for n, key in enumerate(KEYS)]
    spread = {"spread": found.scheme.missing.spread.value, "limit": 100}
    mapping = written(*lines[:5], missing=spread)
    rest = {"id": "T", "name": "其余", "max": 33, "indicators": lines[5:]}
    return {**mapping, "sections": [*mapping["sections"], rest], "full": 68}


def test_cells_are_lost_with_the_chance_asked_for_and_never_twice() -> None:
    rng = np.random.default_rng(5)
    drawn = [dropped(rng, 2000, 0.05) for _ in range(400)]
    assert all(len(np.unique(each)) == len(each) for each in drawn)
    assert all(each.max() < 2000 for each in drawn)
    # 800,000 trials of 0.05: five standard deviations are 0.0012
    assert abs(sum(map(len, drawn)) / 800_000 - 0.05) < 0.0013
    hits = np.bincount(np.concatenate(drawn), minlength=2000)
    assert abs(hits[:1000].sum() / hits.sum() - 0.5) < 0.02
    assert not len(dropped(rng, 2000, 0.0))


def test_weights_keep_their_sum_and_their_bounds() -> None:
    points = np.array([10.0, 30.0, 0.0, 60.0])
    drawn = weights(np.random.default_rng(1), points, 500, 0.25)
    assert np.allclose(drawn.sum(axis=1), 100)
    assert (drawn[:, 2] == 0).all()
    ratio = drawn[:, [0, 1, 3]] / points[[0, 1, 3]]
    assert ratio.min() > 0.75 / 1.25
    assert ratio.max() < 1.25 / 0.75


def test_the_same_generator_gives_the_same_intervals_and_they_hold_the_published_place() -> None:
    found = province(40, gaps=0.1)
    one = stability(found, np.random.default_rng(11), Draws(200))
    two = stability(found, np.random.default_rng(11), Draws(200))
    pd.testing.assert_frame_equal(one, two)
    assert (one["low"] <= one["place"]).all()
    assert (one["place"] <= one["high"]).all()
    assert one["low"].min() == 1
    assert set(one["line"]) <= {"", *(f"L{n}" for n in range(8))}


def test_units_that_are_alike_have_one_place_and_one_tier() -> None:
    told = [(unit, "原创率", {"value": 0.5}) for unit in "abc"] + [("d", "原创率", {"value": 0.1})]
    mapping = written(line(1, "{method: 目标比, target: 1}", "原创率"))
    found = stability(
        run(mapping, rows(*told), roster(*"abcd")), np.random.default_rng(2), Draws(50, 0.25, 0)
    )
    assert list(found["place"]) == [1, 1, 1, 4]
    assert list(found["tier"]) == [1, 1, 1, 2]


def test_tiers_are_intervals_that_overlap_directly_or_through_others() -> None:
    low = np.array([1, 2, 3, 6, 7, np.nan])
    high = np.array([2, 3, 4, 7, 7, np.nan])
    assert list(tie_groups(low, high)) == [1, 1, 1, 2, 2, 0]


def test_who_is_best_in_everything_stays_first_whatever_is_weighed() -> None:
    told = [(f"u{n}", key, {"value": 0.1 * n}) for n in range(1, 10) for key in KEYS]
    found = run(as_written(province(1)), rows(*told), roster(*[f"u{n}" for n in range(1, 10)]))
    drawn = places(field(found), np.random.default_rng(0), Draws(100, 0.5, 0.0))
    assert [each.min() for each in drawn] == [each.max() for each in drawn] == list(range(9, 0, -1))


def test_one_line_left_out_is_the_order_of_the_others() -> None:
    found = province(25)
    tried = field(found)
    out = left_out(tried)
    for number in range(len(KEYS)):
        points = tried.points.copy()
        inside = tried.section == tried.section[number]
        rest = points[inside].sum() / (points[inside].sum() - points[number])
        points[inside] *= rest
        points[number] = 0
        assert list(out[number]) == list(rankdata(-(tried.share @ points), method="min"))


def test_the_other_method_agrees_with_percentiles_from_elsewhere() -> None:
    tried = field(province(50))
    share = np.column_stack([(rankdata(each) - 1) / 49 for each in tried.share.T])
    theirs = rankdata(-np.round(share @ tried.points, 9), method="min")
    assert list(by_percentile(tried)) == list(theirs)
    assert spearmanr(theirs, order(tried, totals(tried, tried.points, NONE))).statistic > 0.9


def test_places_are_within_groups_and_without_a_total_there_is_none() -> None:
    found = province(6)
    frame = found.totals.assign(
        group=["甲", "甲", "甲", "乙", "乙", "乙"], final=[9, 9, 7, 8, None, 5]
    )
    assert list(published(frame))[:4] == [1, 1, 3, 1]
    assert np.isnan(published(frame)[4])


def test_schemes_that_score_accounts_are_not_tried() -> None:
    told = rows(("u", "人工:K1", {"account": "a", "value": 1}))
    from monitor.score.assess import assess

    with pytest.raises(InputError, match="不作排名稳定性"):
        field(assess(shipped("zhaoqing2019"), told, roster("u"), {}))
