"""协同响应: every task of the campaigns that were issued, with what came of it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Select, and_, func, select

from monitor.access.declared import shown
from monitor.domain.campaign import Kind, Order, TaskMove, TaskState
from monitor.domain.campaign_response import Release, Response
from monitor.domain.instants import DAY
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.campaign_tasks import MOVE, TASK, kept_of
from monitor.record.campaigns import CAMPAIGN
from monitor.record.campaigns import kept_of as campaign_of
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

OBS: Final = METADATA.tables["post_obs"]
ACCOUNT_REV: Final = METADATA.tables["account_rev"]
EARLY, LATE = 6 * DAY, 8 * DAY
"""Numbers of the seventh day: seen within a day of it."""


@shown(Permission.SEE_CAMPAIGNS)
def responses(tx: Reading, scope: Scope, now: int, campaign_id: int = 0) -> tuple[Response, ...]:
    """The tasks within the scope, by campaign; of one campaign where it is named. Officers'
    personal accounts have none."""
    return tuple(_responses(tx, scope, now, campaign_id))


def _responses(tx: Reading, scope: Scope, now: int, campaign_id: int) -> Iterator[Response]:
    releases = _releases(tx, campaign_id)
    excuses, numbers = _excuses(tx), _numbers(tx)
    for row in tx.conn.execute(_tasks(tx, scope, now, campaign_id)).mappings():
        kept = kept_of(row)
        release = releases.get(kept.campaign_id)
        if release is None:
            continue
        reach, source = numbers.get(kept.id, (None, ""))
        excused = kept.task.state in (TaskState.EXCUSED, TaskState.ASKS_OUT)
        yield Response(
            release=release,
            task=kept.task,
            excuse=excuses.get(kept.id, "") if excused else "",
            reach=reach,
            source=source,
            account_name=row["name"],
            **{name: row[name] for name in _ACCOUNT},
        )


_ACCOUNT: Final = ("platform", "unit_name", "region_name", "county_name")


def _tasks(tx: Reading, scope: Scope, now: int, campaign_id: int) -> Select[Any]:
    seen = visible(tx, scope, now)
    wanted = (TASK.c.campaign_id == campaign_id,) if campaign_id else ()
    return (
        select(TASK, seen.c.name, *(seen.c[name] for name in _ACCOUNT))
        .join(seen, seen.c.account_id == TASK.c.account_id)
        .where(*wanted)
        .order_by(TASK.c.campaign_id, seen.c.region, TASK.c.unit_id, TASK.c.id)
    )


def _releases(tx: Reading, campaign_id: int) -> Mapping[int, Release]:
    """What was issued, with who was first: of several in one second the task with the least id."""
    wanted = (CAMPAIGN.c.id == campaign_id,) if campaign_id else ()
    rows = tx.conn.execute(
        select(CAMPAIGN).where(CAMPAIGN.c.issued_at.is_not(None), *wanted)
    ).mappings()
    firsts = _firsts(tx)
    found = {}
    for row in rows:
        kept = campaign_of(row)
        first, name = firsts.get(kept.id, (None, ""))
        found[kept.id] = Release(
            number=kept.number,
            title=kept.content.title,
            kind=Kind(kept.content.kind),
            order=Order(kept.content.order),
            issued_at=kept.issued_at or 0,
            first_account=name,
            first=first,
        )
    return found


def _firsts(tx: Reading) -> Mapping[int, tuple[int, str]]:
    """When the first account of each campaign published, and its newest name."""
    least = (
        select(TASK.c.campaign_id, func.min(TASK.c.published_at).label("first"))
        .where(TASK.c.published_at.is_not(None))
        .group_by(TASK.c.campaign_id)
        .subquery()
    )
    rows = tx.conn.execute(
        select(TASK.c.campaign_id, least.c.first, ACCOUNT_REV.c.name)
        .join(
            least,
            and_(least.c.campaign_id == TASK.c.campaign_id, least.c.first == TASK.c.published_at),
        )
        .join(ACCOUNT_REV, ACCOUNT_REV.c.account_id == TASK.c.account_id)
        .order_by(TASK.c.id.desc(), ACCOUNT_REV.c.valid_from, ACCOUNT_REV.c.recorded_at)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _excuses(tx: Reading) -> Mapping[int, str]:
    """What a unit said last when it asked to be excused, by task."""
    rows = tx.conn.execute(
        select(MOVE.c.task_id, MOVE.c.words)
        .where(MOVE.c.move == TaskMove.ASK_OUT.value)
        .order_by(MOVE.c.id)
    )
    return {row[0]: row[1] for row in rows}


def _numbers(tx: Reading) -> Mapping[int, tuple[int | None, str]]:
    """What was read or played on the seventh day and who said so, by task; the last look counts."""
    reach = func.coalesce(OBS.c.readers, OBS.c.reads, OBS.c.plays)
    age = OBS.c.observed_at - TASK.c.published_at
    rows = tx.conn.execute(
        select(TASK.c.id, reach, OBS.c.source)
        .join(OBS, OBS.c.key_id == TASK.c.key_id)
        .where(age >= EARLY, age < LATE, reach.is_not(None))
        .order_by(OBS.c.observed_at, OBS.c.recorded_at)
    )
    return {row[0]: (int(row[1]), row[2]) for row in rows}
