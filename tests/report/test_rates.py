"""合格率: published bulletins reproduce from their counts, halves go up, a wrong one is told."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.bulletin import Base
from monitor.report.rates import Printed, Rate, faults, percent, points

PUBLISHED = (
    Printed("青海2020年第三季度", 381, "83.5%", failed=63, source="www.22222110.com"),
    Printed("湖北2021年第二次", 1404, "95.30%", failed=66, source="www.gov.cn 5629653"),
    Printed("湖北2021年第二次(网站)", 612, "99.02%", failed=6, source="www.gov.cn 5629653"),
    Printed("咸宁2022年3月", 218, "94.5%", failed=12, source="xianan.gov.cn 2761252"),
    Printed("咸宁2022年3月(不合格分项)", 12, "", parts=(10, 1, 1), source="xianan.gov.cn 2761252"),
    Printed("咸宁2020年第三季度", 139, "72%", failed=39, parts=(22, 117), source="2172251"),
    Printed("宜昌2020年第四次(抽查比例)", 402, "70%", part=282, parts=(334, 42, 26)),
    Printed("宜昌2020年第四次", 282, "100%", failed=0, source="1027670"),
    Printed("甘肃2021年第二季度(抽查比例)", 4935, "12%", part=591, source="yhcgw.cn 960563"),
    Printed("甘肃2021年第二季度", 591, "95.77%", failed=25, source="yhcgw.cn 960563"),
    Printed("宝鸡2024年第三季度", 120, "96.67%", failed=4),
    Printed("渭南2020年第四季度", 140, "74%", failed=36, parts=(104, 36)),
    Printed("钦州2021年第三季度", 165, "98.79%", failed=2, parts=(101, 42, 11, 9, 1, 1)),
    Printed("浙江2022年第三季度", 3120, "99.94%", failed=2, source="art_1545696_59835311"),
    Printed("浙江2022年第三季度(减少)", 3942, "20.9%", part=3942 - 3120),
    Printed("苏州2023年第一季度", 634, "60.1%", part=381, parts=(511, 53, 14, 34, 22)),
    Printed("国办2020年", 728, "91.9%", failed=59, parts=(417, 311)),
    Printed("留言2021年", 3059, "99.87%", part=3055, parts=(1160, 1859, 40)),
)
"""Counts and rates as they were published."""
WUXI = Printed("无锡2021年第四季度", 461, "95.0%", failed=24, parts=(326, 83, 6, 46))
ZHENBA = Printed("镇巴2022年", 56, "", parts=(43,))


@pytest.mark.parametrize("printed", PUBLISHED, ids=lambda each: each.name)
def test_a_published_bulletin_reproduces_from_its_counts(printed: Printed) -> None:
    assert faults(printed) == ()


def test_the_one_that_does_not_is_told_by_the_same_function() -> None:
    assert faults(WUXI) == ("437/461=94.79%,与公布的95.0%不符,不可复现",)
    assert faults(ZHENBA) == ("分项合计43,与总数56不符",)


@given(st.integers(0, 5000), st.integers(1, 5000), st.sampled_from((0, 1, 2)))
def test_halves_go_up_as_decimal_arithmetic_says(part: int, whole: int, decimals: int) -> None:
    exact = Decimal(100 * part) / Decimal(whole)
    told = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert percent(part, whole, decimals) == f"{told}%"


def test_a_half_is_never_rounded_to_the_even_digit() -> None:
    assert percent(1, 8, 0) == "13%"
    assert percent(1, 8, 1) == "12.5%"
    assert [percent(n, 200, 0) for n in (1, 3, 5)] == ["1%", "2%", "3%"]
    assert percent(1, 800, 2) == "0.13%"


def test_a_rate_keeps_its_denominator_and_says_nothing_of_nothing() -> None:
    rate = Rate(1301, 129)
    assert (rate.base, rate.text(1)) == (Base.DECIDED, "90.1%")
    assert Rate(0, 0, Base.SAMPLED).text(2) == "—"
    with pytest.raises(ValueError, match="failed"):
        Rate(1, 2)
    with pytest.raises(ValueError, match="decimals"):
        percent(1, 2, 3)


def test_the_change_is_that_of_the_printed_rates() -> None:
    assert points("95.30%", "86.52%") == "+8.78"
    assert points("90.1%", "91%") == "-0.9"
    assert points("90%", "90%") == "0"
    assert points("90.1%", "—") == ""
