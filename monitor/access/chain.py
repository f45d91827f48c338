"""The arithmetic of the audit chain: each entry carries the hash of the one before it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

START: Final = "0" * 64
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to what, and why; `at` is in microseconds."""

    at: int
    actor_id: int | None
    action: str
    object_kind: str
    object_id: str
    reason: str


def link(before: str, entry: Entry) -> str:
    """The hash of an entry that follows one with hash `before`: 64 hex digits of SHA-256."""
    told = [
        before,
        entry.at,
        entry.actor_id,
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.reason,
    ]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def first_break(chain: Iterable[tuple[Entry, str, str]]) -> int | None:
    """Which entry of (entry, hash before, its hash), counted from 0, does not fit; None if all do.

    An entry that was changed, removed, inserted or moved is found; entries removed at the end are
    not, for nothing follows them.
    """
    before = START
    for number, (entry, claimed_before, claimed) in enumerate(chain):
        if claimed_before != before or link(before, entry) != claimed:
            return number
        before = claimed
    return None
