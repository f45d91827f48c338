"""填报: what is known of an account without asking its unit: who reads it, and its newest post."""

from typing import Final

from sqlalchemy import Subquery, func, select

from monitor.domain.instants import DAY, OPEN
from monitor.domain.numbers import Provenance
from monitor.domain.report_entry import say_moment
from monitor.domain.report_line import NEWEST, URL
from monitor.record.seen_elsewhere import COVERAGE, KNOWS, POST, REVOKED, ROUTE, ceiling, worth
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

POST_KEY: Final = METADATA.tables["post_key"]
READ_BY: Final = (Provenance.INTERFACE.value, Provenance.EXPORT.value)


def held(tx: Reading, seen: Subquery, now: int) -> dict[int, str]:
    """The source by which an account's silence is known right now, where an interface or a file
    reads it."""
    rows = tx.conn.execute(
        select(COVERAGE.c.account_id, ROUTE.c.source, COVERAGE.c.grade, ceiling())
        .join(seen, seen.c.account_id == COVERAGE.c.account_id)
        .join(ROUTE, ROUTE.c.id == COVERAGE.c.route_id)
        .outerjoin(REVOKED, REVOKED.c.coverage_id == COVERAGE.c.id)
        .where(
            ROUTE.c.source.in_(READ_BY),
            COVERAGE.c.b + COVERAGE.c.fresh_s >= now,
            COVERAGE.c.b > now - 32 * DAY,
            REVOKED.c.coverage_id.is_(None),
        )
        .order_by(COVERAGE.c.b)
    )
    return {row.account_id: row.source for row in rows if worth(row) >= KNOWS}


def newest_post(tx: Reading, seen: Subquery) -> dict[int, dict[str, str]]:
    """The newest post known of each account, as it would be typed."""
    later = POST.alias()
    newest = (
        select(func.max(later.c.published_from))
        .where(later.c.account_id == seen.c.account_id, later.c.superseded_at == OPEN)
        .scalar_subquery()
    )
    rows = tx.conn.execute(
        select(seen.c.account_id, POST.c.published_from, POST.c.published_until, POST_KEY.c.url)
        .join(POST, POST.c.account_id == seen.c.account_id)
        .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
        .where(POST.c.superseded_at == OPEN, POST.c.published_from == newest)
    )
    return {
        row.account_id: {
            NEWEST: say_moment(row.published_from, row.published_until),
            URL: row.url if row.url.startswith("http") else "",
        }
        for row in rows
    }
