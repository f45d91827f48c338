"""What was seen of a campaign's accounts since it was issued: posts, and where looks reach."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from monitor.domain.instants import OPEN
from monitor.domain.interval import Interval, unite
from monitor.record import routes
from monitor.record.campaign_tasks import TASK
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

POST: Final = METADATA.tables["post"]
POST_KEY: Final = METADATA.tables["post_key"]
COVERAGE: Final = METADATA.tables["coverage"]
REVOKED: Final = METADATA.tables["coverage_revocation"]
LEAST_GRADE: Final = 3
"""A unit's own word and a feed nobody measured prove no absence of a third person's release."""


@dataclass(frozen=True, slots=True)
class SeenPost:
    """A post that still stands: its key, whose, what it is called, when it was published."""

    key_id: int
    account_id: int
    title: str
    url: str
    published: int


def posts(tx: Reading, campaign_id: int, since: int) -> list[SeenPost]:
    """The posts of a campaign's accounts from a second on, the earliest first."""
    accounts = select(TASK.c.account_id).where(TASK.c.campaign_id == campaign_id)
    rows = tx.conn.execute(
        select(
            POST_KEY.c.id,
            POST.c.account_id,
            POST_KEY.c.title,
            POST_KEY.c.url,
            POST.c.published_from,
        )
        .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
        .where(
            POST.c.account_id.in_(accounts),
            POST.c.published_from >= since,
            POST.c.superseded_at == OPEN,
            POST.c.deleted_seen_at.is_(None),
        )
        .order_by(POST.c.published_from, POST.c.id)
    )
    return [SeenPost(*row) for row in rows]


def watched(
    tx: Reading, accounts: Collection[int], since: int, now_us: int
) -> dict[int, list[Interval]]:
    """The stretches of publishing time from a second on in which every post of an account was seen
    by eyes that may prove an absence; by account."""
    ceilings = routes.ceilings(tx, now_us)
    rows = tx.conn.execute(
        select(COVERAGE)
        .outerjoin(REVOKED, REVOKED.c.coverage_id == COVERAGE.c.id)
        .where(
            COVERAGE.c.account_id.in_(list(accounts)),
            COVERAGE.c.b > since,
            COVERAGE.c.grade >= LEAST_GRADE,
            REVOKED.c.coverage_id.is_(None),
        )
    ).mappings()
    found: dict[int, list[Interval]] = {}
    for row in rows:
        if min(row["grade"], ceilings.get(row["route_id"], row["grade"])) >= LEAST_GRADE:
            found.setdefault(row["account_id"], []).append((row["a"], row["b"]))
    return {account: unite(parts) for account, parts in found.items()}
