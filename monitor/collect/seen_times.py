"""When a post was published, as a person wrote it beside a look: relative, dated or exact."""

from datetime import time
from typing import Final

from monitor.collect.files import moments
from monitor.collect.files.values import Cell, Unreadable, is_missing
from monitor.domain import relative
from monitor.domain.patrol import Moment

EXPECTED: Final = "发布时间,如2026-11-20 18:05、11-20、3天前、昨天18:05、刚刚,且不晚于查看时间"


def published(cell: Cell, looked: Moment) -> Moment | None:
    """The first and last second it may have been published, seen at some second of `looked`.

    None where the cell is missing; Unreadable where it says no time, or one after the look.
    """
    if is_missing(cell):
        return None
    if isinstance(cell, time):
        cell = cell.strftime("%H:%M")
    try:
        found = relative.bounds(cell, looked) if isinstance(cell, str) else None
        if found is None:
            found = moments.moment(cell)
        return None if found is None else moments.clipped(found, looked[1])
    except (ValueError, Unreadable) as error:
        raise Unreadable(EXPECTED) from error
