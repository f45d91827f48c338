"""A result of an assessment as it is kept, with all that is told beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.domain.assessed import Count, Line, Listed, Total
from monitor.domain.assessment_kept import Assessment, KeptObjection
from monitor.domain.owing import Letter, Owed


@dataclass(frozen=True, slots=True)
class Result:
    """What an assessment found; `objections` without those taken back, `before` the totals of the
    last settled period by unit code."""

    kept: Assessment
    roster: tuple[Listed, ...]
    totals: tuple[Total, ...]
    lines: tuple[Line, ...]
    counts: tuple[Count, ...]
    objections: tuple[KeptObjection, ...]
    owed: tuple[Owed, ...]
    letters: tuple[Letter, ...]
    before: Mapping[str, float]
