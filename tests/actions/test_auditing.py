"""The audit as a file: it says who exported what last month, and is itself put on record."""

from dataclasses import replace

import pytest

from monitor.actions import auditing
from monitor.domain.errors import InputError
from monitor.domain.person import Role
from monitor.record import audit
from monitor.record.screens import auditing as screens
from monitor.record.screens.auditing import AuditWanted
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.builders import VAULT, a_unit
from tests.conftest import NOW, StandingClock

SECOND = int(NOW.timestamp())
LATER = SECOND + 30 * 86_400


@pytest.fixture
def month(store: Store, enrol: Enrol, clock: StandingClock) -> Store:
    """A viewer who exported last month and one who signed in this month."""
    with store.writing() as tx:
        a_unit(tx, "省公安厅", "420000000000")
    viewer = enrol("viewer", Role.VIEWER)
    with store.writing() as tx:
        audit.add(tx, viewer.id, "导出", "table", "problems", "12行;用途:季度通报")
    clock.move(days=30)
    with store.writing() as tx:
        audit.add(tx, viewer.id, "登录", "person", str(viewer.id), "")
    return store


def test_who_exported_what_last_month_is_found(month: Store, enrol: Enrol) -> None:
    keeper = enrol("keeper", Role.AUDIT_ADMIN)
    wanted = AuditWanted(action="导出", since=SECOND - 86_400, until=SECOND + 86_400)
    with month.reading() as tx:
        found = screens.entries(tx, keeper.scope, LATER, wanted)
    assert [(each.actor_name, each.object_id, each.reason) for each in found.rows] == [
        ("某人", "problems", "12行;用途:季度通报")
    ]
    content = auditing.export(month, keeper, VAULT, wanted, "月度审计").decode("utf-8-sig")
    assert content.splitlines()[0] == ",".join(auditing.COLUMNS)
    assert "problems" in content
    with month.reading() as tx:
        newest = screens.entries(tx, keeper.scope, LATER, AuditWanted()).rows[0]
        [spelled] = screens.entries(tx, keeper.scope, LATER, AuditWanted(), VAULT).rows[:1]
        state = screens.state(tx, keeper.scope, LATER)
    assert newest.action == "导出审计记录"
    assert newest.reason.startswith("1行;操作:导出;起:")
    assert newest.reason.endswith("用途:第1号")
    assert spelled == replace(newest, reason=newest.reason.replace("第1号", "月度审计"))
    assert state.last_export == newest
    assert state.head is not None


@pytest.mark.parametrize("purpose", ["", "  ", "长" * 101])
def test_nobody_takes_it_away_without_a_purpose(month: Store, enrol: Enrol, purpose: str) -> None:
    with pytest.raises(InputError, match="用途"):
        auditing.export(month, enrol("keeper", Role.AUDIT_ADMIN), VAULT, AuditWanted(), purpose)


def test_what_was_typed_into_a_filter_is_not_repeated_in_the_entry(
    month: Store, enrol: Enrol
) -> None:
    keeper = enrol("keeper", Role.AUDIT_ADMIN)
    typed = AuditWanted(who="张某某", action="甲案", item="乙案")
    auditing.export(month, keeper, VAULT, typed, "月度审计")
    with month.reading() as tx:
        newest = screens.entries(tx, keeper.scope, LATER, AuditWanted()).rows[0]
    assert newest.reason == "0行;人员:已筛选;操作:已筛选;对象编号:已筛选;用途:第1号"
