"""Published indices against published numbers, and against arithmetic done another way."""

from datetime import date
from decimal import Decimal, getcontext

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.errors import InputError
from monitor.score.catalogue import INDICES as CATALOGUED
from monitor.score.index import INDICES, days, shown
from monitor.score.indices import wci_12

getcontext().prec = 40


def value(key: str, **inputs: float) -> float:
    """The index of one account."""
    return float(INDICES.get(key).of(pd.DataFrame([inputs])).iloc[0])


def test_the_catalogue_and_the_formulas_are_the_same_list() -> None:
    assert {key for key, _ in CATALOGUED} == set(INDICES.names())


def test_e1_the_worked_example_of_2_0_to_all_published_digits() -> None:
    found = value("WCI 2.0", 阅读数=10000, 最高阅读数=300, 在看数=4000, 最高在看数=60, 作品数=100)
    assert f"{found:.7f}" == "411.4875079"


def per_day(mean_decimals: int | None, **inputs: float) -> float:
    frame = pd.DataFrame([{"作品数": 3, "天数": 1, **inputs}])
    given_ = {name: frame[name].to_numpy(float) for name in frame}
    return float(wci_12.formula(given_, mean_decimals)[0])


def test_e2_a_published_daily_record_with_the_rounded_mean_the_publisher_used() -> None:
    record = {"阅读数": 29396, "最高阅读数": 22858, "在看数": 72, "最高在看数": 49}
    assert f"{per_day(1, **record):.7f}" == "812.0233948"
    assert f"{per_day(None, **record):.8f}" == "812.02317411"
    assert value("WCI 11", 作品数=3, **record) == pytest.approx(per_day(None, **record))


def test_e3_the_record_of_the_day_before_to_all_published_digits() -> None:
    record = {"阅读数": 29878, "最高阅读数": 13620, "在看数": 98, "最高在看数": 63}
    assert f"{per_day(1, **record):.8f}" == "813.61526088"


def test_e5_the_heat_of_douyin_does_not_depend_on_what_is_not_settled() -> None:
    seen = {"作品数": 0, "点赞数": 14, "评论数": 5, "分享数": 1, "粉丝净增数": 0, "粉丝数": 0}
    assert round(value("DCI 新增89", **seen), 2) == round(value("DCI 新增11", **seen), 2) == 109.60


def test_e4_a_published_week_excludes_13_and_is_compatible_with_the_first_form_of_14_2() -> None:
    week = {"阅读数": 50635, "在看数": 141, "作品数": 19, "天数": 7}
    least = {"头条阅读数": 0, "头条在看数": 0, "最高阅读数": 50635 / 19, "最高在看数": 141 / 19}
    most = {"头条阅读数": 50635, "头条在看数": 141, "最高阅读数": 50635, "最高在看数": 141}
    none = {"点赞数": 0, "头条点赞数": 0, "最高点赞数": 0}
    assert value("WCI 13", **week, **most) < 818.29
    assert value("WCI 14.2 不含转发", **week, **least, **none) < 818.29
    many = {"点赞数": 3000, "头条点赞数": 3000, "最高点赞数": 3000}
    assert value("WCI 14.2 不含转发", **week, **most, **many) > 818.29


ACCOUNT = {
    "作品数": 30,
    "天数": 30,
    "阅读数": 45000,
    "头条阅读数": 20000,
    "最高阅读数": 6000,
    "在看数": 300,
    "头条在看数": 120,
    "最高在看数": 50,
    "点赞数": 600,
    "头条点赞数": 240,
    "最高点赞数": 90,
    "分享数": 900,
    "头条分享数": 400,
    "最高分享数": 150,
    "评论数": 210,
    "原创作品数": 12,
    "原创分享数": 60,
    "原创评论数": 40,
    "播放数": 90000,
    "粉丝数": 25000,
    "粉丝净增数": 320,
    "推送次数": 22,
}
"""A month of an invented account."""


def ln(number: float | Decimal, times: int = 1) -> Decimal:
    return (Decimal(times) * Decimal(number) + 1).ln()


def d(text: str) -> Decimal:
    return Decimal(text)


def _f(r: Decimal, z: Decimal, liked: Decimal, e: Decimal | None = None) -> Decimal:
    if e is None:
        return d(".85") * ln(r) + d(".09") * ln(z, 10) + d(".06") * ln(liked, 10)
    first = d(".70") * ln(r) + d(".09") * ln(z, 10)
    return first + d(".06") * ln(liked, 10) + d(".15") * ln(e, 10)


def _on_paper_14(*, shares: bool) -> Decimal:
    """O, A, H and P as the page prints them, 30 days and 30 articles."""
    e = [d("30"), d("30"), d(400) / 30, d("150")] if shares else [None] * 4
    o = _f(d("1500"), d("10"), d("20"), e[0])
    a = _f(d("1500"), d("10"), d("20"), e[1])
    h = _f(d(20000) / 30, d("4"), d("8"), e[2])
    p = _f(d("6000"), d("50"), d("90"), e[3])
    return (d(".6") * o + d(".2") * a + d(".1") * h + d(".1") * p) ** 2 * d("1.2") * 10


def _on_paper_13() -> Decimal:
    def f(r: Decimal, z: Decimal) -> Decimal:
        return d(".85") * ln(r) + d(".15") * ln(z, 10)

    o = f(d("1500"), d("10"))
    h, p = f(d(20000) / 30, d("4")), f(d("6000"), d("50"))
    return (d(".3") * o + d(".3") * o + d(".3") * h + d(".1") * p) ** 2 * 10


def _on_paper_douyin(new: str, every: str) -> Decimal:
    heat = d(".17") * ln(600) + d(".37") * ln(210) + d(".46") * ln(900)
    growth = d(new) * ln(320) + d(every) * ln(25000)
    return (d(".10") * ln(30) + d(".76") * heat + d(".14") * growth) * 100


def _on_paper_weibo() -> Decimal:
    w1 = d(".3") * ln(30) + d(".7") * ln(12)
    w2 = d(".2") * ln(900) + d(".2") * ln(210) + d(".25") * ln(60) + d(".25") * ln(40)
    return (d(".2") * w1 + d(".8") * (w2 + d(".1") * ln(600))) * 160


def _on_paper_weibo_simple() -> Decimal:
    w2 = d(".4") * ln(900) + d(".4") * ln(210) + d(".2") * ln(600)
    return (d(".2") * ln(30) + d(".8") * w2) * 160


def _on_paper_bilibili() -> Decimal:
    seen = d(".25") * ln(3000) + d(".30") * ln(7) + d(".18") * ln(25000) + d(".12") * ln(320)
    return (d(".15") * ln(30) + seen) * 100


def _on_paper_qq() -> Decimal:
    active = d(".40") * ln(30, 10) + d(".45") * ln(1, 10) + d(".15") * ln(22, 10)
    spread = d(".45") * ln(45000) + d(".40") * ln(210) + d(".15") * ln(600)
    return d(".25") * active + d(".75") * spread


def _on_paper_list() -> Decimal:
    def g(x: int, most: int) -> Decimal:
        return 1000 * ln(x) / ln(most)

    found = d(".75") * g(45000, 24_000_000) + d(".05") * g(6000, 100_000)
    found += d(".10") * g(1500, 100_000) + d(".05") * g(20000, 3_000_000)
    return found + d(".05") * g(600, 2_400_000)


@pytest.mark.parametrize(
    ("key", "paper"),
    [
        ("WCI 14.2 含转发", _on_paper_14(shares=True)),
        ("WCI 14.2 不含转发", _on_paper_14(shares=False)),
        ("WCI 13", _on_paper_13()),
        ("BCI", _on_paper_weibo()),
        ("BCI 简式", _on_paper_weibo_simple()),
        ("DCI 新增89", _on_paper_douyin(".89", ".11")),
        ("DCI 新增11", _on_paper_douyin(".11", ".89")),
        ("BVCI", _on_paper_bilibili()),
        ("QSCI", _on_paper_qq()),
        ("NRI", _on_paper_list()),
    ],
)
def test_a_formula_gives_what_paper_gives(key: str, paper: Decimal) -> None:
    assert value(key, **ACCOUNT) == pytest.approx(float(paper), rel=1e-12)


@pytest.mark.parametrize("key", INDICES.names())
def test_nothing_published_is_nought_and_something_missing_is_missing(key: str) -> None:
    nothing = {**dict.fromkeys(ACCOUNT, 0), "天数": 7}
    assert value(key, **nothing) == 0
    for name in INDICES.get(key).inputs:
        assert pd.isna(value(key, **{**ACCOUNT, name: float("nan")}))


@pytest.mark.parametrize("key", INDICES.names())
def test_an_index_says_how_surely_it_is_known(key: str) -> None:
    found = INDICES.get(key)
    assert found.confidence in "ABC"
    assert len(found.basis) > 10


@given(st.sampled_from(INDICES.names()), st.data())
def test_more_of_what_comes_back_is_never_less_of_an_index(key: str, data: st.DataObject) -> None:
    found = INDICES.get(key)
    name = data.draw(
        st.sampled_from([each for each in found.inputs if each not in ("天数", "作品数")])
    )
    more = data.draw(st.integers(0, 10**7))
    assert value(key, **{**ACCOUNT, name: ACCOUNT[name] + more}) >= value(key, **ACCOUNT) - 1e-9


def test_followers_lost_count_as_none_gained() -> None:
    lost = {**ACCOUNT, "粉丝净增数": -500}
    assert value("DCI 新增89", **lost) == value("DCI 新增89", **{**ACCOUNT, "粉丝净增数": 0})


def test_a_period_of_no_days_and_a_column_that_is_not_there_are_refused() -> None:
    with pytest.raises(InputError, match="天数"):
        value("WCI 13", **{**ACCOUNT, "天数": 0})
    with pytest.raises(InputError, match="播放数"):
        value("BVCI", **{name: each for name, each in ACCOUNT.items() if name != "播放数"})


@pytest.mark.parametrize(
    ("text", "number"),
    [("10万+", 100001), ("10W+", 100001), ("9.8万", 98000), ("1,234", 1234), ("0", 0), ("—", None)],
)
def test_a_number_is_read_as_platforms_show_it(text: str, number: int | None) -> None:
    assert shown(text) == number


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        (date(2026, 11, 22), date(2026, 11, 28), 7),
        (date(2026, 2, 1), date(2026, 2, 28), 30),
        (date(2026, 10, 1), date(2026, 10, 31), 30),
        (date(2024, 1, 1), date(2024, 12, 31), 365),
        (date(2026, 7, 1), date(2026, 9, 30), 92),
        (date(2026, 7, 2), date(2026, 7, 4), 3),
    ],
)
def test_days_are_counted_as_the_publishers_count_them(
    first: date, last: date, number: int
) -> None:
    assert days(first, last) == number
