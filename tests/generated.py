"""Generated: how many ledgers, exports and forms are made up; 20,000 of them where SENTINEL_DEEP=1.

Each kind has a count for every day and one for the deep run. What really ran is counted as it runs
and told at the end (tests/conftest.py), so that the figure is one of things done.
"""

import os
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

DEEP = os.environ.get("SENTINEL_DEEP") == "1"
PROMISED = 20_000
COUNTS = {
    "ledgers with a row each": (25, 4200),
    "ledgers with columns per platform": (25, 3200),
    "ledgers with spoilt bytes": (25, 2200),
    "sheets of any cells": (25, 2000),
    "ledgers entered into the registry": (12, 900),
    "exports of 抖音": (40, 2000),
    "exports of 视频号": (40, 1200),
    "exports with any cells": (40, 1200),
    "universal templates": (25, 1500),
    "patrol forms": (15, 800),
    "report forms": (15, 800),
}
PROVINCES = 10_000
ran: Counter[str] = Counter()
lived: Counter[str] = Counter()
"""Provinces that were generated and what was judged of them, counted as each was held against the
walk: what is counted agreed with it."""


def generated(what: str, *strategies: SearchStrategy[Any]) -> Callable[[Any], Any]:
    """The test once for each made-up thing of that kind, counted when it has passed."""
    every_day, deep = COUNTS[what]

    def decorate(test: Callable[..., None]) -> Any:
        @wraps(test)
        def one(*args: Any, **named: Any) -> None:
            test(*args, **named)
            ran[what] += 1

        return settings(
            max_examples=deep if DEEP else every_day,
            deadline=None,
            database=None,
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
                HealthCheck.function_scoped_fixture,
            ],
        )(given(*strategies)(one))

    return decorate


def told(counts: Counter[str]) -> list[str]:
    """The figure, in lines for the end of a run."""
    sum_line = f"generated ledgers, exports and forms: {sum(counts.values()):,} passed"
    return [sum_line, *(f"  {what}: {counts[what]:,}" for what in COUNTS if counts[what])]


def told_of_provinces(counts: Counter[str]) -> str:
    """The same for generated provinces."""
    failed = counts["不合格"]
    return (
        f"generated provinces: {counts['provinces']:,} of {PROVINCES:,} lived, "
        f"{counts['judged']:,} judgements as the walk says, 不合格 {failed:,} "
        f"({counts['posted']} of an account that had posted), "
        f"暂不作认定 {counts['暂不作认定']:,}"
    )
