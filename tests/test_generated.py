"""Generated: the deep run makes up as many as were promised, and counts those that passed."""

from collections import Counter

from tests.generated import COUNTS, PROMISED, told


def test_the_deep_run_makes_up_twenty_thousand_ledgers_exports_and_forms() -> None:
    assert sum(deep for _, deep in COUNTS.values()) >= PROMISED
    assert sum(daily for daily, _ in COUNTS.values()) < 400


def test_the_figure_is_told_as_a_sum_and_by_kind() -> None:
    lines = told(Counter({"patrol forms": 2, "report forms": 1000}))
    assert "1,002" in lines[0]
    assert [line.split(":")[0].strip() for line in lines[1:]] == ["patrol forms", "report forms"]
