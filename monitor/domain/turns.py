"""Whose turn it is to be read: the worthiest first, and the longest unread in between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

EVERY: Final = 4
"""One place in so many belongs to whoever was not looked at for longest, wanted or not: however
many are wanted and however few calls there are, everybody's turn comes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An account that waits to be read. `worth`: 0 is wanted now, 1 is near a breach, 2 is neither;
    `looked_at` is the second of the last look, 0 where there was none."""

    account_id: int
    worth: int
    looked_at: int


ORDINARY: Final = 2


def turns(waiting: Sequence[Waiting]) -> list[int]:
    """The accounts' ids, each once: by worth and within it the longest unread first; among the
    first n places at least n // EVERY are those of the longest unread of all."""
    stalest = sorted(waiting, key=lambda each: (each.looked_at, each.account_id))
    worthy = [each for worth in range(ORDINARY) for each in stalest if each.worth == worth]
    done: dict[int, None] = {}
    wanted, others = _not_in(done, worthy), _not_in(done, stalest)
    while len(done) < len(waiting):
        own_turn = len(done) % EVERY == EVERY - 1
        done[next(chain(others if own_turn else wanted, others))] = None
    return list(done)


def _not_in(done: dict[int, None], queue: Sequence[Waiting]) -> Iterator[int]:
    """The ids of a queue that had no turn by the time they are asked for."""
    return (each.account_id for each in queue if each.account_id not in done)
