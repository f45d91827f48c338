"""排名稳定性 in words: as fine as the data allows, and the same for all of one tie group."""

from dataclasses import replace

from monitor.report import scorecard, steady
from tests.report.scorecards import a_sheet


def test_each_unit_with_a_place_has_a_row_and_says_what_moves_it() -> None:
    sheet = a_sheet()
    placed = [each for each in sheet.totals if each.place is not None and each.low is not None]
    rows = steady.rows(sheet)
    assert {each["机构代码"] for each in rows} == {each.unit for each in placed}
    assert rows == sorted(rows, key=lambda each: (str(each["组别"]), str(each["机构代码"])))
    for row in rows:
        total = sheet.of(str(row["机构代码"]))
        assert total is not None
        interval = scorecard.interval(total)
        assert row["位次（参考区间）"] == f"{scorecard.place(sheet, total)}（{interval}）"


def test_a_move_is_told_in_places_and_no_place_is_told_within_a_tie_group() -> None:
    total = next(each for each in a_sheet().totals if each.place is not None)
    place = total.place or 0
    assert steady.moved(replace(total, percentile=place + 2)) == "后移2位"
    assert steady.moved(replace(total, percentile=place - 1)) == "前移1位"
    assert steady.moved(replace(total, percentile=place)) == "不变"
    assert steady.moved(replace(total, percentile=None)) is None


def test_the_percentile_counts_who_stands_no_higher_and_spans_a_tie_group() -> None:
    sheet = a_sheet()
    one = next(each for each in sheet.totals if each.place is not None)
    totals = tuple(
        replace(one, unit=f"{n}", place=n, tier=tier, peers="甲")
        for n, tier in ((1, 1), (2, 2), (3, 2), (4, 3))
    )
    tried = replace(sheet, totals=totals, among=())
    told = [steady.percentile(tried, each, 4) for each in totals]
    assert told == ["100.0%", "50.0%—75.0%", "50.0%—75.0%", "25.0%"]
    assert steady.percentile(tried, totals[0], 1) is None


def test_the_line_that_moves_it_most_is_called_by_its_name() -> None:
    sheet = a_sheet()
    one = next(each for each in sheet.totals if each.place is not None)
    line = next(iter(sheet.indicators))
    moved = replace(
        sheet, totals=(replace(one, low=1, high=2, out_low=1, out_high=2, weakest=line),), among=()
    )
    [row] = steady.rows(moved)
    assert row["影响最大的一项"] == f"{line} {sheet.indicators[line].name}"
    [still] = steady.rows(replace(moved, totals=(replace(moved.totals[0], weakest=""),)))
    assert still["影响最大的一项"] == "无"
