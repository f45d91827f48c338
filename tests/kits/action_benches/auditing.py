"""The audit taken away as a file."""

from monitor.actions import auditing
from monitor.record.screens.auditing import AuditWanted
from tests.builders import VAULT
from tests.kits.matrix import Act, Desk, bench


@bench(auditing.export)
def export(desk: Desk) -> Act:
    return lambda actor: auditing.export(desk.store, actor, VAULT, AuditWanted(), "月度审计")
