"""The workbook of 填报: pre-filled lines, locked heads, drop-downs, and a hidden template id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.domain.report_line import (
    COLUMNS,
    COMMENTS,
    KEEPER,
    KEEPERS,
    NEWEST,
    REASON,
    YES_NO,
    StopReason,
)
from monitor.report import filling_book
from monitor.report.filling_book import Layout

SHEET: Final = "填报"
HIDDEN: Final = "模板"
TEMPLATE: Final = "sentinel-report-1"
KNOWN: Final = ("平台", "账号名称", "主办单位", "账号编号")
LAYOUT: Final = Layout(
    SHEET,
    HIDDEN,
    KNOWN,
    COLUMNS,
    2,
    {"账号名称": 26, "主办单位": 24, NEWEST: 20, "最近一条链接": 36, "备注": 24},
    {COMMENTS: YES_NO, REASON: tuple(StopReason), KEEPER: KEEPERS},
)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One account's row: who it is, its number in the registry, and what stands in it already."""

    platform: str
    name: str
    unit: str
    account_id: int
    words: Mapping[str, str]


def render(unit: str, week: str, said: tuple[str, str], lines: Sequence[SheetLine]) -> bytes:
    """A unit's workbook for a week; `said` are the title and the sentence below it."""
    rows = [
        (
            (each.platform, each.name, each.unit, str(each.account_id)),
            [each.words.get(column, "") for column in COLUMNS],
        )
        for each in lines
    ]
    return filling_book.render(LAYOUT, said, (TEMPLATE, week, unit), rows)
