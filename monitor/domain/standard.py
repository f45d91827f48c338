"""Standard 认定标准 in force: from when which rulebook is 本厅口径; drafts on their way there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from monitor.domain.instants import BEGINNING, OPEN


class State(StrEnum):
    """Where a draft stands."""

    DRAFT = "草稿"
    WAITING = "待定稿"
    RETURNED = "已退回"
    FINAL = "已定稿"
    DROPPED = "已作废"


class Move(StrEnum):
    """What somebody does to a draft: the buttons."""

    SAVE = "保存"
    SUBMIT = "提请定稿"
    RETURN = "退回修改"
    FINALISE = "定稿"
    DROP = "作废"


S, M = State, Move
AFTER: Final[Mapping[tuple[State, Move], State]] = MappingProxyType(
    {
        (S.DRAFT, M.SAVE): S.DRAFT,
        (S.RETURNED, M.SAVE): S.DRAFT,
        (S.DRAFT, M.SUBMIT): S.WAITING,
        (S.RETURNED, M.SUBMIT): S.WAITING,
        (S.WAITING, M.RETURN): S.RETURNED,
        (S.WAITING, M.FINALISE): S.FINAL,
        (S.DRAFT, M.DROP): S.DROPPED,
        (S.RETURNED, M.DROP): S.DROPPED,
    }
)
"""What follows from where; nothing else does. What is final or dropped stays so."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A revision of a rulebook being written: version `version` of the book `name`.

    `text` is its sheet as it is now, `base_text` that of the book it was copied from. `edits` is
    the row's version, `submitted_by` who says it is ready, `decided_by` who returned or finalised
    it, `reason` the number of why it was returned. Stamps are microseconds.
    """

    id: int
    name: str
    version: int
    base: str
    base_text: str
    text: str
    state: State
    edits: int
    drafted_by: int
    changed_by: int
    changed_at: int
    submitted_by: int | None = None
    decided_by: int | None = None
    reason: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """From the second `since` on a kept rulebook is 本厅口径, or 上级口径 (`upper`).

    `recorded_at` and `called_off_at` are stamps; `by` None: as it was shipped or set at the
    machine. A term ends where the next begins; none is ever deleted.
    """

    id: int
    rulebook_id: int
    name: str
    version: int
    upper: bool
    since: int
    recorded_at: int
    by: int | None = None
    called_off_at: int = OPEN

    def known(self, known_at: int) -> bool:
        """Whether it was laid down, and not called off, at a stamp. What holds from the beginning
        was never learned: it stood before anybody wrote it down."""
        learned = self.recorded_at <= known_at or self.since == BEGINNING
        return learned and self.called_off_at > known_at


def in_force(terms: Iterable[Term], as_of: int, known_at: int = OPEN - 1) -> Term | None:
    """The term at `as_of` (seconds) as known at `known_at` (stamp): the newest that had begun, of
    two that begin together the one laid down later; None where there is none."""
    begun = [each for each in terms if each.since <= as_of and each.known(known_at)]
    return max(begun, key=lambda each: (each.since, each.recorded_at, each.id), default=None)


def earliest(today: date, judged_until: date | None) -> date:
    """The first day from which another rulebook may hold: after every day that was judged."""
    if judged_until is None:
        return today
    return max(today, date.fromordinal(judged_until.toordinal() + 1))
