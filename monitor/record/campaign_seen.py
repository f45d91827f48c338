"""What was seen of a campaign's accounts since it was issued: posts, and where looks reach."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from monitor.domain.instants import OPEN
from monitor.domain.interval import Interval, unite
from monitor.record import routes
from monitor.record.campaign_tasks import ACCOUNT, TASK
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

POST: Final = METADATA.tables["post"]
POST_KEY: Final = METADATA.tables["post_key"]
WORDS: Final = METADATA.tables["post_text"]
COVERAGE: Final = METADATA.tables["coverage"]
REVOKED: Final = METADATA.tables["coverage_revocation"]
LEAST_GRADE: Final = 3
"""A unit's own word and a feed nobody measured prove no absence of a third person's release."""


@dataclass(frozen=True, slots=True)
class SeenPost:
    """A post that still stands: its key, whose and where, what it is called and says, when it was
    published. `text` is '' where no source gives more than the title."""

    key_id: int
    account_id: int
    platform: str
    title: str
    text: str
    url: str
    published: int


def posts(tx: Reading, campaign_id: int, since: int) -> list[SeenPost]:
    """The posts of a campaign's accounts from a second on, the earliest first."""
    accounts = select(TASK.c.account_id).where(TASK.c.campaign_id == campaign_id)
    rows = tx.conn.execute(
        select(
            POST_KEY.c.id,
            POST.c.account_id,
            ACCOUNT.c.platform,
            POST_KEY.c.title,
            func.coalesce(WORDS.c.text, ""),
            POST_KEY.c.url,
            POST.c.published_from,
        )
        .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
        .join(ACCOUNT, ACCOUNT.c.id == POST.c.account_id)
        .outerjoin(WORDS, WORDS.c.key_id == POST.c.key_id)
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
