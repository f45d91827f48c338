"""Authorisations that run out, and what was told of it: one row a credential, end and step."""

from collections.abc import Iterable

from sqlalchemy import and_, func, or_, select

from monitor.domain.instants import DAY
from monitor.domain.runway import STEPS, Ending
from monitor.domain.scope import EVERYTHING
from monitor.record.credentials import CREDENTIAL, VALID
from monitor.record.rows import enter
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

NOTICE = METADATA.tables["credential_notice"]


def ending(tx: Reading, now: int) -> tuple[Ending, ...]:
    """Valid authorisations that end within the first step's days, the first to end first.

    One of an account that is gone from the registry concerns nobody and is left out.
    """
    seen = visible(tx, EVERYTHING, now, official=False)
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
            or_(CREDENTIAL.c.account_id == 0, seen.c.account_id.is_not(None)),
        )
        .order_by(CREDENTIAL.c.expires_at, CREDENTIAL.c.id)
    )
    return tuple(Ending(**row) for row in rows.mappings())


def told(tx: Reading, found: Ending, step: int) -> bool:
    """Whether somebody was told of this end at this step."""
    same = and_(
        NOTICE.c.reader == found.reader,
        NOTICE.c.account_id == found.account_id,
        NOTICE.c.expires_at == found.expires_at,
        NOTICE.c.step == step,
    )
    return tx.conn.execute(select(NOTICE.c.id).where(same)).first() is not None


def tell(tx: Writing, found: Ending, step: int, people: Iterable[int]) -> int:
    """Write down who was told of this end at this step; the notice's id."""
    keys = {"reader": found.reader, "account_id": found.account_id, "expires_at": found.expires_at}
    return enter(tx, NOTICE, **keys, step=step, told_to=sorted(set(people)), recorded_at=tx.stamp)
