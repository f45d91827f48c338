"""自愿参与: officers' own accounts invited to campaigns, apart from everything that counts tasks.

An account whose papers do not hold at `now` is in no answer. Lists are by unit and name, never by
what was answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, Subquery, select

from monitor.access.declared import shown
from monitor.domain.account import Kind
from monitor.domain.account import State as Account
from monitor.domain.campaign import State
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.domain.volunteer import Invitation, Reply
from monitor.record.campaign_stops import covering
from monitor.record.campaigns import CAMPAIGN, Kept
from monitor.record.campaigns import kept_of as campaign_of
from monitor.record.invitations import INVITATION, kept_of
from monitor.record.screens import campaigns
from monitor.record.screens.scoping import ACCOUNT_REV, visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

PERSON: Final = METADATA.tables["person"]
PERSONAL: Final = ACCOUNT_REV.c.kind == Kind.PERSONAL.value
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Volunteer:
    """One invited account, and the names of who was asked to hand it on; `stopped` where a stop
    covers it."""

    kept: Invitation
    name: str
    platform: str
    unit_name: str
    told_to: tuple[str, ...]
    stopped: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that may be invited, and the unit it belongs to."""

    account_id: int
    unit_id: int
    name: str
    platform: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation that may be answered, and the campaign it is to."""

    volunteer: Volunteer
    campaign: Kept


@shown(Permission.CAMPAIGN)
def invited(tx: Reading, scope: Scope, now: int, campaign_id: int = 0) -> tuple[Volunteer, ...]:
    """Who of the scope was invited to a campaign, by unit and name; nothing for whom the campaign
    is not shown."""
    if campaigns.one(tx, scope, now, campaign_id) is None:
        return ()
    seen = visible(tx, scope, now, PERSONAL, official=False)
    rows = tx.conn.execute(_query(seen).where(INVITATION.c.campaign_id == campaign_id))
    return _volunteers(tx, [dict(row) for row in rows.mappings()])


@shown(Permission.CAMPAIGN)
def candidates(tx: Reading, scope: Scope, now: int, campaign_id: int = 0) -> tuple[Candidate, ...]:
    """The officers' accounts in use whose papers hold, and who were not invited to a campaign yet;
    who declined is not asked again."""
    seen = visible(tx, scope, now, PERSONAL, official=False)
    asked = select(INVITATION.c.account_id).where(
        INVITATION.c.campaign_id == campaign_id, INVITATION.c.reply != Reply.GONE.value
    )
    names = ("account_id", "unit_id", "name", "platform", "unit_name")
    rows = tx.conn.execute(
        select(*(seen.c[each] for each in names))
        .where(seen.c.state == Account.ACTIVE.value, seen.c.account_id.not_in(asked))
        .order_by(seen.c.unit_name, seen.c.name, seen.c.account_id)
        .limit(MOST)
    )
    return tuple(Candidate(*row) for row in rows)


@shown(Permission.CONSENT)
def to_answer(tx: Reading, scope: Scope, now: int) -> tuple[Asked, ...]:
    """The invitations of a scope to campaigns under way, that were handed out; the next to end
    first."""
    seen = visible(tx, scope, now, PERSONAL, official=False)
    live = (CAMPAIGN.c.state == State.UNDER_WAY.value, INVITATION.c.told_at.is_not(None))
    rows = tx.conn.execute(_query(seen).where(*live))
    found = [dict(row) for row in rows.mappings()]
    every = {each.kept.id: each for each in _volunteers(tx, found)}
    kept = {
        row["id"]: campaign_of(row)
        for row in tx.conn.execute(
            select(CAMPAIGN).where(CAMPAIGN.c.id.in_({row["campaign_id"] for row in found}))
        ).mappings()
    }
    asked = [Asked(each, kept[each.kept.campaign_id]) for each in every.values()]
    return tuple(sorted(asked, key=lambda each: (each.campaign.due_at, each.campaign.id)))


def _query(seen: Subquery) -> Select[Any]:
    covered = covering(INVITATION.c.campaign_id, seen.c.path, seen.c.platform)
    return (
        select(
            INVITATION,
            *(seen.c[each] for each in ("name", "platform", "unit_name")),
            covered.label("stopped"),
        )
        .join(seen, seen.c.account_id == INVITATION.c.account_id)
        .join(CAMPAIGN, CAMPAIGN.c.id == INVITATION.c.campaign_id)
        .where(INVITATION.c.reply != Reply.GONE.value)
        .order_by(seen.c.unit_name, seen.c.name, INVITATION.c.id)
        .limit(MOST)
    )


def _volunteers(tx: Reading, rows: list[dict[str, Any]]) -> tuple[Volunteer, ...]:
    people = {who for row in rows for who in row["told_to"]}
    named = select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(sorted(people)))
    names = {row.id: row.name for row in tx.conn.execute(named)}
    return tuple(_volunteer(row, names) for row in rows)


def _volunteer(row: Mapping[str, Any], names: Mapping[int, str]) -> Volunteer:
    told = tuple(names[who] for who in row["told_to"] if who in names)
    whose = (row["name"], row["platform"], row["unit_name"])
    return Volunteer(kept_of(row), *whose, told, bool(row["stopped"]))
