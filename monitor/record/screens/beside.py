"""What a list says beside an account: its newest post, and what else fails of it."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import select

from monitor.domain.finding import UPDATE_RULE, Outcome
from monitor.domain.instants import OPEN
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ACCOUNT_DAY: Final = METADATA.tables["account_day"]
FINDING: Final = METADATA.tables["finding"]
POST: Final = METADATA.tables["post"]
POST_KEY: Final = METADATA.tables["post_key"]


def newest(tx: Reading, account_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Title and link of each account's newest post, as far as anything is known of one."""
    candidate = POST.alias()
    last = (
        select(candidate.c.id)
        .where(
            candidate.c.account_id == ACCOUNT_DAY.c.account_id, candidate.c.superseded_at == OPEN
        )
        .order_by(candidate.c.published_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = tx.conn.execute(
        select(POST.c.account_id, POST_KEY.c.title, POST_KEY.c.url)
        .select_from(ACCOUNT_DAY)
        .join(POST, POST.c.id == last)
        .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
        .where(ACCOUNT_DAY.c.account_id.in_(account_ids))
    )
    return {row.account_id: (row.title, row.url) for row in rows}


def others(tx: Reading, account_ids: Collection[int]) -> dict[int, list[str]]:
    """Sentences of what fails besides the update rule, under 本厅口径."""
    # The rulebooks are compared here: asked to compare them, SQLite goes through all that fails
    # under a rulebook once for every account.
    days = select(ACCOUNT_DAY.c.account_id, ACCOUNT_DAY.c.rulebook_id)
    asked = tx.conn.execute(days.where(ACCOUNT_DAY.c.account_id.in_(account_ids)))
    books = {row.account_id: row.rulebook_id for row in asked}
    rows = tx.conn.execute(
        select(FINDING.c.account_id, FINDING.c.rulebook_id, FINDING.c.sentence)
        .where(
            FINDING.c.account_id.in_(account_ids),
            FINDING.c.superseded_at == OPEN,
            FINDING.c.outcome == Outcome.FAIL,
            FINDING.c.rule != UPDATE_RULE,
        )
        .order_by(FINDING.c.rule)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        if row.rulebook_id == books.get(row.account_id):
            found.setdefault(row.account_id, []).append(row.sentence)
    return found
