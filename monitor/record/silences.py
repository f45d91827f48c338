"""Silences that grow, and what was told of them: one row a silence and step of the ladder."""

from collections.abc import Collection, Iterable
from typing import Final

from sqlalchemy import select

from monitor.domain.account import State
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, OPEN
from monitor.domain.ladder import Silent
from monitor.domain.scope import EVERYTHING
from monitor.record.rows import enter
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

NOTICE: Final = METADATA.tables["silence_notice"]
ACCOUNT_DAY: Final = METADATA.tables["account_day"]
Told = tuple[int, int, int]
"""(account, since, days): one step of one silence that somebody was told of."""
DECIDED: Final = (Outcome.OK.value, Outcome.HINT.value, Outcome.FAIL.value)


def growing(tx: Reading, now: int, days: int, most: int) -> tuple[Silent, ...]:
    """Accounts in use whose silence is known and, at `now`, of `days` to under `most` days, agreed
    time apart; an account of which nobody can say whether it posted is not among them."""
    seen = visible(tx, EVERYTHING, now)
    day = ACCOUNT_DAY.c
    seconds = day.silence_min + now - day.cutoff
    rows = tx.conn.execute(
        select(
            seen.c.account_id,
            day.last_post_until.label("since"),
            seconds.label("seconds"),
            *(seen.c[each] for each in ("name", "platform", "unit_name", "path")),
        )
        .select_from(seen.join(ACCOUNT_DAY, day.account_id == seen.c.account_id))
        .where(
            seen.c.state == State.ACTIVE.value,
            day.outcome.in_(DECIDED),
            day.last_post_until.is_not(None),
            seconds >= days * DAY,
            seconds < most * DAY,
        )
        .order_by(seen.c.account_id)
    )
    return tuple(Silent(**row) for row in rows.mappings())


def told(tx: Reading, found: Collection[Silent]) -> set[Told]:
    """What somebody was told of these silences, in one question whatever their number: of all that
    began no earlier than the oldest of them."""
    oldest = min((each.since for each in found), default=OPEN)
    asked = select(NOTICE.c.account_id, NOTICE.c.since, NOTICE.c.days)
    rows = tx.conn.execute(asked.where(NOTICE.c.since >= oldest))
    return {(row.account_id, row.since, row.days) for row in rows}


def reminders(tx: Reading, oldest: int) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
    """(account, since, people told) of every step of the silences that began at `oldest` or later,
    in order of both."""
    rows = tx.conn.execute(
        select(NOTICE.c.account_id, NOTICE.c.since, NOTICE.c.told_to)
        .where(NOTICE.c.since >= oldest)
        .order_by(NOTICE.c.account_id, NOTICE.c.since, NOTICE.c.days)
    )
    return tuple((row.account_id, row.since, tuple(row.told_to)) for row in rows)


def tell(tx: Writing, silent: Silent, days: int, people: Iterable[int]) -> int:
    """Write down who was told of this silence at this step; the notice's id."""
    keys = {"account_id": silent.account_id, "since": silent.since, "days": days}
    return enter(tx, NOTICE, **keys, told_to=sorted(set(people)), recorded_at=tx.stamp)
