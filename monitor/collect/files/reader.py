"""A process of its own that reads one workbook from stdin and writes its sheets to stdout, pickled.

The reader is written in Rust: of a damaged old workbook it may ask for a hundred gigabytes and take
its whole process down. Here that costs one import and nothing else. It imports nothing of the
product, so that it starts in a moment.
"""

import pickle
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import Any

MEMORY = 3_000_000_000
SECONDS = 300


def read(content: bytes, most_rows: int, most_columns: int, most_cells: int) -> tuple[str, Any]:
    """('sheets', [(title, rows, merged)]), or what is wrong.

    That is 'password', 'large' with where, or 'damaged'.
    """
    import python_calamine as calamine  # noqa: PLC0415  # not before the limits are set

    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        found: list[tuple[str, list[list[Any]], Any]] = []
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
            found.append((each.name, body, spans))
    except calamine.PasswordError:
        return "password", None
    except calamine.CalamineError as error:
        return "damaged", str(error)
    return "sheets", found


def main() -> None:
    """Bounded in memory and time; what exceeds them ends without an answer."""
    # Some systems do not know these limits; the parent waits no longer than it says anyway.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limits = [int(each) for each in sys.argv[1:4]]
    answer = read(sys.stdin.buffer.read(), *limits)
    pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
