"""首页: the figures of the morning, counted once and told by region, status and platform."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import case, func, select

from monitor.access.declared import shown
from monitor.domain.finding import Outcome
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.listing import ACCOUNT_DAY, fresh, over, soon, troubled
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading

COUNTS: Final = ("accounts", "troubled", "over", "soon", "fresh", "upper_fail")
KEYS: Final = ("region", "region_name", "platform", "status", "outcome")


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole scope at a glance.

    `filed` are all official accounts, `counted` those that take part, `decided` those of which
    something could be told. `failed` fail by their silence, `troubled` by any rule; `unjudged`
    have never been judged. Shares are 0..1 and None where nothing could be divided. Instants are
    seconds; None where nothing has been judged.
    """

    filed: int
    counted: int
    decided: int
    kept: int
    hinted: int
    failed: int
    troubled: int
    undecided: int
    not_counted: int
    unjudged: int
    over: int
    soon: int
    fresh: int
    upper_fail: int
    as_of: int | None
    known_at: int | None
    regions: pd.DataFrame
    statuses: pd.DataFrame

    @property
    def completeness(self) -> float | None:
        """数据完整度: decided of counted."""
        return self.decided / self.counted if self.counted else None

    @property
    def pass_rate(self) -> float | None:
        """合格率: kept (正常 and 提醒) of decided."""
        return self.kept / self.decided if self.decided else None


@shown(Permission.SEE_HOME, Permission.SET_UP)
def overview(tx: Reading, scope: Scope, now: int, since: int) -> Overview:
    """The figures of a scope; `since` (seconds) says from when on a problem is new."""
    frame = _counted(tx, scope, now, since)

    def of(*outcomes: str) -> int:
        return int(frame["accounts"][frame["outcome"].isin(outcomes)].sum())

    judged = frame[frame["outcome"] != ""]
    kept, failed = of(Outcome.OK, Outcome.HINT), of(Outcome.FAIL)
    return Overview(
        filed=int(frame["accounts"].sum()),
        counted=kept + failed + of(Outcome.UNDECIDED),
        decided=kept + failed,
        kept=kept,
        hinted=of(Outcome.HINT),
        failed=failed,
        troubled=int(frame["troubled"].sum()),
        undecided=of(Outcome.UNDECIDED),
        not_counted=of(Outcome.NOT_COUNTED),
        unjudged=of(""),
        over=int(frame["over"].sum()),
        soon=int(frame["soon"].sum()),
        fresh=int(frame["fresh"].sum()),
        upper_fail=int(frame["upper_fail"].sum()),
        as_of=int(judged["as_of"].max()) if len(judged) else None,
        known_at=int(judged["known_at"].max()) // 1_000_000 if len(judged) else None,
        regions=_regions(frame),
        statuses=frame.groupby("status")["accounts"].sum().reset_index(),
    )


def _counted(tx: Reading, scope: Scope, now: int, since: int) -> pd.DataFrame:
    """One row per region, platform, status and outcome: a few hundred whatever the accounts."""
    seen = visible(tx, scope, now)
    day = ACCOUNT_DAY.c

    def number(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    keys = [
        *(seen.c[name] for name in ("region", "region_name", "platform")),
        *(func.coalesce(day[name], "").label(name) for name in ("status", "outcome")),
    ]
    statement = (
        select(
            *keys,
            func.count().label("accounts"),
            number(troubled()).label("troubled"),
            number(over()).label("over"),
            number(soon(now)).label("soon"),
            number(fresh(since)).label("fresh"),
            number(day.upper_outcome == Outcome.FAIL).label("upper_fail"),
            func.max(day.as_of).label("as_of"),
            func.max(day.known_at).label("known_at"),
        )
        .select_from(seen.outerjoin(ACCOUNT_DAY, day.account_id == seen.c.judged_id))
        .group_by(*keys)
    )
    rows = tx.conn.execute(statement).all()
    frame = pd.DataFrame(rows, columns=[*KEYS, *COUNTS, "as_of", "known_at"])
    return frame.astype(dict.fromkeys(COUNTS, "int64"))


def _regions(frame: pd.DataFrame) -> pd.DataFrame:
    """region, region_name, accounts, and one column per outcome; the province itself is ''."""
    table = frame.pivot_table(
        index=["region", "region_name"],
        columns="outcome",
        values="accounts",
        aggfunc="sum",
        fill_value=0,
    )
    table = table.reindex(columns=[*(each.value for each in Outcome), ""], fill_value=0)
    table["accounts"] = table.sum(axis=1)
    return table.reset_index()
