"""A workbook that people fill in: what is ours is locked, what is theirs is free, and a hidden
sheet says what it is, so that it is known again when it comes back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from monitor.report.xlsx_file import OPTIONS, UNDATED

HEAD_ROW: Final = 2
WIDTH: Final = 12
PROTECTION: Final = {"format_columns": True, "sort": True, "autofilter": True}
Line = tuple[Sequence[str], Sequence[str]]
"""What stands in the locked columns of a row, and in the free ones."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's columns: `known` are ours, `free` are theirs, `choices` what one of these may hold,
    `widths` in characters; `staying` columns do not scroll away, `hidden` names that sheet."""

    sheet: str
    hidden: str
    known: Sequence[str]
    free: Sequence[str]
    staying: int
    widths: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


def render(
    layout: Layout, said: tuple[str, str], mark: Iterable[str], lines: Sequence[Line]
) -> bytes:
    """The workbook; `said` are the title and the sentence below it, `mark` what the hidden sheet
    says, a cell below the other."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": said[0], "created": UNDATED})
        sheet = book.add_worksheet(layout.sheet)
        _head(book, sheet, layout, said)
        _lines(book, sheet, len(layout.known), lines)
        _guard(sheet, layout, HEAD_ROW + max(len(lines), 1))
        hidden = book.add_worksheet(layout.hidden)
        for place, text in enumerate(mark):
            hidden.write_string(place, 0, text)
        hidden.very_hidden()
    return content.getvalue()


def _head(book: Any, sheet: Any, layout: Layout, said: tuple[str, str]) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    note = book.add_format({"font_color": "#5b6875"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#e3e8ef"})
    sheet.write_string(0, 0, said[0], title)
    sheet.write_string(1, 0, said[1], note)
    for place, column in enumerate((*layout.known, *layout.free)):
        sheet.write_string(HEAD_ROW, place, column, head)
        sheet.set_column(place, place, layout.widths.get(column, WIDTH))


def _lines(book: Any, sheet: Any, known: int, lines: Sequence[Line]) -> None:
    fixed = book.add_format({"border": 1, "bg_color": "#f4f6f9"})
    free = book.add_format({"border": 1, "locked": False, "num_format": "@"})
    for row, (ours, theirs) in enumerate(lines, HEAD_ROW + 1):
        for place, text in enumerate(ours):
            sheet.write_string(row, place, text, fixed)
        for place, text in enumerate(theirs, known):
            sheet.write_string(row, place, text, free)


def _guard(sheet: Any, layout: Layout, last: int) -> None:
    """What is ours cannot be typed over; what is a choice is chosen."""
    sheet.freeze_panes(HEAD_ROW + 1, layout.staying)
    sheet.protect("", PROTECTION)
    for column, choices in layout.choices.items():
        place = len(layout.known) + layout.free.index(column)
        rule = {
            "validate": "list",
            "source": list(choices),
            "error_title": "请从列表中选择",
            "error_message": "、".join(choices),
        }
        sheet.data_validation(HEAD_ROW + 1, place, last, place, rule)
