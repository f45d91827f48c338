"""The one door to the records: a screen query runs in one reading, with the visitor's scope.

A view says what it wants, never over whom: `data.read(visit, overview.overview, visit.now, since)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from monitor.actions.permitting import told_to
from monitor.record.screens import (
    account,
    advising,
    approving,
    assessing,
    auditing,
    awaited,
    bulletins,
    burden,
    campaign_board,
    campaign_review,
    campaign_targets,
    campaigns,
    case_errors,
    case_following,
    cases,
    clearings,
    collecting,
    deciding,
    disagreeing,
    duty,
    evidence,
    excuses,
    forecasts,
    grades,
    hints,
    incidents,
    interpreting,
    leavers,
    listing,
    lives,
    number_hints,
    officers,
    overview,
    owing,
    passes,
    patrol,
    people,
    proposals,
    reporting,
    retaining,
    robots,
    runway,
    rushing,
    scoping,
    standards,
    stops,
    telling,
    truths,
    turns,
    volunteering,
    wall,
    working,
)

__all__ = [
    "account",
    "advising",
    "approving",
    "assessing",
    "auditing",
    "awaited",
    "bulletins",
    "burden",
    "campaign_board",
    "campaign_review",
    "campaign_targets",
    "campaigns",
    "case_errors",
    "case_following",
    "cases",
    "clearings",
    "collecting",
    "deciding",
    "disagreeing",
    "duty",
    "evidence",
    "excuses",
    "forecasts",
    "grades",
    "hints",
    "incidents",
    "interpreting",
    "leavers",
    "listing",
    "lives",
    "number_hints",
    "officers",
    "overview",
    "owing",
    "passes",
    "patrol",
    "people",
    "proposals",
    "read",
    "reporting",
    "retaining",
    "robots",
    "runway",
    "rushing",
    "scoping",
    "standards",
    "stops",
    "telling",
    "truths",
    "turns",
    "volunteering",
    "wall",
    "working",
]

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.domain.scope import Scope
    from monitor.record.store import Reading

P = ParamSpec("P")
T = TypeVar("T")


def read(
    visit: Visit,
    query: Callable[Concatenate[Reading, Scope, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """What a query of `record.screens` says, as far as the visitor's right to it reaches.

    Forbidden where the visitor holds none of the permissions the query declared.
    """
    scope = told_to(visit.person, query)
    with visit.store.reading() as tx:
        return query(tx, scope, *args, **kwargs)
