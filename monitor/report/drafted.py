"""Draft 草稿: everything a quarter's bulletin is made of, gathered by a run, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.domain.bulletin import Base, Candidate, Gate, Period
from monitor.domain.judged import Judged
from monitor.report.table import Cell, Imprint
from monitor.report.tally import Tally
from monitor.report.whose import Whose

Rows = Mapping[str, Mapping[str, Cell]]
"""Rows of a table by their first cell."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the office adds by hand: whom it is addressed to, what went well, whom to call."""

    addressee: str
    contact: str
    good: str = ""
    scope: str = "内部"


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a bulletin is made of. `judged` are all accounts at the period's end. `again` are
    the cases the last one named, as they are now; `before` is the rate the last one printed, ''
    without, and `last` its tables by name."""

    period: Period
    whose: Whose
    wording: Wording
    tally: Tally
    gate: Gate
    imprint: Imprint
    judged: tuple[Judged, ...] = ()
    base: Base = Base.DECIDED
    decimals: int = 1
    as_of: str = ""
    again: tuple[Candidate, ...] = ()
    before: str = ""
    last: Mapping[str, Rows] = field(default_factory=dict)
