"""What others than the unit know of accounts: posts, and looks that are worth believing."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from monitor.domain.disagreement import Seen
from monitor.domain.instants import OPEN
from monitor.domain.numbers import Provenance
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

POST: Final = METADATA.tables["post"]
COVERAGE: Final = METADATA.tables["coverage"]
REVOKED: Final = METADATA.tables["coverage_revocation"]
CEILING: Final = METADATA.tables["route_ceiling"]
ROUTE: Final = METADATA.tables["route"]
KNOWS: Final = 3
"""The least grade whose looks make a question superfluous, or a report doubtful."""


def seen_of(tx: Reading, ids: Sequence[int], since: int, until: int) -> dict[int, Seen]:
    """What others than the units know of these accounts (at most 500) in [since, until)."""
    posts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in tx.conn.execute(
        select(POST.c.account_id, POST.c.published_from, POST.c.published_until).where(
            POST.c.account_id.in_(ids),
            POST.c.superseded_at == OPEN,
            POST.c.source != Provenance.REPORT.value,
            POST.c.published_until >= since,
            POST.c.published_from < until,
        )
    ):
        posts[row.account_id].append((row.published_from, row.published_until))
    looks = _looks(tx, ids, since, until)
    return {key: Seen(posts[key], looks[key]) for key in ids}


def ceiling() -> Any:
    """The newest ceiling of a row's route; NULL where it was never set."""
    return (
        select(CEILING.c.ceiling)
        .where(CEILING.c.route_id == COVERAGE.c.route_id)
        .order_by(CEILING.c.recorded_at.desc())
        .limit(1)
        .scalar_subquery()
        .label("ceiling")
    )


def worth(row: Any) -> int:
    """What a row of coverage is worth under its route's ceiling."""
    return int(row.grade if row.ceiling is None else min(row.grade, row.ceiling))


def _looks(
    tx: Reading, ids: Sequence[int], since: int, until: int
) -> dict[int, list[tuple[int, int, Provenance]]]:
    rows = tx.conn.execute(
        select(
            *(COVERAGE.c[name] for name in ("account_id", "a", "b", "grade")),
            ROUTE.c.source,
            ceiling(),
        )
        .join(ROUTE, ROUTE.c.id == COVERAGE.c.route_id)
        .outerjoin(REVOKED, REVOKED.c.coverage_id == COVERAGE.c.id)
        .where(
            COVERAGE.c.account_id.in_(ids),
            COVERAGE.c.b > since,
            COVERAGE.c.a < until,
            REVOKED.c.coverage_id.is_(None),
        )
    )
    found: dict[int, list[tuple[int, int, Provenance]]] = defaultdict(list)
    for row in rows:
        if worth(row) >= KNOWS:
            found[row.account_id].append((row.a, row.b, Provenance(row.source)))
    return found
