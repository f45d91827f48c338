"""The moves of an approval as one table, the yes of each stage, and an act as it is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from monitor.domain.approval import Move, Paper, Stage, State, Step
from monitor.domain.person import Role

S = State
TABLE: Final[Mapping[tuple[State, Move], frozenset[State]]] = MappingProxyType(
    {
        (S.DRAFT, Move.SUBMIT): frozenset({S.UNDER_WAY, S.APPROVED}),
        (S.RETURNED, Move.SUBMIT): frozenset({S.UNDER_WAY, S.APPROVED}),
        (S.WITHDRAWN, Move.SUBMIT): frozenset({S.UNDER_WAY, S.APPROVED}),
        (S.LATE, Move.SUBMIT): frozenset({S.UNDER_WAY, S.APPROVED}),
        (S.UNDER_WAY, Move.AGREE): frozenset({S.UNDER_WAY, S.APPROVED, S.LATE}),
        (S.UNDER_WAY, Move.AGREE_ON): frozenset({S.UNDER_WAY}),
        (S.UNDER_WAY, Move.ENDORSE): frozenset({S.UNDER_WAY, S.APPROVED, S.LATE}),
        (S.UNDER_WAY, Move.RETURN): frozenset({S.RETURNED}),
        (S.UNDER_WAY, Move.REFUSE): frozenset({S.REFUSED}),
        (S.UNDER_WAY, Move.HAND_ON): frozenset({S.UNDER_WAY}),
        (S.UNDER_WAY, Move.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.LATE, Move.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.PAPER, Move.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.DRAFT, Move.PAPER): frozenset({S.PAPER}),
        (S.UNDER_WAY, Move.PAPER): frozenset({S.PAPER}),
        (S.RETURNED, Move.PAPER): frozenset({S.PAPER}),
        (S.LATE, Move.PAPER): frozenset({S.PAPER}),
        (S.PAPER, Move.CONFIRM): frozenset({S.APPROVED, S.LATE}),
        (S.PAPER, Move.REJECT): frozenset({S.RETURNED}),
        (S.DRAFT, Move.AMEND): frozenset({S.DRAFT}),
        (S.RETURNED, Move.AMEND): frozenset({S.RETURNED}),
        (S.WITHDRAWN, Move.AMEND): frozenset({S.WITHDRAWN}),
        (S.LATE, Move.AMEND): frozenset({S.LATE, S.DRAFT}),
        (S.UNDER_WAY, Move.AMEND): frozenset({S.DRAFT}),
        (S.PAPER, Move.AMEND): frozenset({S.DRAFT}),
        (S.APPROVED, Move.AMEND): frozenset({S.DRAFT}),
    }
)
"""Every move there is; what is not in it cannot be done. 不予签发 is the end."""

YES: Final = MappingProxyType(
    {
        Stage.COSIGN: Move.AGREE,
        Stage.CHECK: Move.AGREE,
        Stage.SECRECY: Move.AGREE,
        Stage.REVIEW: Move.AGREE_ON,
        Stage.ENDORSE: Move.ENDORSE,
        Stage.ISSUE: Move.AGREE,
    }
)
APART: Final = frozenset({Stage.REVIEW, Stage.ENDORSE, Stage.ISSUE})
"""The stages that are different people's where a chain says so."""
DECIDES: Final = frozenset({Stage.ENDORSE, Stage.ISSUE})
"""Where 不予签发 may be said."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does. `roles` are those held over the item's unit by the actor, or by the one
    he stands in for (`behalf`); `sha256` is of the text that was on the screen."""

    move: Move
    person: int
    sha256: str = ""
    opinion: str = ""
    roles: frozenset[Role] = frozenset()
    behalf: int | None = None
    to: int | None = None
    to_roles: frozenset[Role] = frozenset()
    steps: tuple[Step, ...] = ()
    due: int | None = None
    planned: int | None = None
    distinct: bool = False
    confirms: frozenset[Role] = frozenset()
    attested_by: str = ""
    paper: Paper | None = None

    @property
    def who(self) -> frozenset[int]:
        """The actor and whom he stands in for."""
        return frozenset({self.person} if self.behalf is None else {self.person, self.behalf})
