"""One hash for many rows: the same whatever order they come in, on any machine."""

import json
from collections.abc import Iterable
from dataclasses import astuple
from hashlib import sha256
from typing import Any


def hash_of(*groups: Iterable[Any]) -> str:
    """SHA-256 of dataclass rows, group after group; within one their order does not matter."""
    found = sha256()
    for rows in groups:
        for line in sorted(_line(each) for each in rows):
            found.update(line.encode())
            found.update(b"\n")
        found.update(b"--\n")
    return found.hexdigest()


def _line(row: Any) -> str:
    return json.dumps([_plain(each) for each in astuple(row)], ensure_ascii=False)


def _plain(value: Any) -> Any:
    """A whole float reads like the integer it is, so that no driver's type tells."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, DIGITS)
    return value


DIGITS = 9
"""Decimals that are compared: sums may be added up in another order."""
