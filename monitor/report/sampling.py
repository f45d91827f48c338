"""Spot checks 抽查: a stratified sample anybody can draw again from its seed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that may be drawn: its id, where it lies, and its platform."""

    account_id: int
    place: str
    platform: str


@dataclass(frozen=True, slots=True)
class Stratum:
    """A 市州 and platform: how many accounts it has and how many were drawn."""

    place: str
    platform: str
    total: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, with the seed to draw it again; `drawn` are ids in ascending order."""

    seed: str
    total: int
    strata: tuple[Stratum, ...]
    drawn: tuple[int, ...]

    @property
    def said(self) -> str:
        """`抽查591个(共4935个)`: never one without the other."""
        return f"抽查{len(self.drawn)}个(共{self.total}个)"


def draw(candidates: Iterable[Candidate], size: int, seed: str) -> Sample:
    """`size` accounts by place and platform in proportion, the largest remainders rounded up.

    Within a stratum the accounts with the least hash of seed and id are taken: neither the order
    of the list nor a library's generator matters. A size above the total draws all; ValueError
    below 0.
    """
    if size < 0:
        raise ValueError("a sample has a size from 0 up")
    every = sorted(set(candidates), key=lambda each: each.account_id)
    wanted = min(size, len(every))
    shares = apportion(Counter((each.place, each.platform) for each in every), wanted)
    drawn: list[int] = []
    strata = []
    for (place, platform), share in shares.items():
        members = [each for each in every if (each.place, each.platform) == (place, platform)]
        members.sort(key=lambda each: (_rank(seed, each.account_id), each.account_id))
        drawn += [each.account_id for each in members[:share]]
        strata.append(Stratum(place, platform, len(members), share))
    return Sample(seed, len(every), tuple(strata), tuple(sorted(drawn)))


def picked(ids: Iterable[int], most: int, seed: str) -> list[int]:
    """At most `most` of these ids: those with the least hash of seed and id, in ascending order."""
    ranked = sorted(set(ids), key=lambda each: (_rank(seed, each), each))
    return sorted(ranked[:most])


def apportion(sizes: Counter[tuple[str, str]], wanted: int) -> dict[tuple[str, str], int]:
    """Places of a sample by largest remainder, ties to the larger stratum, then by name."""
    total = sizes.total()
    keys = sorted(sizes)
    shares = {key: wanted * sizes[key] // total for key in keys} if total else {}
    order = sorted(keys, key=lambda key: (-(wanted * sizes[key] % total), -sizes[key], key))
    for key in order[: wanted - sum(shares.values())]:
        shares[key] += 1
    return shares


def _rank(seed: str, account_id: int) -> str:
    return sha256(f"{seed}:{account_id}".encode()).hexdigest()
