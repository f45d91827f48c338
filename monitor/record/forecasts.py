"""Forecasts 距超期: the newest of each account, replaced set-based, and how often they came."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select, text

from monitor.domain.forecast import Backtest, Foreseen
from monitor.record.rows import enter
from monitor.record.staging import Stage, fill
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

FORECAST: Final = METADATA.tables["account_forecast"]
CHECK: Final = METADATA.tables["forecast_check"]
COUNTED: Final = ("hit", "false_alarm", "missed", "quiet", "unseen")
_ASKED: Final = Stage(
    "stage_forecast",
    (
        ("account_id", "BIGINT"),
        ("last_post", "BIGINT"),
        ("at", "BIGINT"),
        ("sure", "DOUBLE PRECISION"),
        ("pauses", "BIGINT"),
    ),
    given=5,
)
_GONE: Final = text("""
DELETE FROM account_forecast
WHERE account_id IN (SELECT s.account_id FROM stage_forecast s WHERE s.at IS NULL)
""")
_PUT: Final = text("""
INSERT INTO account_forecast (account_id, last_post, at, sure, pauses, as_of)
SELECT s.account_id, s.last_post, s.at, s.sure, s.pauses, CAST(:as_of AS BIGINT)
FROM stage_forecast s WHERE s.at IS NOT NULL
ON CONFLICT (account_id) DO UPDATE SET last_post = excluded.last_post, at = excluded.at,
  sure = excluded.sure, pauses = excluded.pauses, as_of = excluded.as_of
""")


def replace(tx: Writing, as_of: int, ids: Sequence[int], found: Sequence[Foreseen]) -> None:
    """What is said of the accounts `ids` now; of those without a forecast nothing stands."""
    said = {each.account_id: each for each in found}
    rows = [
        (key, each.last, each.at, each.sure, each.pauses)
        if (each := said.get(key)) is not None
        else (key, None, None, None, None)
        for key in ids
    ]
    fill(tx, _ASKED, rows)
    tx.conn.execute(_GONE)
    tx.conn.execute(_PUT, {"as_of": as_of})


def keep_check(tx: Writing, as_of: int, found: Backtest) -> None:
    """Put the newest count in the place of the older one."""
    tx.conn.execute(delete(CHECK))
    enter(tx, CHECK, as_of=as_of, **{name: getattr(found, name) for name in COUNTED})


def check(tx: Reading) -> Backtest | None:
    """The newest count; None before the first run."""
    row = tx.conn.execute(select(CHECK)).mappings().first()
    return None if row is None else Backtest(**{name: row[name] for name in COUNTED})
