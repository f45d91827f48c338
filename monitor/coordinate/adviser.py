"""Adviser 关停合并建议, pure: which accounts a person should look at, why, and what is proposed.

Nothing follows from it by itself: every line is 建议, with its reasons, for a person to take or
leave. Silence counts by its lower bound alone: what was not seen is held against nobody.
"""

from typing import Final

from monitor.domain.account import State
from monitor.domain.advice import Advice, Advised, Known
from monitor.domain.instants import DAY

SILENT_DAYS: Final = 90
FEW_FOLLOWERS: Final = 500
LOST_DAYS: Final = 180
"""本厅设定: nobody lays these days and numbers down for the whole country."""
LIVE: Final = frozenset({State.ACTIVE, State.LOST, State.UNCHECKED})


def advise(known: Known) -> Advised | None:
    """What to propose; None where nothing speaks for it, or the account is on its way out."""
    if known.state not in LIVE:
        return None
    reasons = _reasons(known)
    if known.beside and not known.main:
        return Advised(Advice.MERGE, (f"本单位同平台已有“{known.beside}”", *reasons))
    if not reasons:
        return None
    return Advised(Advice.FIND if known.state is State.LOST else Advice.CLOSE, reasons)


def _reasons(known: Known) -> tuple[str, ...]:
    found = []
    if known.never:
        found.append("主页未见任何作品")
    elif known.silent is not None and known.silent > SILENT_DAYS * DAY and _few(known):
        told = f"已{known.silent // DAY}天未更新"
        found.append(f"{told},粉丝{known.followers}人,不足{FEW_FOLLOWERS}人")
    if known.state is State.LOST and known.lost is not None and known.lost > LOST_DAYS * DAY:
        found.append(f"失管已{known.lost // DAY}天")
    return tuple(found)


def _few(known: Known) -> bool:
    return known.followers is not None and known.followers < FEW_FOLLOWERS
