"""数据提示 in the store: one that waits an account, and what a person said of the former ones."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any, Final

from sqlalchemy import Select, delete, insert, select, update

from monitor.domain.account import State
from monitor.domain.errors import Conflict
from monitor.domain.instants import DAY
from monitor.domain.number_hint import NumberHint
from monitor.domain.scope import EVERYTHING
from monitor.domain.words import Decision
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

HINT: Final = METADATA.tables["number_hint"]
QUIET: Final = 90 * DAY
"""So long after a person looked the same account is not pointed at again: a leap stays in its past
for two months and would be found anew every day."""


def subjects(tx: Reading, now: int) -> list[int]:
    """The official accounts in use, by id: nobody's personal account is looked at."""
    seen = visible(tx, EVERYTHING, now)
    asked = select(seen.c.account_id).where(seen.c.state == State.ACTIVE.value)
    return list(tx.conn.execute(asked.order_by(seen.c.account_id)).scalars())


def keep(tx: Writing, as_of: int, found: Sequence[NumberHint]) -> int:
    """These in place of those that waited; how many wait now. Whoever was looked at of late by a
    person is left alone."""
    waiting = {row.account_id: row.found_at for row in tx.conn.execute(_waiting())}
    looked = select(HINT.c.account_id).where(HINT.c.decided_at > tx.second - QUIET)
    quiet = set(tx.conn.execute(looked).scalars())
    tx.conn.execute(delete(HINT).where(HINT.c.decision == ""))
    rows = [
        {
            "account_id": each.account_id,
            "as_of": as_of,
            "rate": each.rate,
            "told": [list(astuple(one)) for one in each.told],
            "found_at": waiting.get(each.account_id, tx.second),
            "decision": "",
        }
        for each in found
        if each.account_id not in quiet
    ]
    if rows:
        tx.conn.execute(insert(HINT), rows)
    return len(rows)


def decide(tx: Writing, account_id: int, decision: Decision, by: int | None) -> int:
    """What a person said of the hint that waits for an account; its id. Conflict where none does:
    somebody said so before, or the numbers no longer show it."""
    hint_id = tx.conn.execute(_waiting().where(HINT.c.account_id == account_id)).scalar()
    if hint_id is None:
        raise Conflict("这条提示已有人看过,或已不再出现", "", "请刷新后再看")
    said = {"decision": decision.value, "decided_by": by, "decided_at": tx.second}
    tx.conn.execute(update(HINT).where(HINT.c.id == hint_id).values(**said))
    return int(hint_id)


def _waiting() -> Select[Any]:
    return select(HINT.c.id, HINT.c.account_id, HINT.c.found_at).where(HINT.c.decision == "")
