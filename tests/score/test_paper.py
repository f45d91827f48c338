"""A rubric nobody wrote code for, put into a sheet by following docs/how-to/scheme.md alone.

The paper it was written from:

    某市县(区)局新媒体半年考核办法。百分制。一、内容40分:原创率达到50%得15分,不到的按比例;半年不少于120条,
    每少1条扣0.2分,扣完20分为止,上半年没完成的滚入下半年;头条文章按组内名次,前三名得5、3、1分。
    二、传播30分:微信、微博、抖音的更新周率按5:3:2合计,20分,没开通的平台按零分;微信传播指数300点起、
    900点满分,10分。三、服务30分:回复率70%以下不得分,95%满分,共20分;服务入口只考核窗口类单位,10分,
    没有入口的按零分;其他单位的分值在本部分内均摊。另外,整改每逾期1件扣2分,多头账号每个扣1分,合计至多扣6分。
    受市级表扬每次加2分,至多4分,90分以上才加。有安全差错的不得评“好”,有泄密的按40分计。
    85以上为好,70以上为中,其余为差。市局的得分本级占一半,所辖县局中位数占一半。
"""

import pandas as pd
import pytest

from monitor.collect import shelf
from monitor.domain.scheme import Scheme
from monitor.score.assess import Assessment, assess
from monitor.score.catalogue import brought
from monitor.score.scheme import parse
from tests.score.sheets import rows

SHEET = """
name: some-city-half-year
version: 1
title: 某市县(区)局新媒体半年考核办法
source: 某市公安局办法(示例)
rank: 外地做法
valid_from: 2027-01-01
period: 半年
levels: [市州局, 县级局]
sections:
  - id: N
    name: 内容
    max: 40
    indicators:
      - {id: N1, name: 原创率, max: 15, measure: 原创率, score: {method: 目标比, target: 0.5}}
      - {id: N2, name: 半年120条, max: 20, measure: 作品数, carry: true, score: {method: 任务完成, target: 120, multiple: 1.2}}
      - {id: N3, name: 头条文章, max: 5, measure: 头条作品数, score: {method: 名次分, points: [5, 3, 1]}}
  - id: C
    name: 传播
    max: 30
    indicators:
      - id: C1
        name: 更新周率
        max: 20
        measure: 有发布周率
        platforms: {wechat: 50, weibo: 30, douyin: 20}
        absent: 计零
        score: {method: 目标比, target: 1}
      - {id: C2, name: 微信传播指数, max: 10, measure: WCI 14.2 含转发, score: {method: 线性, low_at: 300, full_at: 900}}
  - id: F
    name: 服务
    max: 30
    indicators:
      - {id: F1, name: 回复率, max: 20, measure: 回复率, score: {method: 线性, low_at: 0.7, full_at: 0.95}}
      - {id: F2, name: 服务入口, max: 10, measure: 服务入口有效率, only: [窗口类], empty_is_zero: true, score: {method: 目标比, target: 1}}
deductions:
  - {id: K1, name: 整改逾期, measure: 整改逾期数, each: 2}
  - {id: K2, name: 多头账号, measure: 多头账号数, each: 1}
most_deducted: 6
bonus:
  max: 4
  opens_above: 90
  items:
    - {id: J1, name: 市级表扬, measure: 人工, each: 2}
gates:
  - {id: V1, name: 安全差错, measure: 安全类否决数, bars: 好}
  - {id: V2, name: 泄密, measure: 人工, fixed: 40}
grades:
  - {name: 好, at_least: 85}
  - {name: 中, at_least: 70}
  - {name: 差, at_least: 0}
missing: {spread: 部分内均摊, limit: 40}
rollup: {levels: [市州局], below_levels: [县级局], own: 50, below: 50}
"""  # noqa: E501
ROSTER = pd.DataFrame(
    {
        "unit": ["市", "甲", "乙", "丙"],
        "level": ["市州局", "县级局", "县级局", "县级局"],
        "parent": ["", "市", "市", "市"],
        "kind": ["窗口类", "", "窗口类", ""],
    }
)


def scheme() -> Scheme:
    page = shelf.parse(SHEET.encode(), "某市.yaml")
    return parse(page.mapping, "某市.yaml", shelf.lines(page.text))


def result(**more: dict[str, float]) -> Assessment:
    """Four units; `more` are values of 甲 by measurement."""
    told = [
        *((unit, "原创率", {"numerator": 30, "denominator": 100}) for unit in ("市", "甲", "乙")),
        ("丙", "原创率", {"cause": "系统原因"}),
        *((unit, "作品数", {"value": each}) for unit, each in zip("市甲乙丙", COUNTS, strict=True)),
        ("甲", brought("N2"), {"carried": 10}),
        *(
            (unit, "头条作品数", {"value": e})
            for unit, e in zip("市甲乙丙", (9, 8, 8, 1), strict=True)
        ),
        *(("甲", "有发布周率", {"platform": p, **n}) for p, n in WEEKS.items()),
        *((u, "有发布周率", {"platform": "wechat", **WEEKS["wechat"]}) for u in ("市", "乙", "丙")),
        *((unit, "WCI 14.2 含转发", {"value": 750}) for unit in ("市", "甲", "乙", "丙")),
        *(
            (unit, "回复率", {"numerator": 9, "denominator": 10})
            for unit in ("市", "甲", "乙", "丙")
        ),
        ("市", "服务入口有效率", {"numerator": 3, "denominator": 4}),
        ("乙", "服务入口有效率", {"numerator": 0, "denominator": 0}),
        *(("甲", key, known) for key, known in more.items()),
    ]
    return assess(scheme(), rows(*told), ROSTER, {})


COUNTS = (130, 100, 0, 120)
WEEKS = {
    "wechat": {"numerator": 20, "denominator": 25},
    "weibo": {"numerator": 10, "denominator": 25},
}


def points(found: Assessment, unit: str) -> dict[str, float]:
    mine = found.lines[found.lines["unit"] == unit]
    return dict(zip(mine["id"], mine["points"], strict=True))


def test_every_clause_comes_to_what_the_paper_says() -> None:
    found = points(result(), "甲")
    assert found["N1"] == pytest.approx(9)  # 30 of 50 %
    # 10 are owed from the last half-year: 100 of 130, 30 too few; 20 x (1 - 1.2 x 30/130)
    assert found["N2"] == pytest.approx(20 * (1 - 1.2 * 30 / 130))
    assert found["N3"] == 3  # level with 乙 on the second place
    assert found["C1"] == pytest.approx(20 * (0.5 * 0.8 + 0.3 * 0.4 + 0.2 * 0))
    assert found["C2"] == pytest.approx(7.5)  # 450 of 600
    # 20 of 25 points between; no 窗口类, so that F2's 10 go to F1 alone
    assert found["F1"] == pytest.approx(30 * 0.8)
    assert pd.isna(found["F2"])


def test_each_one_too_few_costs_a_fifth_of_a_point_until_nothing_is_left() -> None:
    found = result()
    assert points(found, "丙")["N2"] == 27.5  # its own 20, and half of N1's
    assert points(found, "乙")["N2"] == 0  # 120 x 0.2 is more than there are
    assert points(found, "市")["N2"] == 20


def test_who_offers_nothing_has_nothing_and_what_was_not_seen_is_spread_evenly() -> None:
    found = result()
    assert points(found, "乙")["F2"] == 0
    assert points(found, "市")["F2"] == 7.5
    mine = found.lines[(found.lines["unit"] == "丙") & (found.lines["part"] == "内容")]
    # N1's 15 go in equal parts to the two others of its part
    assert list(mine["adjusted"]) == [0, 27.5, 12.5]
    assert next(iter(mine["note"])) == "没有测量结果"


def test_deductions_gates_bonus_and_the_city_above_its_counties() -> None:
    found = result(整改逾期数={"value": 2}, 多头账号数={"value": 5}).totals.set_index("unit")
    plain = result().totals.set_index("unit")
    assert plain.loc["甲", "own"] - found.loc["甲", "own"] == pytest.approx(6)
    leaked = result(**{"人工:V2": {"value": 1}}).totals.set_index("unit")
    assert leaked.loc["甲", "final"] == 40
    below = plain.loc[["甲", "乙", "丙"], "own"].median()
    assert plain.loc["市", "final"] == pytest.approx(
        0.5 * plain.loc["市", "own"] + 0.5 * below, abs=0.005
    )
    praised = result(**{"人工:J1": {"value": 3}}).totals.set_index("unit")
    assert praised.loc["甲", "bonus"] == 0  # it is not above 90
    # 9 + 14.46 + 3, 10.4 + 7.5, 24: under 70
    assert (plain.loc["甲", "final"], plain.loc["甲", "grade"]) == (68.36, "差")
