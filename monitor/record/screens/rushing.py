"""截止前集中发布: how much of a period's posts came in its last 72 hours, unit by unit."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import case, func, select

from monitor.access import scopes
from monitor.access.declared import shown
from monitor.domain.account import Kind
from monitor.domain.instants import HOUR, OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.assessing import ROSTER
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

POST: Final = METADATA.tables["post"]
REV: Final = METADATA.tables["account_rev"]
LAST: Final = 72 * HOUR


@dataclass(frozen=True, slots=True)
class Rushed:
    """A unit's standing posts of a period, and how many of them in its last 72 hours."""

    unit: str
    name: str
    posts: int
    late: int

    @property
    def share(self) -> float:
        """Of its posts, 0 to 1."""
        return self.late / self.posts if self.posts else 0.0


@shown(Permission.SEE_SCORES)
def rushed(
    tx: Reading, scope: Scope, assessment_id: int, since: int, until: int = 0
) -> tuple[Rushed, ...]:
    """The units of an assessment's roster in the scope that published in [since, until), the
    largest share first. Only official accounts as they now stand."""
    late = case((POST.c.published_from >= until - LAST, 1), else_=0)
    query = (
        select(ROSTER.c.unit, ROSTER.c.name, ROSTER.c.path, func.count(), func.sum(late))
        .join(REV, REV.c.unit_id == ROSTER.c.unit_id)
        .join(POST, POST.c.account_id == REV.c.account_id)
        .where(
            ROSTER.c.assessment_id == assessment_id,
            REV.c.superseded_at == OPEN,
            REV.c.valid_until == OPEN,
            REV.c.kind == Kind.OFFICIAL.value,
            POST.c.superseded_at == OPEN,
            POST.c.deleted_seen_at.is_(None),
            POST.c.published_from >= since,
            POST.c.published_until < until,
        )
        .group_by(ROSTER.c.unit, ROSTER.c.name, ROSTER.c.path)
    )
    found = [
        Rushed(unit, name, int(posts), int(some or 0))
        for unit, name, path, posts, some in tx.conn.execute(query)
        if scopes.covers(scope, path, "")
    ]
    return tuple(sorted(found, key=lambda each: (-each.share, each.unit)))
