"""Every rubric that ships, against a case worked by hand."""

from typing import Any

import pandas as pd
import pytest

from monitor.score.assess import Assessment, assess
from tests.score.sheets import roster, rows, shipped


def marked(name: str, told: dict[str, Any], units: pd.DataFrame | None = None) -> pd.Series:
    """The totals of one unit by a shipped scheme; bare numbers are values."""
    found = run(name, told, units)
    return found.totals.iloc[0]


def run(name: str, told: dict[str, Any], units: pd.DataFrame | None = None) -> Assessment:
    known = [
        ("u", key, each if isinstance(each, dict) else {"value": each})
        for key, each in told.items()
    ]
    return assess(shipped(name), rows(*known), roster("u") if units is None else units, {})


def test_sites_lose_no_more_than_a_line_has_and_the_bonus_opens_above_eighty() -> None:
    # 75 - 12 = 63; 25 - 5 = 20; 83 > 80, so + 9.5
    found = marked("gb2019-sites", {"人工:K1": 12, "人工:K2": 5, "人工:J1": 9.5, "人工:V1": 0})
    assert (found["base"], found["final"], found["grade"]) == (83, 92.5, "合格")
    # 75 - 12 = 63; 25 - 40 is 0; 63 is not above 80: no bonus
    found = marked("gb2019-sites", {"人工:K1": 12, "人工:K2": 40, "人工:J1": 9.5})
    assert (found["base"], found["bonus"], found["final"]) == (63, 0, 63)
    # exactly 80 does not open it, and 59.99 fails
    found = marked("gb2019-sites", {"人工:K1": 15, "人工:K2": 5, "人工:J1": 30})
    assert found["final"] == 80
    assert marked("gb2019-sites", {"人工:K1": 35, "人工:K2": 5.01})["grade"] == "不合格"


def test_a_site_without_services_is_scored_out_of_seventy_five_times_four_thirds() -> None:
    # (75 - 15) x 4/3 = 80
    told = {"人工:K1": 15, "人工:K2": {"cause": "不适用"}, "人工:J1": 30}
    assert marked("gb2019-sites", told)["final"] == 80
    # (75 - 12) x 4/3 = 84, + 40 capped at 30
    told = {"人工:K1": 12, "人工:K2": {"cause": "不适用"}, "人工:J1": 40}
    assert marked("gb2019-sites", told)["final"] == 114


def test_a_veto_of_the_state_is_a_failure_without_points() -> None:
    found = marked("gb2019-sites", {"人工:K1": 0, "人工:K2": 0, "人工:V1": 1})
    assert pd.isna(found["final"])
    assert found["grade"] == "不合格"
    assert found["reason"] == "单项否决:不合格"


def test_supervision_loses_three_and_two_a_message_and_gains_five() -> None:
    # 100 - 2x3 - 1x2 - 4 = 88; > 80: + 5 + 3
    told = {"人工:K11": 2, "人工:K12": 1, "人工:K13": 4, "人工:J1": 1, "人工:J2": 3}
    found = marked("gb2019-supervision", told)
    assert (found["base"], found["final"]) == (88, 96)


def test_sites_and_new_media_are_finished_apart_and_put_together_by_thirty_and_seventy() -> None:
    # site 100 - 30 = 70, no bonus; new media 100 - 10 = 90 + 25 capped at 20 = 110
    # 70 x 0.3 + 110 x 0.7 = 21 + 77 = 98
    told = {"人工:W1": 30, "人工:WJ": 8, "人工:M1": 10, "人工:MJ": 25}
    found = marked("wanzhi2021", told)
    assert (found["网站"], found["新媒体"], found["final"]) == (21, 77, 98)
    # a veto of the new media leaves 100 x 0.3
    found = marked("wanzhi2021", {"人工:W1": 0, "人工:M1": 0, "安全类否决数": 1})
    assert found["final"] == pytest.approx(30)


def test_accounts_are_scored_for_themselves_and_a_vetoed_one_is_fifty_nine() -> None:
    # a: 20x5 - 3 - 2 = 95; b vetoed: 59; mean 77
    def account(name: str, *lost: float) -> list[tuple[str, str, dict[str, Any]]]:
        keys = [f"人工:K{number}" for number in range(1, 6)]
        return [
            ("u", key, {"account": name, "value": each})
            for key, each in zip(keys, lost, strict=True)
        ]

    veto = ("u", "安全类否决数", {"account": "b", "value": 1})
    told = rows(*account("a", 3, 0, 2, 0, 0), *account("b", 0, 0, 0, 0, 0), veto)
    found = assess(shipped("zhaoqing2019"), told, roster("u"), {})
    assert found.totals["final"].iloc[0] == 77
    assert len(found.lines) == 10


def test_without_a_service_its_twenty_points_go_to_the_others_in_equal_parts() -> None:
    # four lines of 20 + 5; the first loses 4 of 20, a fifth: 25 x 0.8 = 20; 20 + 75 = 95
    told = [
        ("u", f"人工:K{n}", {"account": "a", "value": v}) for n, v in enumerate((4, 0, 0, 0), 1)
    ]
    told.append(("u", "人工:K5", {"account": "a", "cause": "不适用"}))
    found = assess(shipped("zhaoqing2019"), rows(*told), roster("u"), {})
    assert found.totals["final"].iloc[0] == 95
    assert list(found.lines["adjusted"]) == [25, 25, 25, 25, 0]


def test_the_service_of_law_has_twenty_points_and_five_are_for_going_together() -> None:
    # 1.25 x (1 + .8 + .6) of 发布, 发布数 without peers spread: 5 x 2.4/3 = 4; 4 + 3.5 + 4.5 + 5x.9
    told = {
        "作品数": 200,
        "人工:F2": 1,
        "原创率": {"numerator": 8, "denominator": 10},
        "工作时间外发布率": {"numerator": 6, "denominator": 10},
        "人工:Y1": 3.5,
        "人工:B1": 4.5,
        "协同响应率": {"numerator": 18, "denominator": 20},
    }
    found = marked("zhengfa2020-service", told)
    assert (found["F"], found["J"], found["final"]) == (pytest.approx(4), 4.5, 16.5)


def test_four_platforms_make_an_index_of_forty_and_three_times_twenty() -> None:
    # 0.4x1000 + 0.2x900 + 0.2x800 + 0.2x700 = 400 + 180 + 160 + 140
    told = {"WCI 14.2 含转发": 1000, "BCI": 900, "DCI 新增89": 800, "人工:Z4": 700}
    assert marked("hubei-zhengfa2023-index", told)["final"] == 880
    # without 头条: 740 x 100/80, or 740 where it is written as 0
    without = {**told, "人工:Z4": {"cause": "不适用"}}
    assert marked("hubei-zhengfa2023-index", without)["final"] == 925
    assert marked("hubei-zhengfa2023-index", {**told, "人工:Z4": 0})["final"] == 740


def test_experts_and_votes() -> None:
    # 92 x 0.7 + 80 x 0.3 = 64.4 + 24
    assert marked("hubei-zhengfa2023-final", {"人工:P1": 92, "人工:P2": 80})["final"] == 88.4
    # 92 x 0.8 + 80 x 0.2 = 73.6 + 16
    assert marked("qingyuan2020", {"人工:P1": 92, "人工:P2": 80})["final"] == 89.6


def test_tasks_not_done_lose_in_proportion() -> None:
    # 40/50, 80,000/100,000, 1/2, 6/6, 12/15, 0/1, 5/3: 8 + 8 + 5 + 10 + 8 + 0 + 10
    told = dict(zip([f"人工:T{n}" for n in (1, 3, 4, 5, 6, 7)], (40, 1, 6, 12, 0, 5), strict=True))
    assert marked("yongfu2017", {**told, "粉丝数": 80000})["final"] == 49


def test_a_college_divides_by_heads_and_takes_the_mean_of_four_weeks() -> None:
    # 300/600 of 12 = 6; weeks 60 120 180 240: 150/600 of 18 = 4.5; 300/600 of 12 = 6; 50 of 18 = 9
    # 25.5 + 80% of 20 + 60% of 20 = 53.5
    week = [("u", "分享数", {"value": each}) for each in (60, 120, 180, 240)]
    likes = [("u", "点赞数", {"value": 300})] * 4
    marks = [
        ("u", key, {"value": v}) for key, v in (("人工:P4", 50), ("人工:Z1", 80), ("人工:G1", 60))
    ]
    told = rows(("u", "粉丝数", {"value": 300}), *week, *likes, *marks)
    found = assess(shipped("college-monthly"), told, roster("u", headcount=[600]), {})
    assert found.totals["P"].iloc[0] == 25.5
    assert found.totals["final"].iloc[0] == 53.5


@pytest.mark.parametrize(("number", "points"), [(31, 10), (30, 10), (29, 5), (10, 3), (9, 0)])
def test_bands_of_a_contest(number: int, points: float) -> None:
    assert marked("contest-bands", {"作品数": number})["final"] == points


def test_what_informants_left_undone_is_owed_next_month() -> None:
    # 部处: 18 of 20 + 4 owed: 18/24, and 6 are owed next; 院系: 40 of 40
    told = rows(("u", "作品数", {"value": 18, "carried": 4}), ("v", "作品数", {"value": 40}))
    units = roster("u", "v", kind=["部处", "院系"])
    found = assess(shipped("informants-carry"), told, units, {})
    assert list(found.totals["final"]) == [75, 100]
    assert list(found.lines["carry"].dropna()[:1]) == [6]
