"""恢复认定: a rule that fell back to a hint opens cases again, by a person who says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions.permitting import permit_house
from monitor.actions.sending import Sent, once
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, InputError
from monitor.domain.person import Permission, Person
from monitor.record import audit, case_errors
from monitor.record.store import Store

LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Restoring:
    """Which row, in which version, and why."""

    fallback: tuple[int, int]
    said: str


@needs(Permission.ASSIGN_CASE, reach=Reach.HOUSE)
def restore(store: Store, actor: Person, asked: Restoring, sent: Sent) -> None:
    """The rule is counted anew from now on; Conflict where it was restored already."""
    said = asked.said.strip()
    if not said or len(said) > LONGEST:
        raise InputError(f"请写明查明的原因和改正的办法(不超过{LONGEST}字)", "说明")
    refuse_marked({"说明": said})
    with store.writing(durable=True) as tx:
        permit_house(tx, actor, Permission.ASSIGN_CASE, "由省厅科室负责人恢复")

        def work() -> Mapping[str, Any]:
            found = {(each.id, each.version): each for each in case_errors.fallbacks(tx)}
            mine = found.get(asked.fallback)
            if mine is None or not case_errors.restore(tx, mine, actor.id, said):
                raise Conflict("这条规则已恢复,或刚被别人办理过", "认定差错率", "请刷新后再看")
            audit.add(tx, actor.id, "恢复认定", "rule_fallback", str(mine.id), mine.rule)
            return {}

        once(tx, actor, sent, work)
