"""The notice above a header in which a platform says how many rows it hands out at most."""

import re
from collections.abc import Sequence
from typing import Final

from monitor.collect.files.layout import Layout
from monitor.collect.files.rows import Table
from monitor.collect.files.values import plain, text_of

_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d{2,7}")


def cap(layout: Layout, tables: Sequence[Table]) -> int | None:
    """The most rows such a file can hold: as its own notice says, else as the layout does."""
    if not layout.notice:
        return layout.row_cap
    for table in tables:
        for row in table.rows[: table.first]:
            for cell in row:
                _, found, after = plain(text_of(cell)).partition(layout.notice)
                number = _NUMBER.search(after) if found else None
                if number is not None:
                    return int(number[0].replace(",", ""))
    return layout.row_cap
