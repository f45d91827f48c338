"""One operator of a place stands in for another."""

from monitor.actions import deputies
from monitor.actions.deputies import Appointment
from monitor.domain.person import Grant, Role
from monitor.record import people
from tests.kits.matrix import Act, Desk, bench


@bench(deputies.appoint)
def appoint(desk: Desk) -> Act:
    wanted = _wanted(desk)
    return lambda actor: deputies.appoint(desk.store, actor, wanted)


@bench(deputies.end)
def end(desk: Desk) -> Act:
    key = deputies.appoint(desk.store, None, _wanted(desk))
    return lambda actor: deputies.end(desk.store, actor, key)


def _wanted(desk: Desk) -> Appointment:
    with desk.store.writing() as tx:
        other = people.add(tx, "other", "某人", "-")
        people.set_grants(tx, other, [Grant(Role.OPERATOR, desk.path)])
    return Appointment(desk.person, other, desk.now, desk.now + 86_400)
