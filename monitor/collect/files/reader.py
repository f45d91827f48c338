"""A process of its own that reads one workbook from stdin and writes its sheets to stdout, pickled.

The reader is written in Rust: of a damaged old workbook it may ask for a hundred gigabytes and take
its whole process down. Here that costs one import and nothing else. It imports nothing of the
product, so that it starts in a moment.
"""

import gc
import pickle
import resource
import sys
from array import array
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any

MEMORY = 3_000_000_000
SECONDS = 300


def read(content: bytes, most_rows: int, most_columns: int, most_cells: int) -> tuple[str, Any]:
    """('sheets', [(title, number of rows, columns, merged)]), or what is wrong.

    That is 'password', 'large' with where, or 'damaged'. Columns are as `strip` writes them.
    """
    import python_calamine as calamine  # noqa: PLC0415  # not before the limits are set

    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        found: list[tuple[str, int, list[Any], Any]] = []
        cells = 0
        for each in book.sheets_metadata:
            if each.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(each.name)
            rows, columns = (0, 0) if sheet.end is None else (sheet.end[0] + 1, sheet.end[1] + 1)
            cells += rows * columns
            if rows > most_rows or columns > most_columns or cells > most_cells:
                return "large", (each.name, rows, columns)
            body = sheet.to_python(skip_empty_area=False) if rows else []
            merged = sheet.merged_cell_ranges
            spans = None if merged is None else [(*first, *last) for first, last in merged]
            columns_of = [strip(column) for column in zip(*body, strict=True)]
            found.append((each.name, len(body), columns_of, spans))
    except calamine.PasswordError:
        return "password", None
    except calamine.CalamineError as error:
        return "damaged", str(error)
    return "sheets", found


def strip(column: Sequence[Any]) -> tuple[list[Any], Sequence[int]]:
    """The different cells of a column, and the place among them of the cell of each row.

    Dates, names and counts repeat themselves: they are handed over once and taken apart once. Of a
    column of nothing but different cells each stands for itself.
    """
    different = list(dict.fromkeys(column))
    # To a dict 1, 1.0 and True are one cell; to an account's id they are three.
    mixed = len(set(map(type, column)) & {bool, int, float}) > 1
    if mixed or len(different) * 2 > len(column):
        return list(column), range(len(column))
    place = {cell: number for number, cell in enumerate(different)}
    return different, array("I", map(place.__getitem__, column))


def main() -> None:
    """Bounded in memory and time; what exceeds them ends without an answer."""
    # Some systems do not know these limits; the parent waits no longer than it says anyway.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Cells hold no cells: there is nothing for it to find, however often it looks.
    gc.disable()
    limits = [int(each) for each in sys.argv[1:4]]
    answer = read(sys.stdin.buffer.read(), *limits)
    pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
