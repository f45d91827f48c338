"""Which form a file is that comes back: 巡查表 by its heads, others by what is hidden in them."""

from enum import StrEnum

from monitor.collect import patrol_sheet, report_sheet
from monitor.collect.files import header, sheets
from monitor.collect.files.grid import LIMITS, Limits, Sheet
from monitor.collect.files.values import text_of
from monitor.domain import clearing_sheet, receipt_sheet
from monitor.domain.errors import InputError
from monitor.domain.form import FORM_MARK
from monitor.domain.form import HIDDEN_SHEET as FORM_SHEET


class Returning(StrEnum):
    """A form that comes back, or none of ours."""

    NONE = ""
    PATROL = "巡查表"
    REPORT = "填报表"
    RECEIPT = "回执表"
    CHECK = "自查表"


def kind(content: bytes, name: str, limits: Limits = LIMITS) -> Returning:
    """Which form it is; NONE too where it is no table at all."""
    try:
        found = sheets.read(content, name, limits)
    except InputError:
        return Returning.NONE
    for each in found:
        if hidden := _hidden(each):
            return hidden
    heads = (header.find(each.rows, patrol_sheet.WORDS, patrol_sheet.WITHIN) for each in found)
    return Returning.PATROL if any(each is not None for each in heads) else Returning.NONE


def _hidden(sheet: Sheet) -> Returning:
    """What a hidden sheet says its workbook is."""
    first, second, *_ = (*map(text_of, sheet.rows[0][:2]), "", "") if sheet.rows else ("", "")
    if (sheet.name, first) == (report_sheet.HIDDEN, report_sheet.TEMPLATE):
        return Returning.REPORT
    if (sheet.name, first) == (receipt_sheet.HIDDEN, receipt_sheet.TEMPLATE):
        return Returning.RECEIPT
    if (sheet.name, first) == (FORM_SHEET, FORM_MARK) and second.startswith(clearing_sheet.TOKEN):
        return Returning.CHECK
    return Returning.NONE
