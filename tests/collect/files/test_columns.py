"""Columns: rows kept by column are the rows they were made of, cell by cell and type by type."""

from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.files import sheets
from monitor.collect.files.grid import Columns, trimmed
from monitor.collect.files.reader import strip
from tests.collect.files import books
from tests.judge.strategies import THOROUGH

CELLS = st.one_of(
    st.none(),
    st.sampled_from(["", "1", "一", " "]),
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from([0.0, 1.0, 2.5]),
    st.sampled_from([date(2026, 11, 22), datetime(2026, 11, 22)]),  # noqa: DTZ001  # as Excel's are
)
ROWS = st.lists(st.lists(CELLS, max_size=4), max_size=30)


def typed(rows: Any) -> list[list[tuple[type, Any]]]:
    """Cells with their types: 1, 1.0 and True are equal, and not the same."""
    return [[(type(cell), cell) for cell in row] for row in rows]


@THOROUGH
@given(ROWS)
def test_rows_kept_by_column_are_the_same_rows(rows: list[list[Any]]) -> None:
    wide = [list(row) for row in zip(*zip_longest(*rows), strict=True)] or [[] for _ in rows]
    kept = Columns.of(rows)
    assert typed(kept) == typed(wide)
    assert typed(kept[number] for number in range(len(kept))) == typed(wide)
    assert typed(kept[1:-1]) == typed(wide[1:-1])
    assert len(kept) == len(rows)
    assert typed(trimmed(kept)) == typed(trimmed(wide))


def test_a_column_that_repeats_itself_holds_each_cell_once_and_one_that_does_not_holds_all() -> (
    None
):
    assert strip(["a", "b", "a", "a"])[0] == ["a", "b"]
    assert strip(["a", "b", "c", "a"])[1] == range(4)


def test_an_id_and_a_flag_that_are_equal_numbers_stay_what_they_are() -> None:
    [sheet] = sheets.read(books.xlsx([[True], [1], [True], [1], [1], [True]]), "x")
    assert [isinstance(row[0], bool) for row in sheet.rows] == [
        True,
        False,
        True,
        False,
        False,
        True,
    ]
