"""Which form a file is that comes back: 巡查表 by its heads, 填报表 by what is hidden in it."""

from enum import StrEnum

from monitor.collect import patrol_sheet, report_sheet
from monitor.collect.files import header, sheets
from monitor.collect.files.grid import LIMITS, Limits, Sheet
from monitor.collect.files.values import text_of
from monitor.domain.errors import InputError


class Returning(StrEnum):
    """A form that comes back, or none of ours."""

    NONE = ""
    PATROL = "巡查表"
    REPORT = "填报表"


def kind(content: bytes, name: str, limits: Limits = LIMITS) -> Returning:
    """Which form it is; NONE too where it is no table at all."""
    try:
        found = sheets.read(content, name, limits)
    except InputError:
        return Returning.NONE
    if any(_reports(each) for each in found):
        return Returning.REPORT
    heads = (header.find(each.rows, patrol_sheet.WORDS, patrol_sheet.WITHIN) for each in found)
    return Returning.PATROL if any(each is not None for each in heads) else Returning.NONE


def _reports(sheet: Sheet) -> bool:
    first = sheet.rows[0] if sheet.rows else ()
    marked = bool(first) and text_of(first[0]) == report_sheet.TEMPLATE
    return sheet.name == report_sheet.HIDDEN and marked
