"""What may be drawn for people to look at: posts of units' official accounts within a period."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from monitor.domain.account import Kind
from monitor.domain.instants import OPEN
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

POST: Final = METADATA.tables["post"]
KEY: Final = METADATA.tables["post_key"]
REV: Final = METADATA.tables["account_rev"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post that may be drawn: its id, account, title and address."""

    id: int
    account_id: int
    title: str
    url: str


def candidates(
    tx: Reading, unit_ids: Collection[int], since: int, until: int
) -> dict[int, list[Candidate]]:
    """The standing posts of these units' official main accounts in [since, until), by unit id."""
    query = (
        select(REV.c.unit_id, KEY.c.id, KEY.c.account_id, KEY.c.title, KEY.c.url)
        .join(POST, POST.c.key_id == KEY.c.id)
        .join(REV, REV.c.account_id == KEY.c.account_id)
        .where(
            POST.c.superseded_at == OPEN,
            POST.c.deleted_seen_at.is_(None),
            POST.c.published_from >= since,
            POST.c.published_until < until,
            REV.c.superseded_at == OPEN,
            REV.c.valid_from < until,
            REV.c.valid_until >= until,
            REV.c.kind == Kind.OFFICIAL.value,
            REV.c.main,
        )
        .order_by(KEY.c.id)
    )
    wanted = set(unit_ids)
    found: dict[int, list[Candidate]] = defaultdict(list)
    for unit_id, *post in tx.conn.execute(query):
        if unit_id in wanted:
            found[unit_id].append(Candidate(*post))
    return found
