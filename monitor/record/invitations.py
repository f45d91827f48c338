"""Invitations 自愿参与: rows apart from the tasks of a campaign, and which of them are to be told.

An account whose papers do not hold any more is in none of the answers, whatever its row says.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, insert, select, update

from monitor.domain.account import Kind
from monitor.domain.campaign import State, TaskState
from monitor.domain.notice import Asked, Matter, What
from monitor.domain.scope import EVERYTHING
from monitor.domain.volunteer import OPEN, Invitation, Reply
from monitor.record import sendings
from monitor.record.campaign_stops import covering
from monitor.record.campaigns import CAMPAIGN
from monitor.record.screens.scoping import ACCOUNT_REV, below, visible
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

INVITATION: Final = METADATA.tables["campaign_invitation"]
PERSONAL: Final = ACCOUNT_REV.c.kind == Kind.PERSONAL.value


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


def stopped(tx: Reading, now: int, invitation_id: int) -> bool:
    """Whether a stop covers an invited account, by its unit's place and its platform."""
    seen = visible(tx, EVERYTHING, now, PERSONAL, official=False)
    covered = covering(INVITATION.c.campaign_id, seen.c.path, seen.c.platform)
    rows = (
        select(INVITATION.c.id)
        .join(seen, seen.c.account_id == INVITATION.c.account_id)
        .where(INVITATION.c.id == invitation_id, covered)
    )
    return tx.conn.execute(rows).first() is not None


def to_hand_out(tx: Reading, at: int, asked: Mapping[int, Asked]) -> tuple[Matter, ...]:
    """The invitations to campaigns that nobody was told of yet and whose papers hold at `at`."""
    return _matters(tx, at, asked, INVITATION.c.told_at.is_(None))


def handed_out(
    tx: Reading, now: int, asked: Mapping[int, Asked], within: tuple[str, str] = ("/", "")
) -> tuple[Matter, ...]:
    """The open invitations to campaigns that were told, below a path and on a platform ('' all)."""
    return _matters(tx, now, asked, INVITATION.c.told_at.is_not(None), within=within)


def open_in(tx: Reading, now: int, campaign_ids: Collection[int]) -> dict[int, set[str]]:
    """By campaign, the paths of units with an open invitation whose papers hold at `now`."""
    seen = visible(tx, EVERYTHING, now, PERSONAL, official=False)
    rows = tx.conn.execute(
        select(INVITATION.c.campaign_id, seen.c.path)
        .join(seen, seen.c.account_id == INVITATION.c.account_id)
        .where(INVITATION.c.campaign_id.in_(sorted(campaign_ids)), _open())
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row.campaign_id, set()).add(row.path)
    return found


def campaigns_with(tx: Reading) -> list[int]:
    """The campaigns under way of which somebody was told an invitation."""
    rows = (
        select(INVITATION.c.campaign_id)
        .join(CAMPAIGN, CAMPAIGN.c.id == INVITATION.c.campaign_id)
        .where(CAMPAIGN.c.state == State.UNDER_WAY.value)
        .where(INVITATION.c.told_at.is_not(None), _open())
        .distinct()
    )
    return sorted(tx.conn.execute(rows).scalars())


def _open() -> ColumnElement[bool]:
    return INVITATION.c.reply.in_([each.value for each in OPEN])


def _matters(
    tx: Reading,
    now: int,
    asked: Mapping[int, Asked],
    *conditions: ColumnElement[bool],
    within: tuple[str, str] = ("/", ""),
) -> tuple[Matter, ...]:
    seen = visible(tx, EVERYTHING, now, PERSONAL, official=False)
    wanted = [INVITATION.c.campaign_id.in_(sorted(asked)), _open(), *conditions]
    if within[0] != "/":
        wanted.append(below(tx, seen.c.path, within[0]))
    if within[1]:
        wanted.append(seen.c.platform == within[1])
    names = ("name", "platform", "unit_name", "path", "region_name")
    rows = tx.conn.execute(
        select(INVITATION, *(seen.c[each] for each in names))
        .join(seen, seen.c.account_id == INVITATION.c.account_id)
        .where(*wanted)
        .order_by(INVITATION.c.id)
    ).mappings()
    return tuple(_matter(row, asked[row["campaign_id"]]) for row in rows)


def _matter(row: Mapping[Any, Any], asked: Asked) -> Matter:
    """An invitation is told of as a task is, but never counted, due or reminded of."""
    return Matter(
        task_id=row["id"],
        asked=asked,
        account=row["name"],
        platform=row["platform"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        path=row["path"],
        region_name=row["region_name"],
        state=TaskState.TO_PUBLISH,
        opens=None,
        due=asked.content.due,
        what=What.INVITED,
        step=What.INVITED.value,
        voluntary=True,
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
