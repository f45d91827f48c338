"""关停合并建议: what is known of the accounts that something may speak against keeping."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ScalarSelect, Subquery, func, or_, select

from monitor.access.declared import shown
from monitor.domain.account import State
from monitor.domain.advice import Known
from monitor.domain.instants import DAY, OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

DAYS: Final = METADATA.tables["account_day"]
OBS: Final = METADATA.tables["account_obs"]
REV: Final = METADATA.tables["account_rev"]
NEVER: Final = "从未更新"
SILENT: Final = 90 * DAY
PAIRED: Final = "wechat"
"""Where one unit may have two: 订阅号 and 服务号."""
LIVE: Final = (State.ACTIVE, State.LOST, State.UNCHECKED)
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Weighed:
    """One account, and what is known of it."""

    account_id: int
    platform: str
    name: str
    state: str
    unit_name: str
    region_name: str
    known: Known


@shown(Permission.CONFIRM)
def weighed(tx: Reading, scope: Scope, now: int) -> tuple[Weighed, ...]:
    """Accounts long silent, never used, 失管, or beside their unit's main one; at most 200."""
    seen = visible(tx, scope, now)
    beside = _beside(seen, visible(tx, scope, now).alias("main"))
    names = ("account_id", "platform", "name", "state", "unit_name", "region_name", "main")
    rows = tx.conn.execute(
        select(
            *(seen.c[name] for name in names),
            DAYS.c.silence_min,
            DAYS.c.status,
            beside.label("beside"),
            followers(seen).label("followers"),
            _lost(seen).label("lost"),
        )
        .select_from(seen.outerjoin(DAYS, DAYS.c.account_id == seen.c.judged_id))
        .where(
            seen.c.state.in_(LIVE),
            or_(
                DAYS.c.silence_min > SILENT,
                DAYS.c.status == NEVER,
                seen.c.state == State.LOST.value,
                beside.is_not(None),
            ),
        )
        .order_by(seen.c.region, seen.c.unit_id, seen.c.account_id)
        .limit(MOST)
    )
    return tuple(_weighed(row, now) for row in rows.mappings())


def _weighed(row: Any, now: int) -> Weighed:
    known = Known(
        State(row["state"]),
        bool(row["main"]),
        row["silence_min"],
        row["status"] == NEVER,
        row["followers"],
        None if row["lost"] is None else now - row["lost"],
        row["beside"] or "",
    )
    own = ("account_id", "platform", "name", "state", "unit_name", "region_name")
    return Weighed(**{name: row[name] for name in own}, known=known)


def _beside(seen: Subquery, main: Any) -> ScalarSelect[Any]:
    """The name of the unit's main account on the same platform."""
    return (
        select(func.min(main.c.name))
        .where(
            main.c.unit_id == seen.c.unit_id,
            main.c.platform == seen.c.platform,
            main.c.platform != PAIRED,
            main.c.account_id != seen.c.account_id,
            main.c.state == State.ACTIVE.value,
            main.c.main,
        )
        .scalar_subquery()
    )


def followers(seen: Subquery) -> ScalarSelect[Any]:
    """The newest count of followers."""
    return (
        select(OBS.c.followers)
        .where(OBS.c.account_id == seen.c.account_id, OBS.c.followers.is_not(None))
        .order_by(OBS.c.observed_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def _lost(seen: Subquery) -> ScalarSelect[Any]:
    """Since which second it is 失管待找回."""
    return (
        select(func.max(REV.c.valid_from))
        .where(
            REV.c.account_id == seen.c.account_id,
            REV.c.superseded_at == OPEN,
            REV.c.state == State.LOST.value,
        )
        .scalar_subquery()
    )
