"""On which periods a scheme may be used, told by its sheet."""

from typing import Final

from monitor.collect import shelf
from monitor.domain.bulletin import Longer, Sort
from monitor.score.scheme import SORTS

ANY: Final = (Sort.QUARTER, Longer.YEAR, Longer.HALF, Sort.MONTH)
"""The sorts of period an assessment may be of, the usual one first."""


def sorts_of(text: str) -> tuple[Sort | Longer, ...]:
    """The sort of period a scheme's sheet names, or every one where it leaves that open."""
    named = SORTS.get(str(shelf.parse(text.encode(), "考核方案").mapping.get("period", "")))
    return ANY if named is None else (named,)
