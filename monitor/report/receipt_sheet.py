"""The workbook 回执表: a campaign's open tasks, heads locked, and what a unit fills in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.domain.receipt_sheet import FILLED, HIDDEN, KNOWN, NO, OUT, TEMPLATE, UNIT, URL, YES
from monitor.report import filling_book
from monitor.report.filling_book import Layout

LAYOUT: Final = Layout(
    "回执",
    HIDDEN,
    KNOWN,
    FILLED,
    3,
    {UNIT: 28, "账号名称": 26, "截止时间": 17, URL: 44, "说明": 24},
    {OUT: (YES, NO)},
)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One task: what stands in `KNOWN`, and what in `FILLED` (nothing, when it goes out)."""

    known: tuple[str, ...]
    filled: tuple[str, ...] = ()


def render(campaign_id: int, said: tuple[str, str], lines: Sequence[SheetLine]) -> bytes:
    """The workbook of a campaign; `said` are the title and the sentence below it."""
    rows = [(each.known, _filled(each.filled)) for each in lines]
    return filling_book.render(LAYOUT, said, (TEMPLATE, str(campaign_id)), rows)


def _filled(said: Sequence[str]) -> tuple[str, ...]:
    return (*said, *("",) * len(FILLED))[: len(FILLED)]
