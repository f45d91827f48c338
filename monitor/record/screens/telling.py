"""协同·告知: who was told of a campaign, when, by what, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from monitor.access import scopes
from monitor.access.declared import shown
from monitor.domain.notice import Outcome
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import outbox
from monitor.record.screens import campaigns
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

LETTER: Final = METADATA.tables["campaign_letter"]
ROBOT: Final = METADATA.tables["robot"]
PERSON: Final = METADATA.tables["person"]
HANDED: Final = PERSON.alias("handed")
BOX: Final = METADATA.tables["outbox"]
MOST: Final = 500
OUTCOMES: Final = {
    outbox.SENT: Outcome.SENT,
    outbox.FAILED: Outcome.FAILED,
    outbox.UNKNOWN: Outcome.UNKNOWN,
    outbox.WITHDRAWN: Outcome.WITHDRAWN,
}
"""What a letter that is not on its way any more came to; all others wait."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: to whom ('' where nobody is entered), of what, how many tasks, what came of it.

    `at` is when it left, was handed on, or was written; `leaves_at` when it may leave, where it
    waits. `text` is what is handed on by hand, `handed_by` who did; `error` why it did not leave.
    `channel` '' is by hand.
    """

    id: int
    what: str
    name: str
    channel: str
    tasks: int
    at: int
    outcome: Outcome
    leaves_at: int | None = None
    text: str = ""
    error: str = ""
    handed_by: str = ""


@shown(Permission.SEE_CAMPAIGNS)
def messages(
    tx: Reading, scope: Scope, now: int, campaign_id: int = 0, *, limit: int = MOST
) -> tuple[Message, ...]:
    """The newest messages of a campaign that speak of a unit in the scope, the newest first;
    nothing for whom the campaign is not shown."""
    if campaigns.one(tx, scope, now, campaign_id) is None:
        return ()
    rows = tx.conn.execute(
        select(
            LETTER,
            func.coalesce(PERSON.c.name, ROBOT.c.name).label("name"),
            HANDED.c.name.label("handed"),
            *(BOX.c[each] for each in ("state", "sent_at", "next_at", "error")),
        )
        .select_from(LETTER)
        .outerjoin(PERSON, PERSON.c.id == LETTER.c.person_id)
        .outerjoin(HANDED, HANDED.c.id == LETTER.c.handed_by)
        .outerjoin(ROBOT, ROBOT.c.id == LETTER.c.robot_id)
        .outerjoin(BOX, BOX.c.id == LETTER.c.outbox_id)
        .where(LETTER.c.campaign_id == campaign_id)
        .order_by(LETTER.c.id.desc())
        .limit(min(limit, MOST))
    ).mappings()
    return tuple(
        _message(row)
        for row in rows
        if scope.lines or any(scopes.covers(scope, path, "") for path in row["paths"])
    )


def _message(row: Mapping[Any, Any]) -> Message:
    outcome = _outcome(row)
    waits = outcome is Outcome.WAITING
    return Message(
        id=row["id"],
        what=row["what"],
        name=row["name"] or "",
        channel=row["channel"],
        tasks=row["tasks"],
        at=row["sent_at"] or row["handed_at"] or row["told_at"],
        outcome=outcome,
        leaves_at=row["next_at"] if waits else None,
        text=row["text"],
        error=(row["error"] or "") if outcome is not Outcome.SENT else "",
        handed_by=row["handed"] or "",
    )


def _outcome(row: Mapping[Any, Any]) -> Outcome:
    if row["handed_at"] is not None:
        return Outcome.HANDED
    if row["outbox_id"] is None:
        return Outcome.PASTE if row["text"] else Outcome.WITHDRAWN
    if row["state"] is None:  # cleared away after it was sent
        return Outcome.SENT
    return OUTCOMES.get(row["state"], Outcome.WAITING)
