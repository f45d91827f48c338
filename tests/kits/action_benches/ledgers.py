"""A ledger with one account of the place."""

from dataclasses import replace

from monitor.actions import ledgers
from monitor.domain.person import Person, Role
from tests.collect.files import books
from tests.kits.matrix import Act, Desk, bench

HEADER = ["主办单位", "平台", "账号名称"]


@bench(ledgers.look)
def look(desk: Desk) -> Act:
    return lambda actor: bool(_diff(ledgers.look(desk.store, actor, _asked(desk))))


@bench(ledgers.save)
def save(desk: Desk) -> Act:
    asked = _asked(desk)

    def act(actor: Person) -> object:
        looking = replace(actor, roles=frozenset({Role.LIAISON}), held=())
        seen = ledgers.look(desk.store, looking, asked).fingerprint
        return ledgers.save(desk.store, actor, asked, seen)

    return act


@bench(ledgers.places)
def places(desk: Desk) -> Act:
    """A city's ledger may be named by who reaches that city; a county is not one of them."""
    return lambda actor: desk.unit in [*ledgers.places(desk.store, actor).values(), _county(desk)]


def _county(desk: Desk) -> str:
    return desk.unit if desk.unit.endswith("县公安局") else ""


def _diff(looked: ledgers.Looked) -> tuple[object, ...]:
    return () if looked.diff is None else looked.diff.added


def _asked(desk: Desk) -> ledgers.Asked:
    return ledgers.Asked("台账.xlsx", books.xlsx([HEADER, [desk.unit, "抖音", "新号(演示)"]]))
