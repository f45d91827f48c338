"""Receipt links of a distribution, and what units answered."""

from monitor.actions import acknowledging, form_receipts
from monitor.actions.sending import Sent
from monitor.domain.receipt import Answer
from tests.kits.action_benches.forms import a_round
from tests.kits.matrix import Act, Desk, bench

KEY = b"k" * 32


@bench(form_receipts.make)
def make(desk: Desk) -> Act:
    sent = a_round(desk)
    return lambda actor: any(
        each.unit_name == desk.unit for each in form_receipts.make(desk.store, actor, KEY, sent)
    )


@bench(form_receipts.answers)
def answers(desk: Desk) -> Act:
    sent = a_round(desk)
    made = form_receipts.make(desk.store, None, KEY, sent)
    here = [each for each in made if each.unit_name == desk.unit] or made
    token = here[0].token
    kept = acknowledging.send(desk.store, KEY, token, "10.0.0.1", (Answer(), Sent("receipt", "k")))
    return lambda actor: kept.task_id in form_receipts.answers(desk.store, actor, sent)
