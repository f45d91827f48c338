"""Burden 基层负担: what was issued to units in a week, counted from the rows that issued it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    select,
    true,
    union_all,
)

from monitor.domain.burden import CAPS, PER_MATTER, Load, Sort, read_caps
from monitor.domain.case import Move, State
from monitor.domain.instants import OPEN
from monitor.domain.iso_week import span_of, week_of
from monitor.domain.receipt import UNBURDENING
from monitor.record import office_settings
from monitor.record.campaign_tasks import TASK
from monitor.record.campaigns import CAMPAIGN
from monitor.record.cases import CASE, MOVE
from monitor.record.clearings import ASKED, CLEARING
from monitor.record.forms import FORM, ROUND
from monitor.record.receipt_links import RECEIPT_LINK, REPORT_TASK
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

ALLOWANCE: Final = METADATA.tables["burden_allowance"]
UNIT_REV: Final = METADATA.tables["unit_rev"]
NOTICE: Final = METADATA.tables["campaign_notice"]
MICRO: Final = 1_000_000
SENT_AGAIN: Final = "再发链接"
URGED: Final = "整改催办"


@dataclass(frozen=True)
class Counted:
    """A kind of thing that burdens a unit: its rows, whose, of which matter, and when it was
    issued, in seconds or (`scale`) parts of one. `title` is what a list calls it."""

    sort: Sort
    kind: str
    rows: FromClause
    unit: ColumnElement[Any]
    matter: ColumnElement[Any]
    title: ColumnElement[Any]
    at: ColumnElement[Any]
    scale: int = 1
    which: ColumnElement[bool] = true()  # noqa: RUF009  # a constant of the language


def _urged() -> ColumnElement[Any]:
    """Whom a reminder of a case reached: the city while the case lies there, else the unit."""
    passed_on = MOVE.alias("passed_on")
    forwarded = exists().where(
        passed_on.c.case_id == MOVE.c.case_id,
        passed_on.c.move == Move.FORWARD.value,
        passed_on.c.id < MOVE.c.id,
    )
    there = and_(MOVE.c.before == State.ASSIGNED.value, ~forwarded)
    at_city = (MOVE.c.before == State.FIRST_CHECK.value) | there
    return case((at_city, func.coalesce(CASE.c.transit_id, CASE.c.unit_id)), else_=CASE.c.unit_id)


def _sent_before() -> ColumnElement[bool]:
    """A link of a task that had one already: the first belongs to the task itself."""
    before = RECEIPT_LINK.alias("before")
    again = exists().where(
        before.c.kind == RECEIPT_LINK.c.kind,
        before.c.task_id == RECEIPT_LINK.c.task_id,
        before.c.id < RECEIPT_LINK.c.id,
    )
    # What only an officer himself answers asks nothing of a unit.
    return and_(again, RECEIPT_LINK.c.kind.not_in(UNBURDENING))


_TASKED: Final = (
    select(TASK.c.campaign_id, TASK.c.unit_id, CAMPAIGN.c.title, CAMPAIGN.c.issued_at)
    .join(CAMPAIGN, CAMPAIGN.c.id == TASK.c.campaign_id)
    .distinct()
    .subquery("tasked")
)
"""A campaign burdens a unit once, however many of its accounts publish."""
_REMINDED: Final = (
    select(TASK.c.campaign_id, TASK.c.unit_id, CAMPAIGN.c.title, NOTICE.c.recorded_at)
    .join(TASK, TASK.c.id == NOTICE.c.task_id)
    .join(CAMPAIGN, CAMPAIGN.c.id == TASK.c.campaign_id)
    .where(NOTICE.c.urged)
    .distinct()
    .subquery("reminded")
)
"""A reminder speaks of all a unit's accounts at once: it is one."""
_MOVED: Final = MOVE.join(CASE, CASE.c.id == MOVE.c.case_id)
_NUMBER: Final = literal("整改单 ") + cast(CASE.c.year, String) + "-" + cast(CASE.c.serial, String)
_LINKED: Final = RECEIPT_LINK.c.kind + ":" + cast(RECEIPT_LINK.c.task_id, String)
KINDS: Final = (
    Counted(
        Sort.FORM,
        "分发表格",
        FORM.join(ROUND, ROUND.c.id == FORM.c.round_id),
        FORM.c.unit_id,
        FORM.c.id,
        ROUND.c.title,
        ROUND.c.recorded_at,
        MICRO,
    ),
    Counted(
        Sort.FORM,
        "每周填报",
        REPORT_TASK,
        REPORT_TASK.c.unit_id,
        REPORT_TASK.c.id,
        REPORT_TASK.c.week,
        REPORT_TASK.c.recorded_at,
        MICRO,
    ),
    Counted(
        Sort.TASK,
        "协同任务",
        _TASKED,
        _TASKED.c.unit_id,
        _TASKED.c.campaign_id,
        _TASKED.c.title,
        _TASKED.c.issued_at,
    ),
    Counted(
        Sort.FORM,
        "清理排查",
        ASKED.join(CLEARING, CLEARING.c.id == ASKED.c.clearing_id),
        ASKED.c.unit_id,
        ASKED.c.id,
        CLEARING.c.title,
        ASKED.c.recorded_at,
        MICRO,
    ),
    Counted(
        Sort.CASE,
        "交办整改",
        _MOVED,
        CASE.c.unit_id,
        CASE.c.id,
        _NUMBER,
        MOVE.c.at,
        which=MOVE.c.move == Move.ASSIGN.value,
    ),
    Counted(
        Sort.URGE,
        URGED,
        _MOVED,
        _urged(),
        CASE.c.id,
        _NUMBER,
        MOVE.c.at,
        which=MOVE.c.move == Move.REMIND.value,
    ),
    Counted(
        Sort.URGE,
        "协同催办",
        _REMINDED,
        _REMINDED.c.unit_id,
        _REMINDED.c.campaign_id,
        _REMINDED.c.title,
        _REMINDED.c.recorded_at,
        MICRO,
    ),
    Counted(
        Sort.URGE,
        SENT_AGAIN,
        RECEIPT_LINK,
        RECEIPT_LINK.c.unit_id,
        _LINKED,
        RECEIPT_LINK.c.kind,
        RECEIPT_LINK.c.created_at,
        which=_sent_before(),
    ),
)
"""All that counts. Another kind joins by a line; it is then in the meter, its list and its cap."""


def caps(tx: Reading) -> dict[Sort, int]:
    """So many a week of each sort; what the office did not set is as it comes."""
    kept = office_settings.get(tx, office_settings.BURDEN)
    return read_caps(kept.value) if kept is not None else dict(CAPS)


def issued(week: str, sorts: Collection[Sort] = tuple(Sort)) -> Subquery:
    """Everything issued in a week, one row each: sort, kind, unit_id, matter, title, at."""
    first, until = span_of(week)
    return union_all(*(_rows(each, first, until) for each in KINDS if each.sort in sorts)).subquery(
        "issued"
    )


def _rows(each: Counted, first: int, until: int) -> Select[Any]:
    matter = literal(f"{each.kind}:") + cast(each.matter, String)
    return (
        select(
            literal(each.sort.value).label("sort"),
            literal(each.kind).label("kind"),
            each.unit.label("unit_id"),
            matter.label("matter"),
            cast(each.title, String).label("title"),
            (each.at // each.scale).label("at"),
        )
        .select_from(each.rows)
        .where(each.at >= first * each.scale, each.at < until * each.scale, each.which)
    )


def loads(week: str, sorts: Collection[Sort] = tuple(Sort)) -> Subquery:
    """The week counted: sort, unit_id, matter ('' where the unit counts), issued."""
    rows = issued(week, sorts)
    of_matter = rows.c.sort.in_([each.value for each in PER_MATTER])
    key = case((of_matter, rows.c.matter), else_=literal(""))
    keyed = select(rows.c.sort, rows.c.unit_id, key.label("matter")).subquery("keyed")
    return (
        select(*keyed.c, func.count().label("issued"))
        .group_by(keyed.c.sort, keyed.c.unit_id, keyed.c.matter)
        .subquery("loads")
    )


def allowed_more(
    week: str, sort: ColumnElement[Any], path: ColumnElement[Any]
) -> ColumnElement[Any]:
    """What was allowed a unit beyond its cap in a week."""
    inside = func.substr(path, 1, func.length(ALLOWANCE.c.path)) == ALLOWANCE.c.path
    return (
        select(func.coalesce(func.sum(ALLOWANCE.c.extra), 0))
        .where(ALLOWANCE.c.week == week, ALLOWANCE.c.sort == sort, inside)
        .scalar_subquery()
    )


def of_units(tx: Writing, sort: Sort, unit_ids: Collection[int]) -> list[Load]:
    """How these units stand in the week of `tx`, in one statement whatever their number."""
    week = week_of(tx.second)
    found = loads(week, (sort,))
    rows = tx.conn.execute(
        select(
            found, UNIT_REV.c.name, allowed_more(week, found.c.sort, UNIT_REV.c.path).label("extra")
        )
        .join(UNIT_REV, UNIT_REV.c.unit_id == found.c.unit_id)
        .where(UNIT_REV.c.superseded_at == OPEN, UNIT_REV.c.valid_from <= tx.second)
        .order_by(UNIT_REV.c.valid_from)
    )
    wanted = set(unit_ids)
    newest = {
        (row.unit_id, row.matter): Load(
            sort, row.unit_id, row.name, row.matter, row.issued, int(row.extra)
        )
        for row in rows
        if row.unit_id in wanted
    }
    return list(newest.values())


def allow(
    tx: Writing, sort: Sort, where: tuple[int, str], more: int, by: int | None, reason_id: int
) -> int:
    """Let a sub-tree, (unit id, path), have so many more this week for a sealed reason; the id."""
    unit_id, path = where
    return enter(
        tx,
        ALLOWANCE,
        week=week_of(tx.second),
        sort=sort.value,
        unit_id=unit_id,
        path=path,
        extra=more,
        reason_id=reason_id,
        by=by,
        recorded_at=tx.stamp,
    )
