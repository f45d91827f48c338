"""Authorisations that run out, and what was told of it: one row a credential, end and step."""

from collections.abc import Collection, Iterable

from sqlalchemy import false, func, or_, select

from monitor.domain.instants import DAY, OPEN
from monitor.domain.runway import STEPS, Ending
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record.credentials import CREDENTIAL, VALID
from monitor.record.rows import enter
from monitor.record.screens.scoping import sees_all, visible
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

NOTICE = METADATA.tables["credential_notice"]
Told = tuple[str, int, int, int]
"""(reader, account, end, step): one step of one ending that somebody was told of."""


def ending(tx: Reading, now: int, scope: Scope = EVERYTHING) -> tuple[Ending, ...]:
    """Valid authorisations of a scope that end within the first step's days, the first to end
    first; those of an application itself for who sees the whole tree.

    One of an account that is gone from the registry concerns nobody and is left out.
    """
    seen = visible(tx, scope, now, official=False)
    whole = scope == EVERYTHING or sees_all(tx, scope, now)
    shared = CREDENTIAL.c.account_id == 0 if whole else false()
    named = ("name", "platform", "unit_name", "path")
    rows = tx.conn.execute(
        select(
            CREDENTIAL.c.platform.label("reader"),
            CREDENTIAL.c.account_id,
            CREDENTIAL.c.expires_at,
            *(func.coalesce(seen.c[each], "").label(each) for each in named),
        )
        .select_from(CREDENTIAL.outerjoin(seen, seen.c.account_id == CREDENTIAL.c.account_id))
        .where(
            CREDENTIAL.c.state == VALID,
            CREDENTIAL.c.expires_at > now,
            CREDENTIAL.c.expires_at <= now + STEPS[0] * DAY,
            or_(shared, seen.c.account_id.is_not(None)),
        )
        .order_by(CREDENTIAL.c.expires_at, CREDENTIAL.c.id)
    )
    return tuple(Ending(**row) for row in rows.mappings())


def told(tx: Reading, found: Collection[Ending]) -> set[Told]:
    """What somebody was told of these ends, in one question whatever their number: of all ends no
    earlier than the first of them."""
    first = min((each.expires_at for each in found), default=OPEN)
    columns = (NOTICE.c.reader, NOTICE.c.account_id, NOTICE.c.expires_at, NOTICE.c.step)
    rows = tx.conn.execute(select(*columns).where(NOTICE.c.expires_at >= first))
    return {(row.reader, row.account_id, row.expires_at, row.step) for row in rows}


def tell(tx: Writing, found: Ending, step: int, people: Iterable[int]) -> int:
    """Write down who was told of this end at this step; the notice's id."""
    keys = {"reader": found.reader, "account_id": found.account_id, "expires_at": found.expires_at}
    return enter(tx, NOTICE, **keys, step=step, told_to=sorted(set(people)), recorded_at=tx.stamp)
