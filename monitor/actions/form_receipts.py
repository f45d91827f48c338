"""Receipt links of a distribution: one for each unit whose form is out, and who took note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import acknowledging, permitting, receipt_door
from monitor.actions.receipt_kinds.form import NAME, task
from monitor.actions.sending import Sent, once_of
from monitor.domain.errors import InputError
from monitor.domain.form import Form, FormState, Round
from monitor.domain.person import Permission, Person
from monitor.domain.receipt import KeptAnswer
from monitor.domain.scope import Scope
from monitor.record import audit, forms, receipt_answers
from monitor.record.store import Reading, Store, Writing
from monitor.report import reminder


@dataclass(frozen=True, slots=True)
class Made:
    """A unit's fresh link: its token is known only now."""

    unit_name: str
    token: str = field(repr=False)


@needs(Permission.SEND_FORMS)
def make(
    store: Store, actor: Person | None, key: bytes, round_id: int, sent: Sent | None = None
) -> list[Made]:
    """A link for each unit whose form is not back; what was out before ends.

    The same press twice is one: it shows the same links and counts once. `sent` None is the
    command line.
    """
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.SEND_FORMS)
        by = None if person is None else person.id
        named = receipt_door.doing(by, sent)

        def work() -> Mapping[str, Any]:
            units = _issued(tx, key, _waiting(tx, permitting.reach(person), round_id), by, named)
            audit.add(tx, by, "生成签收链接", "form_round", str(round_id), f"{len(units)}个单位")
            return {"made": units}

        led_to = work() if sent is None else once_of(tx, (str(by), by), sent, work)
    return [_made(key, named, *each) for each in led_to["made"]]


def _waiting(tx: Writing, scope: Scope, round_id: int) -> list[Form]:
    found = _within(tx, scope, round_id)
    waiting = [each for each in found if each.state is not FormState.RETURNED]
    if not waiting:
        raise InputError("没有需要签收的单位", str(round_id), "表格已全部交回,或不在管理范围内")
    return waiting


def _issued(
    tx: Writing, key: bytes, waiting: Sequence[Form], by: int | None, named: str
) -> list[tuple[str, int, int]]:
    """Name of the unit, form and unit of each link that was made; no token is kept."""
    made = []
    for each in waiting:
        found = task(tx, each.id)
        if found is not None:
            expires = acknowledging.expiry(found, tx.second)
            receipt_door.issue(tx, key, (NAME, each.id, each.unit_id), expires, by, named)
            made.append((each.unit_name, each.id, each.unit_id))
    receipt_door.keep_within(tx, [(NAME, each.id, each.unit_id) for each in waiting])
    return made


def _made(key: bytes, named: str, unit_name: str, form_id: int, unit_id: int) -> Made:
    return Made(unit_name, receipt_door.token_of(key, (NAME, form_id, unit_id), named))


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
