"""数据提示: a person of the department says that it was looked at."""

from monitor.access.declared import Reach, needs
from monitor.actions.permitting import permit_house
from monitor.domain.person import Permission, Person
from monitor.domain.words import Decision
from monitor.record import audit, number_hints
from monitor.record.store import Store


@needs(Permission.PATROL, reach=Reach.HOUSE)
def decide(store: Store, actor: Person | None, account_id: int, decision: Decision) -> None:
    """已看过 or 不是问题, of the hint that waits for an account; Conflict where none does. Nothing
    else follows from it."""
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.PATROL, "数据提示由省厅查看")
        hint_id = number_hints.decide(tx, account_id, decision, by)
        audit.add(tx, by, "数据提示", "number_hint", str(hint_id), decision.value)
