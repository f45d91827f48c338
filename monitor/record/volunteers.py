"""Volunteers 自愿参与: which invitations are to be told, and whom they concern now.

An account whose papers do not hold any more is in none of the answers, whatever its row says.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, select

from monitor.domain.account import Kind
from monitor.domain.campaign import State, TaskState
from monitor.domain.notice import Asked, Matter, What
from monitor.domain.scope import EVERYTHING
from monitor.domain.volunteer import OPEN
from monitor.record.campaign_stops import covering
from monitor.record.campaigns import CAMPAIGN
from monitor.record.invitations import INVITATION
from monitor.record.screens.scoping import ACCOUNT_REV, below, visible
from monitor.record.store import Reading

PERSONAL: Final = ACCOUNT_REV.c.kind == Kind.PERSONAL.value


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
