"""Which papers may be written out of a case as it stands, pure."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from monitor.domain.case import Case, Measure, State
from monitor.domain.case_rules import Paper

S = State
PUT: Final = frozenset({S.ASSIGNED, S.UNDER_WAY, S.FIRST_CHECK, S.FINAL_CHECK})
"""The case was put to the unit and is not over."""
STATES: Final[Mapping[Paper, frozenset[State]]] = MappingProxyType(
    {
        Paper.INQUIRY: frozenset({S.UNVERIFIED, S.REVIEW}),
        Paper.HINT: PUT,
        Paper.NOTICE: PUT,
        Paper.CLOSURE: frozenset({S.CLOSING, S.SHUT}),
        Paper.CORRECTION: frozenset({S.UNFOUNDED}),
    }
)
CORRECTED: Final = (Paper.NOTICE, Paper.CLOSURE, Paper.HINT, Paper.INQUIRY)
"""What a correction puts right, the weightiest first."""


def writable(case: Case, issued: Collection[Paper]) -> tuple[Paper, ...]:
    """The papers a case may have now, each once: a mild measure is told by a hint, others by a
    notice, and nothing is corrected but what left the house."""
    return tuple(
        each
        for each, states in STATES.items()
        if case.state in states and each not in issued and _fits(case, each, issued)
    )


def _fits(case: Case, paper: Paper, issued: Collection[Paper]) -> bool:
    mild = case.measure is Measure.REMIND
    told = {
        Paper.HINT: mild,
        Paper.NOTICE: not mild,
        Paper.CORRECTION: any(each in issued for each in CORRECTED),
    }
    return told.get(paper, True)
