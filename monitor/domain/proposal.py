"""Proposal 待确认事项: what a look or a unit says of the registry, until a person confirms it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from monitor.domain.account import Account, State
from monitor.domain.patrol import Look, Seen
from monitor.domain.report_line import ReportLine, StopReason

FORMER: Final = "曾用名"
REMOVAL_CHECKED: Final = "注销核验日期"
PAUSE_PAPER: Final = "暂停更新依据"
"""The registry's columns for what a confirmation adds."""
LONGEST: Final = 200


class Matter(StrEnum):
    """What would change in the registry."""

    RENAMED = "更名"
    REMOVED = "已注销"
    MISSING = "打不开/搜不到"
    LOST = "失管待找回"
    PAUSED = "暂停更新"


class Decision(StrEnum):
    """What became of it."""

    OPEN = "待确认"
    AGREED = "已确认"
    REFUSED = "不予确认"
    WITHDRAWN = "已撤回"


OWN_WORD: Final = frozenset({Matter.LOST, Matter.PAUSED})
"""What a unit declares of itself and what excuses it: a level above must confirm it."""
_OF_LOOK: Final = {
    Seen.RENAMED: Matter.RENAMED,
    Seen.DEREGISTERED: Matter.REMOVED,
    Seen.UNREACHABLE: Matter.MISSING,
    Seen.NOT_FOUND: Matter.MISSING,
}
_STATES: Final = {
    Matter.MISSING: State.UNCHECKED,
    Matter.LOST: State.LOST,
    Matter.PAUSED: State.PAUSED,
}
STANDING: Final = frozenset({State.ACTIVE, State.PAUSED, State.LOST, State.UNCHECKED})
"""States in which an account is still to be there."""
_IN_USE: Final = frozenset({State.ACTIVE, State.UNCHECKED})


@dataclass(frozen=True, slots=True)
class Proposal:
    """One open or decided matter of one account.

    `value` is the new name of 更名, '' where nobody read it. `stated_at` is when it was seen or
    declared (seconds). It rests on a look or on a line of 填报; `person_id` None: a receipt link
    or a file at the machine.
    """

    id: int
    account_id: int
    matter: Matter
    value: str
    stated_at: int
    look_id: int | None = None
    line_id: int | None = None
    person_id: int | None = None
    decision: Decision = Decision.OPEN


def of_look(look: Look, name: str) -> tuple[Matter, str] | None:
    """What a look proposes of an account the registry calls `name`; None where nothing."""
    matter = _OF_LOOK.get(look.seen)
    if matter is Matter.RENAMED and look.name_now == name:
        return None
    return None if matter is None else (matter, look.name_now if matter is Matter.RENAMED else "")


def of_line(account: Account, line: ReportLine) -> Matter | None:
    """What a line of 填报 proposes: a lost password 失管待找回, an approved pause 暂停更新."""
    if account.state not in _IN_USE:
        return None
    return {StopReason.PASSWORD: Matter.LOST, StopReason.PAUSED: Matter.PAUSED}.get(
        line.reason or StopReason.NONE
    )


def agreed(account: Account, matter: Matter, seen_on: date, said: str) -> Account:
    """The account as the registry states it once confirmed.

    A new name holds from the day it was seen, whatever excuses only from the confirmation on. A
    page that is gone is the platform's side alone: an account in use is 待核 until it is closed by
    the book, one on its way keeps its state. `said` is the new name of 更名, the paper or notice of
    暂停更新.
    """
    if matter is Matter.RENAMED:
        return renamed(account, said, seen_on)
    details = dict(account.details)
    if matter is Matter.REMOVED:
        details[REMOVAL_CHECKED] = seen_on.isoformat()
        state = State.UNCHECKED if account.state in STANDING else account.state
        return replace(account, state=state, details=details)
    if matter is Matter.PAUSED:
        details[PAUSE_PAPER] = said
    return replace(account, state=_STATES[matter], details=details)


def renamed(account: Account, name: str, seen_on: date) -> Account:
    """The account under another name; the old one is kept as 曾用名."""
    former = [each for each in account.details.get(FORMER, "").split("、") if each]
    kept = former if account.name in former else [*former, account.name]
    details = account.details | {FORMER: "、".join(kept)}
    return replace(account, name=name, details=details, valid_from=account.since(seen_on))
