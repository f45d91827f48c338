"""A place's accounts shared out to its operator, and taken back."""

from monitor.actions import turns
from monitor.actions.turns import Sharing
from monitor.record import turns as kept
from tests.kits.matrix import Act, Desk, bench


@bench(turns.give)
def give(desk: Desk) -> Act:
    sharing = Sharing(desk.unit_id, (desk.person,), desk.now + 86_400)
    return lambda actor: turns.give(desk.store, actor, sharing)


@bench(turns.take_back)
def take_back(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        kept.give(tx, desk.unit_id, (desk.person,), desk.now + 86_400, None)
    return lambda actor: turns.take_back(desk.store, actor, desk.unit_id) > 0
