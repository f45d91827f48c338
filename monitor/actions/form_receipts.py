"""Receipt links of a distribution: one for each unit whose form is out, and who took note."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import acknowledging, permitting, receipt_door
from monitor.actions.receipt_kinds.form import NAME, task
from monitor.domain.errors import InputError
from monitor.domain.form import Form, FormState, Round
from monitor.domain.person import Permission, Person
from monitor.domain.receipt import KeptAnswer
from monitor.domain.scope import Scope
from monitor.record import audit, forms, receipt_answers
from monitor.record.store import Reading, Store
from monitor.report import reminder


@dataclass(frozen=True, slots=True)
class Made:
    """A unit's fresh link: its token is known only now."""

    unit_name: str
    token: str = field(repr=False)


@needs(Permission.SEND_FORMS)
def make(store: Store, actor: Person | None, key: bytes, round_id: int) -> list[Made]:
    """A link for each unit whose form is not back; what was out before ends."""
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.SEND_FORMS)
        waiting = [
            each
            for each in _within(tx, permitting.reach(person), round_id)
            if each.state is not FormState.RETURNED
        ]
        if not waiting:
            raise InputError("没有需要签收的单位", str(round_id), "表格已全部交回,或不在管理范围内")
        by = None if person is None else person.id
        made = []
        for each in waiting:
            found = task(tx, each.id)
            if found is not None:
                expires = acknowledging.expiry(found, tx.second)
                link = (NAME, each.id, each.unit_id)
                made.append(Made(each.unit_name, receipt_door.issue(tx, key, link, expires, by)))
        tasks = [(NAME, each.id, each.unit_id) for each in waiting]
        receipt_door.keep_within(tx, tasks)
        audit.add(tx, by, "生成签收链接", "form_round", str(round_id), f"{len(made)}个单位")
    return made


@needs(Permission.SEND_FORMS, audited=False)
def answers(store: Store, actor: Person | None, round_id: int) -> Mapping[int, KeptAnswer]:
    """What units within reach answered, by form."""
    with store.reading() as tx:
        ids = [each.id for each in _within(tx, permitting.reach(actor), round_id)]
        return {each.task_id: each for each in receipt_answers.of_tasks(tx, NAME, ids)}


def text(sent: Round, made: Made, base: str) -> str:
    """What to paste into a unit's group; `base` is the desk's address."""
    return reminder.ask_receipt(sent, made.unit_name, f"{base.rstrip('/')}/r/{made.token}")


def _within(tx: Reading, scope: Scope, round_id: int) -> list[Form]:
    reached = Scope(scope.paths)
    found = forms.of_round(tx, round_id)
    return [each for each in found if scopes.covers(reached, each.path, "")]
