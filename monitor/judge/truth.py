"""Truth of the ledger, pure: what each entry's evidence amounts to, and n right of N checked.

What a third person saw goes before the unit's own word, except where the unit says against itself
that its entry is wrong. What the registry changed since is no longer wrong: it waits to be checked.
"""

from collections.abc import Iterable
from math import sqrt
from typing import Final

from monitor.domain.account import State
from monitor.domain.patrol import NOTHING_SEEN, Seen
from monitor.domain.truth import Basis, Found, Known, Score, Verdict, Word

Z: Final = 1.959963984540054
"""The two-sided 95 % point of the normal distribution."""
OVER: Final = frozenset({State.CLOSED, State.REMOVED})
UNSEEN: Final = Found(Verdict.UNKNOWN)


def weigh(known: Known) -> Found:
    """What is known of one entry."""
    seen = [
        (word, basis)
        for word, basis in ((known.spot, Basis.SPOT), (_looked(known), Basis.PATROL))
        if word is not None and _holds(word, known)
    ]
    third = max(seen, key=lambda each: each[0].at, default=None)
    own = known.own if known.own is not None and _holds(known.own, known) else None
    if own is not None and (third is None or (not own.right and own.at > third[0].at)):
        return _found(own, Basis.OWN)
    return UNSEEN if third is None else _found(*third)


def _holds(word: Word, known: Known) -> bool:
    """Whether a word is still about the entry as it stands."""
    return word.right or word.at >= known.since


def _found(word: Word, basis: Basis) -> Found:
    return Found(Verdict.RIGHT if word.right else Verdict.WRONG, basis, word.at, word.said)


def _looked(known: Known) -> Word | None:
    """What the newest look says; a page that could not be opened once says nothing yet."""
    if not known.looks:
        return None
    look = known.looks[0]
    over = known.state in OVER
    if look.seen is Seen.OK:
        said = f"台账为{known.state},巡查见主页正常" if over else ""
        return Word(not over, look.at, said)
    if look.seen is Seen.RENAMED:
        same = bool(look.name_now) and look.name_now == known.name
        return Word(same, look.at, "" if same else f"巡查见已改名为“{look.name_now or '不详'}”")
    if over:
        return Word(right=True, at=look.at)
    if look.seen is Seen.DEREGISTERED:
        return Word(right=False, at=look.at, said="巡查见主页已注销")
    twice = len(known.looks) > 1 and known.looks[1].seen in NOTHING_SEEN
    said = f"连续两次巡查{look.seen}"
    return Word(right=False, at=look.at, said=said) if twice else None


def score(found: Iterable[Found]) -> Score:
    """How true a part of the ledger is; what nobody looked at counts for nothing."""
    every = list(found)
    right = sum(each.verdict is Verdict.RIGHT for each in every)
    wrong = sum(each.verdict is Verdict.WRONG for each in every)
    spotted = [each for each in every if each.basis is Basis.SPOT]
    same = sum(each.verdict is Verdict.RIGHT for each in spotted)
    own = sum(each.basis is Basis.OWN for each in every)
    bounds = wilson(right, right + wrong)
    return Score(len(every), right, wrong, own, len(spotted), same, *bounds)


def wilson(right: int, checked: int) -> tuple[float | None, float | None]:
    """The 95 % interval of a share by Wilson (1927); nothing where nothing was checked."""
    if not checked:
        return None, None
    share, z2 = right / checked, Z * Z
    middle = (share + z2 / (2 * checked)) / (1 + z2 / checked)
    half = Z * sqrt(share * (1 - share) / checked + z2 / (4 * checked**2)) / (1 + z2 / checked)
    return max(0.0, middle - half), min(1.0, middle + half)
