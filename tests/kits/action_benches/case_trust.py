"""A rule that fell back is restored."""

from monitor.actions import case_trust
from monitor.actions.case_trust import Restoring
from monitor.actions.sending import Sent
from monitor.record import case_errors
from monitor.record.case_errors import Rate
from tests.kits.matrix import Act, Desk, bench


@bench(case_trust.restore)
def restore(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        key = case_errors.fall_back(tx, Rate("更新", "weibo", 10, 5))
    asked = Restoring((key, 0), "口径已改正")
    return lambda actor: case_trust.restore(desk.store, actor, asked, Sent("restore", "k"))
