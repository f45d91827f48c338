"""Redirects: after sign-in one goes to a page of this desk and nowhere else."""

import re
from typing import Final
from urllib.parse import unquote

HOME: Final = "/"
LONGEST: Final = 512
LOCAL: Final = re.compile(
    r"/(?:[A-Za-z0-9_\-.~%]+(?:/[A-Za-z0-9_\-.~%]+)*)?(?:\?[A-Za-z0-9_\-.~%&=+:,]*)?"
)
"""A path of plain segments and a query of plain values: anything else is not ours."""


def safe_path(wanted: str | None) -> str:
    """`wanted` where it is a local path of this desk, else the home page.

    What browsers quietly repair is refused: `//host`, `/\\host`, control characters, back slashes,
    an encoded slash or back slash, dots that climb; and the entrance itself, which would go round.
    """
    if not wanted or len(wanted) > LONGEST or not LOCAL.fullmatch(wanted):
        return HOME
    path = wanted.partition("?")[0]
    opened = _unquoted(path)
    if opened != path and any(sign in opened for sign in ("/" * 2, "\\", "%", "..")):
        return HOME
    if "\\" in opened or any(not char.isprintable() for char in opened):
        return HOME
    if any(part in {".", ".."} for part in opened.split("/")):
        return HOME
    return HOME if opened == "/auth" or opened.startswith(("/auth/", "/_stcore")) else wanted


def _unquoted(path: str) -> str:
    """Decoded twice: what one hop leaves encoded the next may open."""
    return unquote(unquote(path))
