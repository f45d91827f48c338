"""Chance without state: a roll is a hash of its names, the same for ever on every machine."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

Name = str | int


def roll(sides: int, *names: Name) -> int:
    """A whole number in [0, sides) that belongs to `names`."""
    text = "/".join(map(str, names))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) % sides


def pick(things: Sequence[T], *names: Name) -> T:
    """One of `things`, the one that belongs to `names`."""
    return things[roll(len(things), *names)]


def between(low: int, high: int, *names: Name) -> int:
    """A whole number in [low, high] that belongs to `names`."""
    return low + roll(high - low + 1, *names)


def hexadecimal(digits: int, *names: Name) -> str:
    """`digits` hexadecimal digits that belong to `names`."""
    text = "/".join(map(str, names))
    return blake2b(text.encode(), digest_size=32).hexdigest()[:digits]
