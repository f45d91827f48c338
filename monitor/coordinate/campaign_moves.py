"""The moves of a campaign and of its tasks as tables: from where, by whom, what must be given."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from monitor.domain.approval import Stage
from monitor.domain.approval import State as Signed
from monitor.domain.campaign import ABSENT, OUT, WAITING, Hand, Move, State, TaskMove, TaskState

S, T, M = State, TaskState, TaskMove


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states a task may be moved, by whose hand, and whether words must go with it."""

    hand: Hand
    states: frozenset[TaskState]
    words: bool = False


TASKS: Final[Mapping[TaskMove, Rule]] = MappingProxyType(
    {
        M.SIGN: Rule(Hand.UNIT, frozenset({T.TO_SIGN})),
        M.REPORT: Rule(Hand.UNIT, ABSENT | {T.REPORTED}),
        M.TELL: Rule(Hand.UNIT, ABSENT),
        M.ASK_OUT: Rule(Hand.UNIT, ABSENT, words=True),
        M.GRANT: Rule(Hand.DESK, frozenset({T.ASKS_OUT})),
        M.DENY: Rule(Hand.DESK, frozenset({T.ASKS_OUT}), words=True),
        M.VERIFY: Rule(Hand.DESK, ABSENT | {T.REPORTED, T.DIFFERS}),
        M.REJECT: Rule(Hand.DESK, frozenset({T.REPORTED}), words=True),
        M.TO_CORRECT: Rule(Hand.DESK, OUT, words=True),
        M.CORRECTED: Rule(Hand.UNIT, frozenset({T.TO_CORRECT})),
        M.RETRACTED: Rule(Hand.UNIT, frozenset({T.TO_CORRECT})),
        M.FOUND: Rule(Hand.MACHINE, ABSENT | {T.REPORTED, T.ASKS_OUT}),
        M.DOUBT: Rule(Hand.MACHINE, ABSENT | {T.REPORTED}),
        M.DIFFERS: Rule(Hand.MACHINE, ABSENT | {T.REPORTED, T.ASKS_OUT}),
        M.MISSED: Rule(Hand.MACHINE, WAITING | {T.UNKNOWN}),
        M.UNKNOWN: Rule(Hand.MACHINE, WAITING),
    }
)
"""Every move of a task. What it does stands in `coordinate.campaign`."""

CAMPAIGNS: Final[Mapping[Move, tuple[frozenset[State], State]]] = MappingProxyType(
    {
        Move.ISSUE: (frozenset({S.DRAFT}), S.UNDER_WAY),
        Move.END: (frozenset({S.UNDER_WAY}), S.ENDED),
        Move.ARCHIVE: (frozenset({S.ENDED}), S.ARCHIVED),
        Move.CANCEL: (frozenset({S.DRAFT, S.UNDER_WAY}), S.CANCELLED),
    }
)
"""Every move of a campaign: from where, and where it leads."""

STAGES: Final[Mapping[Stage, State]] = MappingProxyType(
    {
        Stage.COSIGN: S.COSIGN,
        Stage.CHECK: S.COSIGN,
        Stage.SECRECY: S.SECRECY,
        Stage.REVIEW: S.REVIEW,
        Stage.ENDORSE: S.ENDORSE,
        Stage.ISSUE: S.ENDORSE,
    }
)
"""Where a campaign stands while a stage of its approval is open."""
APPROVALS: Final[Mapping[Signed, State]] = MappingProxyType(
    {
        Signed.DRAFT: S.DRAFT,
        Signed.WITHDRAWN: S.DRAFT,
        Signed.RETURNED: S.RETURNED,
        Signed.REFUSED: S.RETURNED,
        Signed.PAPER: S.ENDORSE,
        Signed.LATE: S.LATE,
        Signed.APPROVED: S.TO_ISSUE,
    }
)
"""Where it stands for every other state of the approval."""


@dataclass(frozen=True, slots=True)
class Act:
    """A task's move as it is handed in. `published` is the platform's second, `score` how well the
    text fits (0..1), `places` what differs; `found` and `passage` are a task's."""

    move: TaskMove
    words: str = ""
    url: str = ""
    published: int | None = None
    score: float | None = None
    places: tuple[str, ...] = ()
    found: str = ""
    passage: str = ""


def offered(state: TaskState, hand: Hand) -> tuple[TaskMove, ...]:
    """The moves a hand may make of a task."""
    return tuple(move for move, rule in TASKS.items() if rule.hand is hand and state in rule.states)
