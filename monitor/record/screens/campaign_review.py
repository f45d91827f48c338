"""复盘: all a review of one campaign is made of, read at one go; earlier ones beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, or_, select

from monitor.access.declared import shown
from monitor.domain.campaign import Kind, Move, Task, TaskMove, TaskState
from monitor.domain.campaign_review import Held, Read
from monitor.domain.instants import DAY, OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.campaign_seen import POST
from monitor.record.campaign_tasks import MOVE, TASK
from monitor.record.campaigns import CAMPAIGN, Kept, get
from monitor.record.campaigns import MOVE as CAMPAIGN_MOVE
from monitor.record.campaigns import kept_of as campaign_of
from monitor.record.screens.campaign_board import Times
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

OBS: Final = METADATA.tables["post_obs"]
RIPE: Final = 2 * DAY
"""A number seen earlier than this after publishing says little yet."""
SINCE, UNTIL = 97 * DAY, 7 * DAY
"""An account's normal is that of the ninety days that end a week before the campaign."""
EARLIER: Final = 5
STANDS: Final = ("state", "due_at", "opens_at", "published_at", "put_right_at")
"""Of a task so much tells how it stands and how long it took."""
STATES: Final = {each.value: each for each in TaskState}


@dataclass(frozen=True, slots=True)
class Looked:
    """One campaign with its times and the tasks of the scope."""

    kept: Kept
    times: Times
    held: tuple[Held, ...]

    @property
    def tasks(self) -> list[Task]:
        """The tasks alone."""
        return [each.task for each in self.held]


@dataclass(frozen=True, slots=True)
class Material:
    """What a review is made of: numbers of the campaign's posts and of those before, why some were
    excused, and earlier campaigns of the kind and drills, the newest first."""

    itself: Looked
    reads: tuple[Read, ...]
    excuses: tuple[str, ...]
    earlier: tuple[Looked, ...]


@shown(Permission.SEE_CAMPAIGNS)
def material(tx: Reading, scope: Scope, now: int, campaign_id: int = 0) -> Material | None:
    """All of it for one campaign that was issued; None where it has no task within the scope."""
    kept = get(tx, campaign_id)
    if kept is None or kept.issued_at is None:
        return None
    every = [kept, *_earlier(tx, kept)]
    held = _held(tx, scope, now, [each.id for each in every])
    if kept.id not in held:
        return None
    spans = _times(tx, list(held))
    itself, *before = [
        Looked(each, spans[each.id], tuple(held[each.id])) for each in every if each.id in held
    ]
    reads, excuses = _reads(tx, itself), _excuses(tx, scope, now, kept)
    return Material(itself, tuple(reads), tuple(excuses), tuple(before))


def _held(tx: Reading, scope: Scope, now: int, ids: Sequence[int]) -> dict[int, list[Held]]:
    """The tasks of some campaigns within the scope: those that stand alike are read as one row."""
    seen = visible(tx, scope, now)
    columns = (TASK.c.campaign_id, TASK.c.unit_id, *(TASK.c[name] for name in STANDS))
    rows = tx.conn.execute(
        select(*columns, func.count())
        .join(seen, seen.c.account_id == TASK.c.account_id)
        .where(TASK.c.campaign_id.in_(ids))
        .group_by(*columns)
    )
    found: dict[int, list[Held]] = {}
    for campaign_id, unit_id, state, due, opens, published, put_right_at, many in map(tuple, rows):
        task = Task(STATES[state], due, opens, published=published, put_right_at=put_right_at)
        found.setdefault(campaign_id, []).extend([Held(unit_id, task)] * many)
    return found


def _times(tx: Reading, ids: Sequence[int]) -> dict[int, Times]:
    """When the first of each campaign's accounts published, in the scope or not, and its end."""
    firsts = (
        select(TASK.c.campaign_id, func.min(TASK.c.published_at))
        .where(TASK.c.campaign_id.in_(ids))
        .group_by(TASK.c.campaign_id)
    )
    ends = (
        select(CAMPAIGN_MOVE.c.campaign_id, func.min(CAMPAIGN_MOVE.c.at))
        .where(
            CAMPAIGN_MOVE.c.campaign_id.in_(ids),
            CAMPAIGN_MOVE.c.move.in_((Move.END.value, Move.CANCEL.value)),
        )
        .group_by(CAMPAIGN_MOVE.c.campaign_id)
    )
    first, ended = (dict(map(tuple, tx.conn.execute(each))) for each in (firsts, ends))
    return {each: Times(first.get(each), ended.get(each)) for each in ids}


def _earlier(tx: Reading, kept: Kept) -> list[Kept]:
    """The last of its kind and the last drills; for a drill the last drills and the last real."""
    drill = CAMPAIGN.c.kind == Kind.DRILL.value
    kind = kept.content.kind
    same = CAMPAIGN.c.kind == kind.value
    found = [*_last(tx, kept, same), *_last(tx, kept, ~drill if kind is Kind.DRILL else drill)]
    return sorted(found, key=lambda each: (-(each.issued_at or 0), -each.id))


def _last(tx: Reading, kept: Kept, which: ColumnElement[bool]) -> list[Kept]:
    rows = tx.conn.execute(
        select(CAMPAIGN)
        .where(
            which,
            CAMPAIGN.c.id != kept.id,
            CAMPAIGN.c.desk_id == kept.desk_id,
            CAMPAIGN.c.issued_at <= kept.issued_at,
        )
        .order_by(CAMPAIGN.c.issued_at.desc(), CAMPAIGN.c.id.desc())
        .limit(EARLIER)
    ).mappings()
    return [campaign_of(row) for row in rows]


def _reads(tx: Reading, itself: Looked) -> list[Read]:
    """The newest ripe number of every post, of what was published for it and of what before."""
    start = itself.times.first
    if start is None:
        return []
    tasks = select(TASK.c.account_id).where(TASK.c.campaign_id == itself.kept.id)
    keys = select(TASK.c.key_id).where(
        TASK.c.campaign_id == itself.kept.id, TASK.c.key_id.is_not(None)
    )
    own = POST.c.key_id.in_(keys)
    before = POST.c.published_from.between(start - SINCE, start - UNTIL - 1)
    later = OBS.alias()
    newest = (
        select(func.max(later.c.observed_at))
        .where(later.c.key_id == POST.c.key_id)
        .scalar_subquery()
    )
    rows = tx.conn.execute(
        select(POST.c.key_id, POST.c.account_id, case((own, 1), else_=0), REACH, _response())
        .join(OBS, OBS.c.key_id == POST.c.key_id)
        .where(
            POST.c.account_id.in_(tasks),
            POST.c.superseded_at == OPEN,
            or_(own, before),
            OBS.c.observed_at == newest,
            OBS.c.observed_at - POST.c.published_from >= RIPE,
        )
        .order_by(OBS.c.recorded_at)
    )
    found = {row[0]: Read(row[1], bool(row[2]), _whole(row[3]), _whole(row[4])) for row in rows}
    return [*found.values(), *_unread(tx, itself, found)]


def _unread(tx: Reading, itself: Looked, found: dict[int, Read]) -> list[Read]:
    """What was published for it and of which nobody gave a number: it counts as not measured."""
    rows = tx.conn.execute(
        select(TASK.c.account_id, TASK.c.key_id).where(
            TASK.c.campaign_id == itself.kept.id, TASK.c.published_at.is_not(None)
        )
    )
    return [Read(row.account_id, own=True) for row in rows if row.key_id not in found]


REACH: Final = func.coalesce(OBS.c.readers, OBS.c.reads, OBS.c.plays)
ANSWERS: Final[Sequence[ColumnElement[Any]]] = (
    OBS.c.likes,
    OBS.c.comments,
    func.coalesce(OBS.c.shares, OBS.c.sharers),
    OBS.c.recommends,
    OBS.c.favourites,
)


def _response() -> ColumnElement[Any]:
    """What readers did, all sorts together; NULL where no sort was given."""
    whole = sum((func.coalesce(each, 0) for each in ANSWERS[1:]), func.coalesce(ANSWERS[0], 0))
    return case((func.coalesce(*ANSWERS).is_(None), None), else_=whole)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _excuses(tx: Reading, scope: Scope, now: int, kept: Kept) -> list[str]:
    """What each unit that was excused had said last."""
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(
        select(MOVE.c.task_id, MOVE.c.words)
        .join(TASK, TASK.c.id == MOVE.c.task_id)
        .join(seen, seen.c.account_id == TASK.c.account_id)
        .where(
            TASK.c.campaign_id == kept.id,
            TASK.c.state == TaskState.EXCUSED.value,
            MOVE.c.move == TaskMove.ASK_OUT.value,
        )
        .order_by(MOVE.c.id)
    )
    return list({row[0]: row[1] for row in rows}.values())
