"""Links the ledger names: addresses typed into the column of what an account offers."""

import re
from typing import Final

from sqlalchemy import select

from monitor.domain.account import Kind
from monitor.domain.instants import OPEN
from monitor.domain.service_link import Offered, Where
from monitor.record import service_links
from monitor.record.store import Writing
from monitor.record.tables.base import METADATA

ACCOUNT_REV: Final = METADATA.tables["account_rev"]
COLUMN: Final = "服务功能"
MOST: Final = 20
"""Addresses of one account that are asked; more is a mistake of typing."""
_ADDRESS: Final = re.compile(r"https?://[^\s,,;;、。()()“”\"'<>]+")


def take(tx: Writing, now: int) -> None:
    """Enter the addresses official accounts name in the ledger today."""
    rows = tx.conn.execute(
        select(ACCOUNT_REV.c.account_id, ACCOUNT_REV.c.details)
        .where(
            ACCOUNT_REV.c.superseded_at == OPEN,
            ACCOUNT_REV.c.valid_from <= now,
            ACCOUNT_REV.c.valid_until > now,
            ACCOUNT_REV.c.kind == Kind.OFFICIAL.value,
        )
        .order_by(ACCOUNT_REV.c.account_id)
    ).all()
    known = service_links.accounts_of(tx, Where.LEDGER)
    for account_id, details in rows:
        found = addresses(str((details or {}).get(COLUMN) or ""))
        if found or account_id in known:
            entries = [Offered("办事链接", each) for each in found]
            service_links.offered(tx, account_id, Where.LEDGER, entries, now)


def addresses(text: str) -> tuple[str, ...]:
    """The addresses in a cell, in their order, each once."""
    return tuple(dict.fromkeys(_ADDRESS.findall(text)))[:MOST]
