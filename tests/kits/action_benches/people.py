"""People entered, changed, let in and kept out."""

from monitor.actions import people
from monitor.domain.person import Grant, Person, Role
from monitor.record.vault import Vault
from tests.kits.matrix import Act, Desk, bench
from tests.service.parts import RING


@bench(people.enrol)
def enrol(desk: Desk) -> Act:
    return lambda actor: people.enrol(desk.store, actor, _new(desk))


@bench(people.enrol_all)
def enrol_all(desk: Desk) -> Act:
    return lambda actor: people.enrol_all(desk.store, actor, [_new(desk)])


@bench(people.set_grants)
def set_grants(desk: Desk) -> Act:
    grants = (Grant(Role.UNIT_LIAISON, desk.path),)
    return lambda actor: people.set_grants(desk.store, actor, desk.person, grants)


@bench(people.reset_password)
def reset_password(desk: Desk) -> Act:
    return lambda actor: people.reset_password(desk.store, actor, desk.person)


@bench(people.set_mail)
def set_mail(desk: Desk) -> Act:
    vault = Vault(RING, bytes(32))
    return lambda actor: people.set_mail(desk.store, vault, actor, desk.person, "name@example.org")


@bench(people.disable)
def disable(desk: Desk) -> Act:
    return lambda actor: people.disable(desk.store, actor, desk.person)


@bench(people.enable)
def enable(desk: Desk) -> Act:
    def act(actor: Person) -> None:
        people.enable(desk.store, actor, desk.person)

    return act


def _new(desk: Desk) -> people.NewPerson:
    return people.NewPerson("someone", "某人", (Grant(Role.OPERATOR, desk.path),))


@bench(people.sign_out_everywhere)
def sign_out_everywhere(desk: Desk) -> Act:
    def act(actor: Person) -> None:
        people.sign_out_everywhere(desk.store, actor, desk.person)

    return act


@bench(people.let_in_again)
def let_in_again(desk: Desk) -> Act:
    def act(actor: Person) -> None:
        people.let_in_again(desk.store, actor, desk.person)

    return act
