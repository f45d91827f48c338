"""Service checks: an answer is written when it differs from the one before, or has aged."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import insert, select

from monitor.domain.instants import DAY
from monitor.domain.numbers import Provenance
from monitor.domain.service import SeenService
from monitor.record.store import Writing
from monitor.record.tables.base import METADATA

SERVICE_CHECK = METADATA.tables["service_check"]
AGED: Final = 7 * DAY
"""The same answer is written again after so long, so that its date stays true to a week."""


def merge(tx: Writing, account_id: int, seen: Sequence[SeenService], source: Provenance) -> int:
    """Write what is news about one account's functions; how many answers that was."""
    if not seen:
        return 0
    known = tx.conn.execute(
        select(SERVICE_CHECK).where(SERVICE_CHECK.c.account_id == account_id)
    ).mappings()
    answers = [
        (row["function"], row["checked_at"], (row["works"], row["measured"], row["detail"]))
        for row in known
    ]
    fresh = []
    for each in sorted(seen, key=lambda one: one.checked_at):
        said = (each.works, each.measured, each.detail)
        before = [
            (checked_at, answer)
            for function, checked_at, answer in answers
            if function == each.function.value and checked_at <= each.checked_at
        ]
        last = max(before, key=lambda one: one[0], default=None)
        if last is not None and last[1] == said and each.checked_at - last[0] < AGED:
            continue
        answers.append((each.function.value, each.checked_at, said))
        fresh.append(each)
    _insert(tx, account_id, fresh, source)
    return len(fresh)


def _insert(tx: Writing, account_id: int, fresh: Sequence[SeenService], source: Provenance) -> None:
    if not fresh:
        return
    tx.conn.execute(
        insert(SERVICE_CHECK),
        [
            {
                "account_id": account_id,
                "function": each.function.value,
                "works": each.works,
                "measured": each.measured,
                "checked_at": each.checked_at,
                "detail": each.detail,
                "source": source.value,
                "recorded_at": tx.stamp,
            }
            for each in fresh
        ],
    )
