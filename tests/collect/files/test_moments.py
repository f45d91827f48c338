"""Moments of cells: a second, a minute or a day, as wide as the source leaves it open."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.files import moments
from monitor.collect.files.values import Cell, Unreadable
from tests.collect.files.books import typed, wide

CHINA = timezone(timedelta(hours=8))


def second(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=CHINA).timestamp())  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    "cell",
    ["2026-06-10 12:34:56", "2026/6/10 12:34:56", "2026年06月10日12时34分56秒",
     "2026-06-10T12:34:56", "2026.6.10 12:34:56", wide("2026-06-10 12:34:56"), "20260610123456",
     "2026-06-10T04:34:56Z", "2026-06-10T12:34:56+08:00", "2026-06-10 12:34:56.0",
     typed(2026, 6, 10, 12, 34, 56)],
)  # fmt: skip
def test_a_time_with_seconds_is_exact(cell: Cell) -> None:
    exact = second(2026, 6, 10, 12, 34, 56)
    assert moments.moment(cell) == (exact, exact)


@pytest.mark.parametrize(
    "cell",
    ["2026-06-10 12:34", "2026/6/10 12:34", "2026年06月10日 12:34", "2026年6月10日12时34分",
     "202606101234", typed(2026, 6, 10, 12, 34)],
)  # fmt: skip
def test_a_time_without_seconds_is_its_minute(cell: Cell) -> None:
    start = second(2026, 6, 10, 12, 34)
    assert moments.moment(cell) == (start, start + 59)


@pytest.mark.parametrize(
    "cell",
    ["20220329", 20220329, 20220329.0, "2022-03-29", "2022/3/29", "2022年03月29日", "2022.3.29",
     date(2022, 3, 29), 44649, 44649.0, "44649"],
)  # fmt: skip
def test_a_date_is_its_shanghai_day(cell: Cell) -> None:
    start = second(2022, 3, 29)
    assert moments.moment(cell) == (start, start + 86399)


def test_an_excel_serial_with_a_fraction_is_a_time_of_that_day() -> None:
    minute = second(2022, 3, 29, 12, 0)
    assert moments.moment(44649.5) == (minute, minute + 59)
    exact = second(2022, 3, 29, 12, 34, 56)
    assert moments.moment(44649 + (12 * 3600 + 34 * 60 + 56) / 86400) == (exact, exact)


@pytest.mark.parametrize("cell", ["", "-", None, "—"])
def test_no_time_is_missing(cell: Cell) -> None:
    assert moments.moment(cell) is None


@pytest.mark.parametrize(
    "cell",
    ["昨天", "2026-02-30", "2026-13-01", "10/6/2026", "1998-01-01", "2026-06-10 25:00",
     12, 61000, -5,
     float("nan"), float("inf"), True, "2026-06-10Z", "2026-6-112:34", 1_750_000_000, "3天前",
     date(1970, 1, 1), "2026-06-10 12:34 星期三"],
)  # fmt: skip
def test_what_is_no_time_of_an_account_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        moments.moment(cell)


@given(st.integers(second(2000, 1, 1), second(2099, 12, 31)))
def test_a_second_written_out_and_read_again_is_the_same_second(at: int) -> None:
    written = datetime.fromtimestamp(at, CHINA)
    for shape in ("%Y-%m-%d %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒", "%Y/%m/%d %H:%M:%S"):
        assert moments.moment(written.strftime(shape)) == (at, at)
    start, end = moments.moment(written.strftime("%Y-%m-%d %H:%M")) or (0, 0)
    assert start <= at <= end
    assert end - start == 59
    day = moments.moment(written.strftime("%Y%m%d")) or (0, 0)
    assert day[0] <= at <= day[1]


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.dates(), st.datetimes()))
def test_whatever_is_read_is_an_interval_within_this_century(cell: Cell) -> None:
    try:
        found = moments.moment(cell)
    except Unreadable:
        return
    if found is not None:
        assert second(2000, 1, 1) - 86400 <= found[0] <= found[1] < second(2100, 1, 2)
        assert found[1] - found[0] in (0, 59, 86399)


def test_a_day_never_reaches_beyond_the_capture() -> None:
    day = moments.moment("2026-11-22")
    assert day is not None
    noon = second(2026, 11, 22, 12, 0)
    assert moments.clipped(day, noon) == (day[0], noon)
    with pytest.raises(Unreadable):
        moments.clipped(day, day[0] - 1)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [("2019-03", (2019, 3, 1), (2019, 3, 31)), ("2020年2月", (2020, 2, 1), (2020, 2, 29)),
     ("2019年", (2019, 1, 1), (2019, 12, 31)), ("2019-03-05", (2019, 3, 5), (2019, 3, 5))],
)  # fmt: skip
def test_an_opening_may_be_known_by_its_month_or_its_year(
    cell: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    found = moments.period(cell)
    assert found == (second(*first), second(*last) + 86399)
    assert moments.period(moments.say_period(found)) == found


def test_a_month_that_is_none_is_refused() -> None:
    with pytest.raises(Unreadable):
        moments.period("2019-13")
