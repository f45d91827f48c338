"""授权到期的群消息: what runs out within the first step's days, to be pasted into a group."""

from monitor.access.declared import needs
from monitor.actions import permitting
from monitor.domain.instants import to_second
from monitor.domain.person import Permission, Person
from monitor.domain.runway import Notice
from monitor.record import runways
from monitor.record.store import Store
from monitor.report import runway_reminder


@needs(Permission.SEE_COLLECTING, audited=False)
def group(store: Store, actor: Person | None) -> str:
    """All within reach that ends in the next fourteen days, what ends first in front; '' where
    nothing does. It holds no link: that of an account is made and sent by itself."""
    now, scope = to_second(store.clock()), permitting.reach(actor)
    with store.reading() as tx:
        found = runways.ending(tx, now, scope)
    return runway_reminder.group([Notice(each, each.left(now)) for each in found]) if found else ""
