"""Receipt links of 协同发声: one for each account that has not published yet, to be passed on."""

from dataclasses import dataclass, field
from typing import Final

from monitor.access.declared import needs
from monitor.actions import acknowledging, campaign_terms, receipt_door
from monitor.actions.permitting import permit_person
from monitor.actions.receipt_kinds.campaign import NAME, task
from monitor.domain.campaign import ABSENT
from monitor.domain.errors import InputError
from monitor.domain.person import Permission, Person
from monitor.record import audit, campaign_tasks
from monitor.record.store import Store

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Made:
    """A task's fresh link: its token is known only now."""

    task: str
    token: str = field(repr=False)


@needs(Permission.CAMPAIGN)
def make(
    store: Store, actor: Person, key: bytes, campaign_id: int, task_ids: tuple[int, ...]
) -> list[Made]:
    """A link for each of these tasks of a campaign that is not published; what was out before ends.

    InputError where none is left to ask. At most 200 at a time.
    """
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)
        kept = campaign_terms.mine(tx, person, campaign_id)
        wanted = set(task_ids)
        waiting = [
            each
            for each in campaign_tasks.of_campaign(tx, kept.id)
            if each.id in wanted and each.task.state in ABSENT
        ][:MOST]
        if not waiting:
            raise InputError("没有需要发链接的任务", kept.content.title, "都已发布或已免发")
        made, links = [], []
        for each in waiting:
            found, link = task(tx, each.id), (NAME, each.id, each.unit_id)
            if found is not None:
                expires = acknowledging.expiry(found, tx.second)
                token = receipt_door.issue(tx, key, link, expires, person.id)
                made.append(Made(found.title, token))
                links.append(link)
        receipt_door.keep_within(tx, links)
        audit.add(tx, person.id, "生成签收链接", "campaign", str(kept.id), f"{len(made)}项")
    return made
