"""Redirects: after sign-in one goes to a page of this desk and nowhere else."""

import re
from typing import Final

HOME: Final = "/"
LONGEST: Final = 1024
LOCAL: Final = re.compile(
    r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?(?:\?[A-Za-z0-9_\-.~%&=+:,*]*)?", re.ASCII
)
"""A path of plain words and a query of plain values. What browsers quietly repair has no place in
it: `//host`, `/\\host`, back slashes, control characters, encoded slashes, dots that climb."""
ROUND: Final = ("auth", "_stcore", "static", "media", "component", "app")
"""What is no page: going back to the entrance would go round."""


def safe_path(wanted: str | None) -> str:
    """`wanted` where it is the address of a page of this desk, else the home page."""
    if not wanted or len(wanted) > LONGEST or LOCAL.fullmatch(wanted) is None:
        return HOME
    first = wanted.partition("?")[0].split("/")[1]
    return HOME if first in ROUND else wanted
