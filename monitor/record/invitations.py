"""Invitations 自愿参与 as rows, apart from the tasks of a campaign."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import insert, select, update

from monitor.domain.volunteer import Invitation, Reply
from monitor.record import sendings
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

INVITATION: Final = METADATA.tables["campaign_invitation"]


def invite(tx: Writing, campaign_id: int, whose: Mapping[int, int], by: int) -> list[int]:
    """Invite accounts (their units' ids by account id); the ids. Whose invitation had lapsed is
    asked anew."""
    lapsed = update(INVITATION).where(
        INVITATION.c.campaign_id == campaign_id,
        INVITATION.c.account_id.in_(sorted(whose)),
        INVITATION.c.reply == Reply.GONE.value,
    )
    fresh = {"reply": Reply.WAITING.value, "invited_at": tx.second, "invited_by": by}
    fresh |= {"told_at": None, "told_to": [], "answered_at": None, "recorded_at": tx.stamp}
    again = lapsed.values(**fresh, version=INVITATION.c.version + 1)
    asked = set(tx.conn.execute(again.returning(INVITATION.c.account_id)).scalars())
    rows = [
        {"campaign_id": campaign_id, "account_id": account, "unit_id": unit, "version": 0, **fresh}
        for account, unit in whose.items()
        if account not in asked
    ]
    if rows:
        tx.conn.execute(insert(INVITATION), rows)
    mine = select(INVITATION.c.id).where(
        INVITATION.c.campaign_id == campaign_id, INVITATION.c.account_id.in_(sorted(whose))
    )
    return sorted(tx.conn.execute(mine).scalars())


def get(tx: Reading, invitation_id: int) -> Invitation | None:
    """One invitation as it stands, whatever the papers of its account."""
    one = select(INVITATION).where(INVITATION.c.id == invitation_id)
    row = tx.conn.execute(one).mappings().first()
    return None if row is None else kept_of(row)


def put(tx: Writing, kept: Invitation, reply: Reply) -> bool:
    """Write an answer on top of the version that was read; False where that is not the newest."""
    now = {"reply": reply.value, "answered_at": tx.second, "recorded_at": tx.stamp}
    return sendings.swap(tx, INVITATION, kept.id, kept.version, **now)


def lapse(tx: Writing, account_id: int) -> list[Invitation]:
    """The account leaves: all its invitations are over and keep no answer; which these were."""
    mine = (INVITATION.c.account_id == account_id, INVITATION.c.reply != Reply.GONE.value)
    rows = tx.conn.execute(select(INVITATION).where(*mine).order_by(INVITATION.c.id)).mappings()
    found = [kept_of(row) for row in rows]
    gone = {"reply": Reply.GONE.value, "answered_at": None, "recorded_at": tx.stamp}
    tx.conn.execute(
        update(INVITATION).where(*mine).values(**gone, version=INVITATION.c.version + 1)
    )
    return found


def told(tx: Writing, heard: Mapping[int, Iterable[int]]) -> None:
    """Write down who was asked to hand each invitation on (people's ids by its own)."""
    for invitation_id, people in heard.items():
        tx.conn.execute(
            update(INVITATION)
            .where(INVITATION.c.id == invitation_id)
            .values(told_at=tx.second, told_to=sorted(people))
        )


def kept_of(row: Mapping[Any, Any]) -> Invitation:
    """An invitation out of its row."""
    return Invitation(
        id=row["id"],
        version=row["version"],
        campaign_id=row["campaign_id"],
        account_id=row["account_id"],
        unit_id=row["unit_id"],
        reply=Reply(row["reply"]),
        invited_at=row["invited_at"],
        told_at=row["told_at"],
    )
