"""抽稀: which snapshots of numbers may go, so that a year later a month still has its last one."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import TextClause, text

from monitor.domain.instants import DAY, OPEN
from monitor.record.store import Reading

RANGE: Final = 2000
"""Posts or accounts looked at by one statement."""
_OF_POST: Final = (
    f"(SELECT max(p.published_until) FROM post p WHERE p.key_id = o.key_id"
    f" AND p.superseded_at = {OPEN})"
)
_WALK: Final = """
SELECT {key} FROM (
  SELECT {columns}, o.final AS final,
         min(o.observed_at) OVER w AS first_at,
         max(o.observed_at) OVER (PARTITION BY {group}, {month}) AS month_at,
         {marks}
  FROM {table} o
  WHERE o.{whose} > :after AND o.{whose} <= :upto
  WINDOW w AS (PARTITION BY {group})) AS t
WHERE t.observed_at < :before AND NOT t.final AND t.observed_at <> t.first_at
  AND t.observed_at <> t.month_at
  AND t.observed_at <> coalesce(t.day_at, -1) AND t.observed_at <> coalesce(t.week_at, -1)
ORDER BY {key}
"""


@dataclass(frozen=True, slots=True)
class Snapshots:
    """A table of snapshots: whose they are, what tells series apart, when they were published."""

    table: str
    whose: str
    group: tuple[str, ...]
    key: tuple[str, ...]
    published: str = ""


KINDS: Final = {
    "post_obs": Snapshots(
        "post_obs",
        "key_id",
        ("key_id", "source"),
        ("key_id", "source", "observed_at", "recorded_at"),
        _OF_POST,
    ),
    "account_obs": Snapshots(
        "account_obs",
        "account_id",
        ("account_id", "source", "basis"),
        ("account_id", "source", "basis", "observed_at", "recorded_at"),
    ),
}


def step(
    tx: Reading, kind: str, before: int, after: int
) -> tuple[list[tuple[Any, ...]], int] | None:
    """The keys of snapshots older than a second that nothing asks for, of the owners that follow
    `after`, and the last owner looked at; None where there are no more owners.

    Asked for are the final ones, the first, the last of each Shanghai month, and of a post the last
    within a day and within seven days of its publishing.
    """
    kept = KINDS[kind]
    most = tx.conn.execute(text(f"SELECT max({kept.whose}) FROM {kept.table}")).scalar() or 0
    if after >= most:
        return None
    bounds = {"after": after, "upto": after + RANGE, "before": before}
    rows = tx.conn.execute(_statement(kept, sqlite=tx.sqlite), bounds)
    return [tuple(row) for row in rows], after + RANGE


def _statement(kept: Snapshots, *, sqlite: bool) -> TextClause:
    month = (
        "strftime('%Y-%m', o.observed_at + 28800, 'unixepoch')"
        if sqlite
        else "to_char(to_timestamp(o.observed_at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')"
    )
    return text(
        _WALK.format(
            table=kept.table,
            whose=kept.whose,
            key=", ".join(f"t.{name}" for name in kept.key),
            columns=", ".join(f"o.{name}" for name in kept.key),
            group=", ".join(f"o.{name}" for name in kept.group),
            month=month,
            marks=f"{_mark(kept, 1)} AS day_at, {_mark(kept, 7)} AS week_at",
        )
    )


def _mark(kept: Snapshots, days: int) -> str:
    if not kept.published:
        return "CAST(NULL AS BIGINT)"
    within = f"o.observed_at <= {kept.published} + {days * DAY}"
    return f"max(CASE WHEN {within} THEN o.observed_at END) OVER w"
