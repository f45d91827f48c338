"""Every scheme that ships is run on a store with facts, to the total that is worked by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from pathlib import Path

import pytest

from monitor.domain.assessed import Line, Total
from monitor.domain.assessment import Kind, State
from monitor.domain.bulletin import period_of
from monitor.domain.instants import DAY, HOUR
from monitor.record import assessed, assessments, marks
from monitor.record.marks import Drawn
from monitor.record.store import Store, Writing
from monitor.runs import assess, assess_measuring
from monitor.runs.parts import Parts
from tests.builders import a_look, a_post, a_route, a_unit, an_account, put
from tests.conftest import StandingClock
from tests.record.score_world import QUARTER, build
from tests.runs.test_assess_year import with_kind
from tests.score.sheets import FOLDER, shipped
from tests.service.parts import some_parts

SHIPPED = sorted(path.stem for path in FOLDER.glob("*.yaml"))
CODES = {"月": "2026-08", "季": "2026Q3", "年": "2026"}
UNIT = "420102000000"
EVENING = QUARTER.since + 31 * DAY + 20 * HOUR
"""Eight in the evening of the first of August, a Saturday; the day after is as good."""


def code_of(name: str) -> str:
    return CODES[shipped(name).period]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scheme_runs_and_no_line_of_it_is_silently_missing(
    sqlite_store: Store, clock: StandingClock, name: str
) -> None:
    build(sqlite_store, 1)
    parts = some_parts(sqlite_store, clock)
    found = assess_measuring.compute(parts, name, code_of(name))
    assert {each.unit for each in found.roster} == {each.unit for each in found.result.totals}
    told = found.result.lines
    scheme = shipped(name)
    lines = [*scheme.indicators(), *(line for _, sub in scheme.subs for line in sub.indicators())]
    assert {each.indicator for each in told} == {each.id for each in lines}
    for each in told:
        scored = each.status in ("正常", "按下限计")
        assert (each.points is not None) == scored
        assert scored or each.note, each
    for total in found.result.totals:
        assert total.final is not None or total.reason, total


@dataclass(frozen=True)
class Case:
    """What people gave the one county by the key of each manual item, and the total by hand."""

    scheme: str
    marks: Mapping[str, float]
    final: float
    kind: str = "部处"


def posts(tx: Writing, account: int, number: int, form: str, **numbers: int) -> None:
    """Works of August's first evenings, each with the same numbers."""
    for n in range(number):
        second = EVENING + n * 60
        key = a_post(
            tx, account, second, f"{form}第{n}条", native_id=f"{ord(form[0])}{n}_1", form=form
        )
        row = {"key_id": key, "source": "后台导出", "observed_at": second + DAY}
        put(tx, "post_obs", **row, recorded_at=tx.stamp, **numbers)


def a_county(tx: Writing) -> None:
    """Thirty articles, ten Weibo posts of which eight are its own, five films; 80,000 followers at
    the end of the year so far, a third of them new; nobody else to compare with."""
    county = a_unit(tx, "甲局", UNIT)
    route = a_route(tx)
    ids = [an_account(tx, county, name, name) for name in ("wechat", "weibo", "douyin")]
    for key in ids:
        a_look(tx, key, route, period_of("2026").since - DAY, period_of("2026").until)
        for day, followers in ((-3, 10_000), (45, 15_000), (320, 20_000)):
            at = (period_of("2026").since if day in (-3, 320) else QUARTER.since) + day * DAY
            row = {"account_id": key, "source": "接口采集", "basis": "累计", "observed_at": at}
            put(tx, "account_obs", **row, followers=followers, recorded_at=tx.stamp)
    posts(tx, ids[0], 30, "群发", reads=1500, recommends=10, likes=20, shares=30)
    posts(tx, ids[1], 8, "微博", likes=50, comments=20, shares=40)
    posts(tx, ids[1], 2, "转发", likes=50, comments=20, shares=40)
    posts(tx, ids[2], 5, "视频", likes=120, comments=42, shares=180)


def wci() -> float:
    """Thirty articles, all headlines, of the same numbers in the 330 days of the year so far."""
    parts = [
        0.70 * log(1500 * times + 1)
        + 0.09 * log(100 * times + 1)
        + 0.06 * log(200 * times + 1)
        + 0.15 * log(300 * times + 1)
        for times in (30 / DAYS, 1.0, 30 / DAYS, 1.0)
    ]
    return (0.6 * parts[0] + 0.2 * parts[1] + 0.1 * parts[2] + 0.1 * parts[3]) ** 2 * 12


def bci() -> float:
    posted = 0.3 * log(11) + 0.7 * log(9)
    back = 0.2 * log(401) + 0.2 * log(201) + 0.25 * log(321) + 0.25 * log(161) + 0.1 * log(501)
    return (0.2 * posted + 0.8 * back) * 160


def dci() -> float:
    heat = 0.17 * log(601) + 0.37 * log(211) + 0.46 * log(901)
    return 100 * (0.1 * log(6) + 0.76 * heat + 0.14 * (0.89 * log(10_001) + 0.11 * log(20_001)))


DAYS = 326
"""The first of January to the 22nd of November, the day before the clock's."""
EXPERTS = {"P1": 92.0, "P2": 80.0}
CASES = (
    # 75 - 12 + 25 - 5 = 83 > 80, + 9.5
    Case("gb2019-sites", {"K1": 12, "K2": 5, "J1": 9.5, "V1": 0}, 92.5),
    # 100 - 2x3 - 1x2 - 4 = 88 > 80, + 5 + 3
    Case("gb2019-supervision", {"K11": 2, "K12": 1, "K13": 4, "J1": 1, "J2": 3, "V1": 0}, 96),
    # 70 x 30 % + (90 + 20) x 70 %
    Case("wanzhi2021", {"W1": 30, "WJ": 8, "M1": 10, "MJ": 25, "WV": 0}, 98),
    # each of three accounts: 100 - 3 - 2 + 4
    Case("zhaoqing2019", {"K1": 3, "K2": 0, "K3": 2, "K4": 0, "K5": 0, "J1": 4}, 99),
    # 92 x 70 % + 80 x 30 %, 92 x 80 % + 80 x 20 %
    Case("hubei-zhengfa2023-final", EXPERTS, 88.4),
    Case("qingyuan2020", EXPERTS, 89.6),
    # 45 works: the band from 30 on
    Case("contest-bands", {}, 10),
    # 60,000 of 100,000 followers: 6; 40/50 8; 1/2 5; 6/6 10; 12/15 8; 0; 10
    Case("yongfu2017", {"T1": 40, "T3": 1, "T4": 6, "T5": 12, "T6": 0, "T7": 5}, 47),
    # nobody to compare with: 发布数's 1.25 go to the three others: (0.5 + 0.8 + 1) / 3 of 5;
    # without tasks 集群推进 does not apply: (5 x 2.3/3 + 3.5 + 4.5) x 20/15
    Case("zhengfa2020-service", {"F2": 0.5, "Y1": 3.5, "B1": 4.5}, 15.78),
    # 21 of 40 owed by a 院系 without a settled month before: 45 works are more than that
    Case("informants-carry", {}, 100, kind="院系"),
)


def run(parts: Parts, name: str, given: Mapping[str, float]) -> tuple[list[Line], Total]:
    """初评, marks by people, and the total after them."""
    code = code_of(name)
    assess.run(parts, name, code)
    with parts.store.writing() as tx:
        kept = assessments.newest(tx, code, Kind.TRIAL, name)
        assert kept is not None
        unit = next(each.unit_id for each in assessed.roster(tx, kept.id) if each.unit == UNIT)
        marks.draw(tx, kept.id, [Drawn(key, unit) for key in given])
        for mark in marks.of_assessment(tx, kept.id):
            assert marks.agree(tx, mark, 9, given[mark.indicator])
        assert assessments.put(tx, kept, State.FEEDBACK)
    assess.of(parts, kept.id)
    with parts.store.reading() as tx:
        totals = {each.unit: each for each in assessed.totals(tx, kept.id)}
        return assessed.lines(tx, kept.id, UNIT), totals[UNIT]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.scheme)
def test_a_shipped_scheme_comes_to_what_is_worked_by_hand(
    sqlite_store: Store, clock: StandingClock, tmp_path: Path, case: Case
) -> None:
    with sqlite_store.writing() as tx:
        a_county(tx)
    parts = with_kind(some_parts(sqlite_store, clock), tmp_path, case.kind)
    _, total = run(parts, case.scheme, case.marks)
    assert total.final == pytest.approx(case.final, abs=0.005)


def test_the_indices_of_four_platforms_come_from_the_posts_of_the_year(
    sqlite_store: Store, clock: StandingClock
) -> None:
    with sqlite_store.writing() as tx:
        a_county(tx)
    lines, total = run(some_parts(sqlite_store, clock), "hubei-zhengfa2023-index", {"Z4": 700})
    raw = {each.indicator: each.raw for each in lines}
    assert raw == pytest.approx({"Z1": wci(), "Z2": bci(), "Z3": dci(), "Z4": 700}, rel=1e-9)
    whole = 0.4 * wci() + 0.2 * (bci() + dci() + 700)
    assert total.final == pytest.approx(whole, abs=0.005)


def test_a_college_is_divided_by_the_heads_an_office_filled_in(
    sqlite_store: Store, clock: StandingClock, tmp_path: Path
) -> None:
    with sqlite_store.writing() as tx:
        a_county(tx)
    parts = with_kind(some_parts(sqlite_store, clock), tmp_path, "系")
    groups = tmp_path / "units" / "groups.yaml"
    text = groups.read_text("utf-8").replace("headcount: {}", f'headcount: {{"{UNIT}": 1500}}')
    groups.write_text(text, "utf-8")
    lines, _ = run(parts, "college-monthly", {"P4": 50, "Z1": 80, "G1": 60})
    points = {each.indicator: each.points for each in lines}
    # shares: (900 + 400 + 900) / 3 accounts of 1,500 heads; likes: (600 + 500 + 600) / 3 of 1,500
    assert points["P2"] == pytest.approx(18 * 2200 / 3 / 1500)
    assert points["P3"] == pytest.approx(12 * 1700 / 3 / 1500)
    assert (points["P4"], points["Z1"], points["G1"]) == (9, 16, 12)
