"""The moves of a case as one table: from where, by which side, and what must be given with it."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from monitor.domain.case import Case, Measure, Move, Reason, Side, State

S = State
HELD: Final = frozenset({S.ASSIGNED, S.UNDER_WAY})
LIVE: Final = frozenset(S) - {S.UNFOUNDED, S.CLOSED, S.SHUT, S.MERGED}


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states a move may be made, by whom, and whether words must go with it.

    Who decides about a thing is another person than who proposed it where `apart` is True.
    """

    sides: frozenset[Side]
    states: frozenset[State]
    words: bool = False
    apart: bool = False


def _by(*sides: Side) -> frozenset[Side]:
    return frozenset(sides)


DESK, TRANSIT, UNIT = Side.DESK, Side.TRANSIT, Side.UNIT
TABLE: Final = MappingProxyType(
    {
        Move.CONFIRM: Rule(_by(DESK), frozenset({S.UNVERIFIED})),
        Move.DISMISS: Rule(_by(DESK), frozenset({S.UNVERIFIED})),
        Move.DEFER: Rule(_by(DESK), frozenset({S.UNVERIFIED}), words=True),
        Move.MERGE: Rule(_by(DESK), frozenset({S.UNVERIFIED, S.REVIEW}), words=True),
        Move.SUBMIT: Rule(_by(DESK), frozenset({S.UNVERIFIED})),
        Move.ASSIGN: Rule(_by(DESK), frozenset({S.REVIEW}), apart=True),
        Move.SEND_BACK: Rule(_by(DESK), frozenset({S.REVIEW}), words=True),
        Move.SIGN: Rule(_by(TRANSIT, UNIT), frozenset({S.ASSIGNED})),
        Move.FORWARD: Rule(_by(TRANSIT), frozenset({S.ASSIGNED})),
        Move.EXPLAIN: Rule(_by(UNIT), LIVE, words=True),
        Move.HAND_IN: Rule(_by(UNIT), frozenset({S.UNDER_WAY}), words=True),
        Move.APPEAL: Rule(_by(UNIT), HELD, words=True),
        Move.UPHOLD: Rule(_by(DESK), HELD, words=True, apart=True),
        Move.REJECT: Rule(_by(DESK), HELD, words=True, apart=True),
        Move.ASK_TIME: Rule(_by(UNIT), frozenset({S.UNDER_WAY}), words=True),
        Move.GRANT: Rule(_by(DESK), frozenset({S.UNDER_WAY})),
        Move.DENY: Rule(_by(DESK), frozenset({S.UNDER_WAY}), words=True),
        Move.PASS_ON: Rule(_by(TRANSIT), frozenset({S.FIRST_CHECK})),
        Move.CLOSE: Rule(_by(DESK), frozenset({S.FINAL_CHECK})),
        Move.REDO: Rule(_by(DESK, TRANSIT), frozenset({S.FIRST_CHECK, S.FINAL_CHECK}), words=True),
        Move.TO_CLOSURE: Rule(
            _by(DESK, UNIT),
            frozenset({S.REVIEW, S.ASSIGNED, S.UNDER_WAY, S.FINAL_CHECK}),
            words=True,
        ),
        Move.SHUT: Rule(_by(DESK), frozenset({S.CLOSING}), words=True),
        Move.RESUME: Rule(_by(DESK), frozenset({S.CLOSING}), words=True),
        Move.NAMED: Rule(_by(DESK), frozenset({S.ASSIGNED, S.UNDER_WAY, S.FINAL_CHECK, S.CLOSING})),
        Move.TALKED: Rule(
            _by(DESK), frozenset({S.ASSIGNED, S.UNDER_WAY, S.FINAL_CHECK, S.CLOSING}), words=True
        ),
        Move.REMIND: Rule(_by(DESK, TRANSIT), frozenset({S.ASSIGNED, S.UNDER_WAY, S.FIRST_CHECK})),
        Move.RECOVERED: Rule(_by(DESK), LIVE),
        Move.AMEND: Rule(_by(DESK), frozenset({S.CLOSED, S.SHUT}), words=True),
    }
)
"""Every button of a case. What a move does stands in `coordinate.case`."""


@dataclass(frozen=True, slots=True)
class Act:
    """A move as it is handed in: by whom, on which side, and what goes with it.

    `number` names the problem (0 is the first) that is confirmed or dismissed, None all of them;
    `looked_at` is the look 发前复查 stands on, None where that is older than the office allows;
    `days` are working days, `most_days` the most that may be asked for; `hours` goes before them;
    `again_at` is when a case closed now is looked at once more.
    """

    move: Move
    person: int
    side: Side
    words: str = ""
    number: int | None = None
    reason: Reason | None = None
    measure: Measure | None = None
    days: int = 0
    hours: int = 0
    looked_at: int | None = None
    into: int | None = None
    most_days: int = 0
    again_at: int | None = None


def offered(case: Case, side: Side) -> tuple[Move, ...]:
    """The buttons a side may be shown on a case, in the order of the words."""
    return tuple(
        move
        for move, rule in TABLE.items()
        if side in rule.sides and case.state in rule.states and _fits(case, move, side)
    )


def _fits(case: Case, move: Move, side: Side) -> bool:
    """What the state alone does not tell."""
    mine = case.holder is side
    told = {
        Move.UPHOLD: case.appealed,
        Move.REJECT: case.appealed,
        Move.GRANT: case.asked_days > 0,
        Move.DENY: case.asked_days > 0,
        Move.APPEAL: mine,
        Move.ASK_TIME: mine,
        Move.HAND_IN: mine,
        Move.SIGN: mine and not (side is Side.TRANSIT and case.signed),
        Move.FORWARD: case.transit and not case.forwarded,
        Move.REDO: mine,
        Move.SUBMIT: any(each.confirmed for each in case.problems),
    }
    return told.get(move, True)
