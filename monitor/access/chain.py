"""The arithmetic of the audit chain: each entry carries the hash of the one before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import Any, Final

from monitor.domain.errors import InputError

START: Final = "0" * 64
"""What stands before the first entry."""
SHORT: Final = 16
"""Hex digits of a hash that an anchor on paper carries: nobody hits 64 bits by trying."""
PART: Final = "-"


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to what, and why, and for whom; `at` is in microseconds."""

    at: int
    actor_id: int | None
    action: str
    object_kind: str
    object_id: str
    reason: str
    behalf_id: int | None = None


Kept = tuple[int, str, str, int, int | None, str, str, str, str, int | None]
"""A row of the chain as it is kept: number, hash before, hash, and then the fields of its entry."""


@dataclass(frozen=True, slots=True)
class Walked:
    """How far a chain holds: entries that do, the last one's number and hash, and the number of
    the first that does not."""

    count: int
    seq: int
    hash: str
    broken: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Entries in a row, one a line: their texts as they are hashed, and their hashes."""

    texts: bytes
    hashes: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain at one time: its number, and the beginning of its hash."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}{PART}{self.hash[:SHORT]}"


def anchor_of(text: str) -> Anchor:
    """An anchor as it was printed; InputError where it is none."""
    seq, _, digits = text.strip().lower().partition(PART)
    whole = seq.isdecimal() and len(digits) >= SHORT and set(digits) <= set("0123456789abcdef")
    if not whole:
        raise InputError("这不是审计锚点", text, f"应写成 序号{PART}{SHORT}位校验码,见周报末尾")
    return Anchor(int(seq), digits)


def link(before: str, entry: Entry) -> str:
    """The hash of an entry that follows one with hash `before`: 64 hex digits of SHA-256."""
    told = (
        entry.at,
        entry.actor_id,
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.reason,
        entry.behalf_id,
    )
    return sha256(_written(before, told).encode()).hexdigest()


def _written(before: str, told: tuple[Any, ...]) -> str:
    """The entry as compact JSON after the hash before; for whom stands there only if for somebody.

    Written by hand, for the databases write the same bytes when a chain is verified.
    """
    at, actor, action, kind, key, reason, behalf = told
    actor = "null" if actor is None else actor
    tail = "]" if behalf is None else f",{behalf}]"
    said = f"{quoted(action)},{quoted(kind)},{quoted(key)},{quoted(reason)}"
    return f'["{before}",{at},{actor},{said}{tail}'


def holds(block: Block, before: str) -> bool:
    """Whether all entries of a block follow each other, and the first of them `before`.

    No text has a line break of its own (JSON escapes it), so a line is surely one entry; the hash
    before stands at the same place of each.
    """
    texts = block.texts.split(b"\n")
    hashes = [sha256(each).hexdigest() for each in texts]
    if "\n".join(hashes) != block.hashes:
        return False
    followed = b"\n".join([each[_BEFORE] for each in texts]).decode("ascii", "replace")
    return followed == "\n".join([before, *hashes[:-1]])


_BEFORE: Final = slice(2, 2 + len(START))
"""Where the hash before stands in a text: after the bracket and the quotation mark."""


def walk(rows: Iterable[Kept], so_far: Walked = Walked(0, 0, START)) -> Walked:
    """Go along a chain from its start, or from as far as it was gone. An entry that was changed,
    removed, inserted or moved is found; one removed at the end is not, for nothing follows it."""
    before, count, seq = so_far.hash, so_far.count, so_far.seq
    for row in rows:
        hashed = sha256(_written(before, row[3:]).encode()).hexdigest()
        if row[1] != before or row[2] != hashed:
            return Walked(count, seq, before, row[0])
        before, seq = hashed, row[0]
        count += 1
    return Walked(count, seq, before)
