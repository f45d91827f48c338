"""已转告: who handed a text of a campaign on by hand says so, by name and instant."""

from collections.abc import Mapping
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions.campaign_tasks import LIVE
from monitor.actions.permitting import permit_person, reach
from monitor.actions.sending import Sent, once
from monitor.domain.errors import Conflict, Forbidden
from monitor.domain.person import Permission, Person
from monitor.record import audit, campaigns, notice_letters
from monitor.record.screens import campaign_board
from monitor.record.screens.campaign_board import Wanted
from monitor.record.store import Store

ABSENT: Final = ("没有这条待转告的文本,或不在本人管理范围内", "", "请刷新后重试")
WHERE: Final = "转告"


@needs(Permission.CAMPAIGN, Permission.CAMPAIGN_TASK)
def handed(store: Store, actor: Person, message_id: int, sent: Sent) -> None:
    """已转告 of a text that speaks of a unit within reach. Conflict where somebody said so."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN, Permission.CAMPAIGN_TASK)

        def work() -> Mapping[str, Any]:
            found = notice_letters.pasted(tx, message_id)
            scope = reach(person)
            if found is None or not any(scopes.covers(scope, each, "") for each in found.paths):
                raise Forbidden(*ABSENT)
            if found.handed or not notice_letters.hand(tx, message_id, person.id):
                raise Conflict("这条文本已有人转告", WHERE, "请刷新后再看")
            audit.add(tx, person.id, "协同告知·已转告", "campaign_letter", str(message_id), "")
            return {}

        once(tx, person, sent, work)


@needs(Permission.CAMPAIGN, Permission.CAMPAIGN_TASK)
def urged(store: Store, actor: Person, which: tuple[int, str], sent: Sent) -> int:
    """已转告 of the 催办语 of a campaign in a place (code, '' of all): how many tasks within reach
    were so reminded, whose turn has come and which nobody reported. Conflict where none is left."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN, Permission.CAMPAIGN_TASK)

        def work() -> Mapping[str, Any]:
            kept = campaigns.get(tx, which[0])
            wanted = Wanted(campaign=which[0], region=which[1], missing=True)
            found = campaign_board.tasks(tx, reach(person), tx.second, wanted)
            late = [each for each in found if not each.stopped]
            if kept is None or kept.state not in LIVE or not late:
                raise Conflict("没有未发布的任务,或不在本人管理范围内", WHERE, "请刷新后再看")
            tasks, paths = [each.kept for each in late], {each.path for each in late}
            made = notice_letters.urge(tx, tasks, paths, person.id)
            told = f"{len(tasks)}项"
            audit.add(tx, person.id, "协同告知·已转告", "campaign_letter", str(made), told)
            return {"tasks": len(tasks)}

        return int(once(tx, person, sent, work)["tasks"])
