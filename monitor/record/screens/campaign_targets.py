"""Targets 发布对象: the accounts an aim names within an office, and what is known of each.

Officers' personal accounts are none of them: only official accounts in use can be aimed at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, and_, case, func, literal, or_, select

from monitor.access.declared import shown
from monitor.domain.account import State
from monitor.domain.burden import Sort
from monitor.domain.campaign import Aim
from monitor.domain.finding import Outcome
from monitor.domain.iso_week import week_of
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import burdens
from monitor.record.screens.advising import followers
from monitor.record.screens.listing import ACCOUNT_DAY
from monitor.record.screens.scoping import below, visible
from monitor.record.store import Reading

SICK: Final = "疑似问题"
BLIND: Final = "无数据来源"
BUSY: Final = "任务量已满"
MARKS: Final = (SICK, BLIND, BUSY)
MOST: Final = 200
NOBODY: Final = Aim(platforms=("",))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: an aim, and under which office's path it is meant."""

    aim: Aim = NOBODY
    path: str = "/"


@dataclass(frozen=True, slots=True)
class Target:
    """One account that would be given a task; `followers` None where nothing is known."""

    account_id: int
    name: str
    platform: str
    unit_name: str
    region_name: str
    county_name: str
    followers: int | None
    marks: str


@dataclass(frozen=True, slots=True)
class Preview:
    """How many accounts, of how many units, by place; the followers of those that are known, in
    all and one by one, and how many are marked for which reason. `rows` are the first of them."""

    accounts: int = 0
    units: int = 0
    reach: int = 0
    reach_known: int = 0
    audiences: tuple[int, ...] = ()
    regions: tuple[tuple[str, int], ...] = ()
    marked: tuple[tuple[str, int], ...] = ()
    rows: tuple[Target, ...] = ()


@shown(Permission.CAMPAIGN)
def preview(tx: Reading, scope: Scope, now: int, wanted: Wanted) -> Preview:
    """Whom an aim would reach within the scope, before anything is asked of anybody."""
    found = chosen(tx, scope, now, wanted)
    order = (found.c.region, found.c.unit_id, found.c.account_id)
    rows = [dict(each) for each in tx.conn.execute(select(found).order_by(*order)).mappings()]
    known = [row["followers"] for row in rows if row["followers"] is not None]
    return Preview(
        accounts=len(rows),
        units=len({row["unit_id"] for row in rows}),
        reach=sum(known),
        reach_known=len(known),
        audiences=tuple(known),
        regions=_counted(row["region_name"] or "省级" for row in rows),
        marked=_counted(mark for row in rows for mark in MARKS if mark in row["marks"]),
        rows=tuple(map(_target, rows[:MOST])),
    )


def chosen(tx: Reading, scope: Scope, now: int, wanted: Wanted) -> Subquery:
    """The accounts an aim names, one row each, with `marks` and `followers`."""
    seen = visible(tx, scope, now)
    loads = burdens.loads(week_of(now), (Sort.TASK,))
    load = loads.alias("load")
    fans = followers(seen)
    joined = seen.outerjoin(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == seen.c.judged_id).outerjoin(
        load, load.c.unit_id == seen.c.unit_id
    )
    sick = ACCOUNT_DAY.c.outcome == Outcome.FAIL.value
    cap = burdens.caps(tx)[Sort.TASK]
    busy = func.coalesce(load.c.issued, 0) >= cap
    blind = or_(ACCOUNT_DAY.c.account_id.is_(None), ACCOUNT_DAY.c.coverage_30d <= 0)
    # What nobody may be told yet is no mark either: in the trial period nothing is joined.
    blind = and_(seen.c.judged_id.is_not(None), blind)
    marks = [
        case((condition, f"{name} "), else_="")
        for name, condition in ((SICK, sick), (BLIND, blind), (BUSY, busy))
    ]
    return (
        select(
            *(seen.c[name] for name in _SEEN),
            fans.label("followers"),
            (marks[0] + marks[1] + marks[2]).label("marks"),
        )
        .select_from(joined)
        .where(seen.c.state == State.ACTIVE.value, below(tx, seen.c.path, wanted.path))
        .where(*_conditions(seen, wanted.aim, fans, sick))
        .subquery("chosen")
    )


def _conditions(
    seen: Subquery, aim: Aim, fans: ScalarSelect[Any], sick: ColumnElement[bool]
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        column.in_(values)
        for column, values in (
            (seen.c.region, aim.regions),
            (seen.c.level, aim.levels),
            (seen.c.platform, aim.platforms),
        )
        if values
    ]
    if aim.lines:
        found.append(or_(seen.c.line.in_(aim.lines), seen.c.unit_line.in_(aim.lines)))
    if aim.main:
        found.append(seen.c.main.is_(True))
    if aim.key:
        found.append(seen.c.key.is_(True))
    if aim.healthy:
        found.append(func.coalesce(case((sick, literal(1)), else_=literal(0)), 0) == 0)
    if aim.reach:
        found.append(fans >= aim.reach)
    return found


def _counted(names: Any) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return tuple(found.items())


def _target(row: Mapping[str, Any]) -> Target:
    names = Target.__dataclass_fields__
    return Target(**{name: row[name] for name in names} | {"marks": marks_of(row["marks"])})


_SEEN: Final = (
    *("account_id", "unit_id", "name", "platform", "unit_name", "level", "path", "main"),
    *("region", "region_name", "county_name"),
)


def marks_of(kept: str) -> str:
    """Marks as a list shows them."""
    return "、".join(kept.split())
