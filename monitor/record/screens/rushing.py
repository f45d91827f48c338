"""集中发布等提示: facts beside a result for somebody to look into, unit by unit, never a score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from monitor.access import scopes
from monitor.access.declared import shown
from monitor.domain.account import Kind
from monitor.domain.instants import DAY, HOUR, MINUTE, OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.assessing import ROSTER
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

POST: Final = METADATA.tables["post"]
REV: Final = METADATA.tables["account_rev"]
OBS: Final = METADATA.tables["account_obs"]
LAST: Final = 72 * HOUR
KEPT: Final = 7 * DAY
"""What is deleted sooner counts for nothing; what is deleted later was counted."""
BURST: Final = 10 * MINUTE
"""Two posts of an account closer than this, not of one and the same second (a push of several)."""
NEAR: Final = 3 * DAY
"""Numbers of followers further apart than this tell no jump."""
JUMP_PART, JUMP_LEAST = 0.1, 100


@dataclass(frozen=True, slots=True)
class Rushed:
    """A unit's standing posts of a period, how many of them in its last 72 hours and how many in
    bursts, how many more were deleted after they had counted, and jumps of followers."""

    unit: str
    name: str
    posts: int
    late: int
    bursts: int = 0
    deleted: int = 0
    jumps: int = 0

    @property
    def share(self) -> float:
        """Of its posts, 0 to 1."""
        return self.late / self.posts if self.posts else 0.0

    @property
    def marked(self) -> bool:
        """Whether there is anything beside its posts."""
        return bool(self.bursts or self.deleted or self.jumps)


@shown(Permission.SEE_SCORES)
def rushed(
    tx: Reading, scope: Scope, assessment_id: int, since: int, until: int = 0
) -> tuple[Rushed, ...]:
    """The units of an assessment's roster in the scope that published in [since, until), the
    largest share first. Only official accounts as they now stand."""
    standing = POST.c.deleted_seen_at.is_(None)
    late = case((and_(standing, POST.c.published_from >= until - LAST), 1), else_=0)
    kept = POST.c.deleted_seen_at >= POST.c.published_from + KEPT
    query = (
        select(
            *(ROSTER.c.unit, ROSTER.c.name, ROSTER.c.path),
            func.sum(case((standing, 1), else_=0)).label("posts"),
            func.sum(late).label("late"),
            func.sum(case((kept, 1), else_=0)).label("deleted"),
        )
        .join(REV, REV.c.unit_id == ROSTER.c.unit_id)
        .join(POST, POST.c.account_id == REV.c.account_id)
        .where(*_official(assessment_id), *_within(since, until))
        .group_by(ROSTER.c.unit, ROSTER.c.name, ROSTER.c.path)
    )
    bursts = _by_unit(tx, _bursts(assessment_id, since, until))
    jumps = _by_unit(tx, _jumps(assessment_id, since, until))
    found = [
        Rushed(
            *(row.unit, row.name, int(row.posts), int(row.late)),
            *(bursts.get(row.unit, 0), int(row.deleted), jumps.get(row.unit, 0)),
        )
        for row in tx.conn.execute(query)
        if scopes.covers(scope, row.path, "")
    ]
    return tuple(sorted(found, key=lambda each: (-each.share, not each.marked, each.unit)))


def _official(assessment_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        ROSTER.c.assessment_id == assessment_id,
        REV.c.superseded_at == OPEN,
        REV.c.valid_until == OPEN,
        REV.c.kind == Kind.OFFICIAL.value,
    )


def _within(since: int, until: int) -> tuple[ColumnElement[bool], ...]:
    return (
        POST.c.superseded_at == OPEN,
        POST.c.published_from >= since,
        POST.c.published_until < until,
    )


def _bursts(assessment_id: int, since: int, until: int) -> Select[Any]:
    """Posts whose second is known, so near to the one before of the same account."""
    before = func.lag(POST.c.published_from).over(
        partition_by=POST.c.account_id, order_by=(POST.c.published_from, POST.c.id)
    )
    gap = (POST.c.published_from - before).label("gap")
    posts = (
        select(ROSTER.c.unit, gap)
        .join(REV, REV.c.unit_id == ROSTER.c.unit_id)
        .join(POST, POST.c.account_id == REV.c.account_id)
        .where(
            *_official(assessment_id),
            *_within(since, until),
            POST.c.deleted_seen_at.is_(None),
            POST.c.published_from == POST.c.published_until,
        )
        .subquery()
    )
    near = and_(posts.c.gap > 0, posts.c.gap <= BURST)
    return select(posts.c.unit, func.count()).where(near).group_by(posts.c.unit)


def _jumps(assessment_id: int, since: int, until: int) -> Select[Any]:
    """Changes of followers by more than a tenth and a hundred within three days, as one source
    told them."""
    whose = (OBS.c.account_id, OBS.c.source)
    when = (OBS.c.observed_at, OBS.c.recorded_at)
    told = (
        select(
            ROSTER.c.unit,
            OBS.c.followers,
            OBS.c.observed_at,
            func.lag(OBS.c.followers).over(partition_by=whose, order_by=when).label("before"),
            func.lag(OBS.c.observed_at).over(partition_by=whose, order_by=when).label("then"),
        )
        .join(REV, REV.c.unit_id == ROSTER.c.unit_id)
        .join(OBS, OBS.c.account_id == REV.c.account_id)
        .where(
            *_official(assessment_id),
            OBS.c.basis == "累计",
            OBS.c.followers.is_not(None),
            OBS.c.observed_at >= since,
            OBS.c.observed_at < until,
        )
        .subquery()
    )
    change = func.abs(told.c.followers - told.c.before)
    large = and_(change > JUMP_LEAST, change > told.c.before * JUMP_PART)
    near = told.c.observed_at - told.c.then <= NEAR
    return select(told.c.unit, func.count()).where(large, near).group_by(told.c.unit)


def _by_unit(tx: Reading, query: Select[Any]) -> Mapping[str, int]:
    return {row[0]: int(row[1]) for row in tx.conn.execute(query)}
