"""巡查完成率: how many of the accounts that need a person's eyes got them within the week."""

from typing import Final

from sqlalchemy import case, exists, func, select

from monitor.access.declared import shown
from monitor.domain.instants import DAY
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.listing import ACCOUNT_DAY
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

LOOK: Final = METADATA.tables["look"]


@shown(Permission.SEE_COLLECTING)
def patrolled(tx: Reading, scope: Scope, now: int) -> tuple[int, int]:
    """Of the accounts without any automatic source: those a person looked at within seven days,
    and all of them."""
    seen = visible(tx, scope, now)
    looked = exists().where(
        LOOK.c.account_id == seen.c.account_id, LOOK.c.looked_from >= now - 7 * DAY
    )
    source = func.coalesce(ACCOUNT_DAY.c.source, "")
    rows = tx.conn.execute(
        select(func.sum(case((looked, 1), else_=0)), func.count())
        .select_from(seen.outerjoin(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == seen.c.judged_id))
        .where(source.not_in(_AUTOMATIC))
    ).one()
    return rows[0] or 0, rows[1]


_AUTOMATIC: Final = ("接口采集", "后台导出", "购买数据")
