"""预计超期: what an account's own rhythm says, and how often such a forecast was right."""

from typing import Final

from sqlalchemy import select

from monitor.access.declared import shown
from monitor.domain.forecast import Backtest, Foreseen
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import forecasts
from monitor.record.forecasts import FORECAST
from monitor.record.screens.scoping import held, may_see_results
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ACCOUNT_DAY: Final = METADATA.tables["account_day"]


@shown(Permission.SEE_ACCOUNTS, Permission.SEE_HEALTH)
def past(tx: Reading, scope: Scope, now: int) -> Backtest | None:
    """How often forecasts were right, over all accounts; None where nothing was forecast yet."""
    return None if scope.empty or held(tx, scope, now) else forecasts.check(tx)


@shown(Permission.SEE_ACCOUNTS, Permission.SEE_HEALTH)
def of_account(tx: Reading, scope: Scope, now: int, account_id: int) -> Foreseen | None:
    """The forecast of one account, as long as it rests on its newest post; None without one."""
    if not may_see_results(tx, scope, now, account_id):
        return None
    row = tx.conn.execute(
        select(FORECAST)
        .join(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == FORECAST.c.account_id)
        .where(
            FORECAST.c.account_id == account_id,
            FORECAST.c.last_post == ACCOUNT_DAY.c.last_post_until,
        )
    ).first()
    if row is None:
        return None
    return Foreseen(row.account_id, row.last_post, row.at, row.sure, row.pauses)
