"""Agreed silence on both stores: one that stands is changed once, and nothing is deleted."""

import pytest

from monitor.domain.errors import Conflict
from monitor.domain.instants import DAY
from monitor.record import excuses
from monitor.record.excuses import Excused
from monitor.record.store import Store
from tests.builders import T, a_unit, an_account


def test_what_is_shortened_or_taken_back_is_superseded_once(store: Store) -> None:
    with store.writing() as tx:
        account = an_account(tx, a_unit(tx, "某厅", "990000000000"), "平安甲(演示)", "weibo")
        agreed = Excused(account, 0, 9 * DAY, "春节", "某文1号")
        excuses.put(tx, agreed, 1, 1)
        (first,) = excuses.in_force(tx, account)
    with store.writing() as tx:
        shorter = excuses.shorten(tx, first, 5 * DAY, 2, 2)
        assert excuses.get(tx, first.id) is None
    with store.writing() as tx, pytest.raises(Conflict, match="已由别人办理"):
        excuses.withdraw(tx, first, 1, 3)
    with store.writing() as tx:
        (kept,) = excuses.in_force(tx, account)
        assert (kept.id, kept.b, kept.paper) == (shorter, 5 * DAY, "某文1号")
        excuses.withdraw(tx, kept, 1, 3)
        assert excuses.in_force(tx, account) == ()
        rows = tx.conn.execute(T["excuse"].select().order_by(T["excuse"].c.id)).all()
    assert [(each.by, each.follows, each.withdrawn_by) for each in rows] == [
        (1, None, None),
        (2, first.id, 1),
    ]
