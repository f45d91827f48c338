"""Values of cells: what people and platforms write is read right, or refused."""

import math
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.files import values
from monitor.collect.files.values import Count, Unreadable
from tests.collect.files.books import wide


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("0", Count(0)),
        (0, Count(0)),
        (12.0, Count(12)),
        ("1,234", Count(1234)),
        ("1，234", Count(1234)),
        (f" {wide('123')} ", Count(123)),
        ("1.2万", Count(12_000)),
        ("1.2w", Count(12_000)),
        ("3.4亿", Count(340_000_000)),
        ("10万+", Count(100_000, capped=True)),
        ("100000+", Count(100_000, capped=True)),
        ("1,234次", Count(1234)),
        ("12345.0", Count(12345)),
    ],
)
def test_counts_are_read_as_people_write_them(cell: values.Cell, expected: Count) -> None:
    assert values.count(cell) == expected


@pytest.mark.parametrize("cell", ["", " ", "-", "--", "—", "——", None, wide("-"), "N/A"])
def test_no_data_is_missing_and_never_zero(cell: values.Cell) -> None:
    assert values.count(cell) is None
    assert values.share(cell) is None
    assert values.seconds(cell) is None


def test_minus_one_is_missing_only_where_the_layout_says_so() -> None:
    also = frozenset({"-1"})
    assert [values.count(each, also) for each in (-1, -1.0, "-1", "-1.00")] == [None] * 4
    with pytest.raises(Unreadable):
        values.count("-1")


@pytest.mark.parametrize(
    "cell",
    ["abc", "1.5", 1.5, -3, "-3", math.nan, math.inf, True, "1e5", "4.2E+11", 1e20, "12,34",
     "1 万亿", "9999999亿", "+", "万", "1..2万", timedelta(seconds=3)],
)  # fmt: skip
def test_what_is_no_count_is_refused(cell: values.Cell) -> None:
    with pytest.raises(Unreadable) as refused:
        values.count(cell)
    assert "整数" in refused.value.expected


@given(st.integers(0, 10**12))
def test_a_count_written_in_any_way_is_the_same_count(number: int) -> None:
    for written in (number, str(number), f"{number:,}", f"{number:,}".replace(",", "，")):
        assert values.count(written) == Count(number)


@given(st.integers(0, 99_999), st.integers(0, 9))
def test_ten_thousands_with_one_decimal_are_exact(whole: int, tenth: int) -> None:
    assert values.count(f"{whole}.{tenth}万") == Count(whole * 10_000 + tenth * 1000)


@given(st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.none()))
def test_no_cell_at_all_makes_a_count_that_is_negative_or_absurd(cell: values.Cell) -> None:
    try:
        found = values.count(cell)
    except Unreadable:
        return
    assert found is None or 0 <= found.value <= values.ABSURD


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("4.41 %", 0.0441), ("4.41%", 0.0441), (wide("4.41%"), 0.0441), (0.0441, 0.0441), ("0", 0.0),
     ("0.46", 0.46), (1, 1.0), ("120%", 1.2)],
)  # fmt: skip
def test_shares_are_read_as_ratios(cell: values.Cell, expected: float) -> None:
    assert values.share(cell) == pytest.approx(expected)


def test_percentage_points_are_divided_by_a_hundred() -> None:
    assert values.points(16.55) == pytest.approx(0.1655)
    assert values.points("16.55%") == pytest.approx(0.1655)


@pytest.mark.parametrize("cell", ["1001%", 12, "-1%", "http://x", math.nan, True])
def test_what_is_no_share_is_refused(cell: values.Cell) -> None:
    with pytest.raises(Unreadable):
        values.share(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("14.73秒", 14.73), ("14.73s", 14.73), (14.73, 14.73), ("1分20秒", 80.0),
     ("1小时2分3秒", 3723.0), ("01:20", 80.0), ("1:02:03", 3723.0), (time(0, 1, 20), 80.0),
     (timedelta(seconds=80), 80.0)],
)  # fmt: skip
def test_durations_are_read_in_seconds(cell: values.Cell, expected: float) -> None:
    assert values.seconds(cell) == pytest.approx(expected)


def test_what_is_no_duration_is_refused() -> None:
    with pytest.raises(Unreadable):
        values.seconds("一会儿")


@pytest.mark.parametrize("cell", ["4.2E+11", "4.20102e+11", 1e15, 7123456789012345678])
def test_an_id_whose_digits_are_lost_is_refused_with_an_explanation(cell: values.Cell) -> None:
    with pytest.raises(Unreadable) as refused:
        values.identity(cell)
    assert "文本" in refused.value.expected


def test_a_number_that_is_whole_keeps_its_digits_as_an_id() -> None:
    assert values.identity(420_102_000_000.0) == "420102000000"
    assert values.identity("0012") == "0012"


@pytest.mark.parametrize(
    ("cell", "expected"), [("是", True), ("否", False), (True, True), ("", None)]
)
def test_yes_and_no_are_read(cell: values.Cell, expected: bool | None) -> None:
    assert values.yes_or_no(cell) is expected


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(Unreadable):
        values.yes_or_no("也许")
