"""The permission matrix, whole: every action and every screen query x role x place.

What is expected follows from the table and the tree of units alone; what happens is tried.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher

from dashboard import data
from monitor import actions
from monitor.access import declared, passwords
from monitor.access.declared import Declared, Reach
from monitor.access.permissions import TABLE
from monitor.collect.files import workbook
from monitor.domain import burden
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Person, Role
from monitor.record import audit, office_settings, people, screens
from monitor.record.store import open_store
from tests.conftest import NOW
from tests.filled import Filled, fill_store
from tests.kits import matrix
from tests.kits.matrix import BENCHES, CITY, UNITS, Desk, Place, Standing, Trying
from tests.kits.test_screens import arguments, told

ACTIONS, QUERIES = matrix.actions(actions), matrix.queries(screens)


def declared_of(function: Callable[..., Any]) -> Declared:
    """Its declaration; a function without one fails the kit."""
    found = declared.of(function)
    assert found is not None, f"{matrix.name_of(function)} declares no permission"
    return found


TRIED = sorted(name for name, each in ACTIONS.items() if not (declared.of(each) or Declared()).why)


@pytest.mark.parametrize("name", sorted({**ACTIONS, **QUERIES}))
def test_every_action_and_every_query_declares_its_permission(name: str) -> None:
    function = {**ACTIONS, **QUERIES}[name]
    found = declared_of(function)
    if name in ACTIONS and not found.why:
        assert "actor" in matrix.takes(function)
        assert found.needs or found.reach is Reach.SELF


def test_every_action_has_a_bench() -> None:
    assert set(BENCHES.names()) == set(TRIED)


@dataclass
class House:
    """A filled province with somebody for every role and standing."""

    store: Trying
    made: Filled
    actors: dict[tuple[Role, Standing], int]
    operators: dict[Place, int]
    known: dict[tuple[Role, Standing], Person] = field(default_factory=dict)

    def actor(self, role: Role, standing: Standing = Standing.CITY) -> Person:
        """That person as the desk knew him when the house was filled; asked once."""
        if (role, standing) not in self.known:
            with self.store.reading() as tx:
                kept = people.by_id(tx, self.actors[role, standing], int(NOW.timestamp()))
            assert kept is not None
            self.known[role, standing] = kept.person
        return self.known[role, standing]


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    path = tmp_path_factory.mktemp("matrix") / "store.db"
    shutil.copy(sqlite_template, path)
    filling = open_store(f"sqlite:///{path}", lambda: NOW)
    made = fill_store(filling)
    with filling.writing() as tx:
        audit.add(tx, None, "导出", "table", "health", "3行")
        # Nor about how much a week may ask of a unit: several benches issue more than once.
        most = {each.value: burden.MOST for each in burden.CAPS}
        office_settings.put(tx, office_settings.BURDEN, most, None)
    matrix.enter_cases(filling, made)
    actors, operators = matrix.enter_people(filling, made), matrix.enter_operators(filling, made)
    store = Trying(filling.engine, filling.clock)
    # The matrix is about who may, not about how long a password takes to be tried.
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch, store.rehearsal():
        patch.setattr(passwords, "HASHER", cheap)
        # Nor about reading: a book is read in a process of its own, here once for all roles.
        patch.setattr(workbook, "_ask", cache(workbook._ask))
        yield House(store, made, actors, operators)
    filling.close()


def cases(reach: Reach) -> Iterator[tuple[Place, Standing, bool]]:
    """Where the matter lies, how far the actor reaches, and whether that is far enough."""
    if reach is Reach.HOUSE:
        for standing in Standing:
            yield Place.OWN, standing, standing is Standing.HOUSE
    elif reach is Reach.SELF:
        yield Place.OWN, Standing.CITY, True
        yield Place.BESIDE, Standing.CITY, False
    else:
        for place in Place:
            yield place, Standing.CITY, place in {Place.OWN, Place.BELOW}


def holds(role: Role, found: Declared) -> bool:
    """Whether the table gives a role what a function needs; nothing needed is given to all."""
    return not found.needs or any(each in TABLE[role] for each in found.needs)


@pytest.mark.parametrize("name", TRIED)
def test_an_action_is_done_by_whom_the_table_and_the_tree_allow(
    name: str, house: House, tmp_path: Path
) -> None:
    action, build = BENCHES.get(name)
    found = declared_of(action)
    wrong = []
    for place, standing, near in cases(found.reach):
        with house.store.rehearsal():
            own = place is Place.OWN
            desk = Desk(house.store, house.made, place, tmp_path, house.operators, own)
            act = build(desk)
            for role in Role:
                actor = house.actor(role, standing)
                said = tried(house.store, act, actor, found)
                want = expected(role, found, near)
                if said not in want:
                    wrong.append(f"{role.value} {standing} {place}: {said}, expected {want}")
    assert not wrong, "\n".join(wrong)


def expected(role: Role, found: Declared, near: bool) -> set[str]:
    """A role without the permission is refused for that reason; far away nothing is reached."""
    if not holds(role, found):
        return {"forbidden"}
    return {"done"} if near else {"forbidden", "refused", "nothing"}


def tried(store: Trying, act: matrix.Act, actor: Person, found: Declared) -> str:
    """Do it and undo it; what became of it."""
    with store.rehearsal():
        before = store.audited()
        try:
            answer = act(actor)
        except Forbidden:
            said = "forbidden"
        except (InputError, Conflict) as error:
            said = "refused" if not isinstance(error, Forbidden) else "forbidden"
        else:
            grown = store.audited() > before
            if isinstance(answer, bool):
                done = answer and (grown or not found.audited)
            else:
                done = grown if found.audited else bool(answer)
            return "done" if done else "nothing"
        return said if store.audited() == before else f"{said}, yet something was written"


@pytest.mark.parametrize(
    "name", [each for each in TRIED if (declared.of(ACTIONS[each]) or Declared()).audited]
)
def test_a_right_taken_away_meanwhile_is_gone_in_the_action_itself(
    name: str, house: House, tmp_path: Path
) -> None:
    action, build = BENCHES.get(name)
    found = declared_of(action)
    if not found.needs:
        return
    role = next(each for each in Role if holds(each, found))
    standing = Standing.HOUSE if found.reach is Reach.HOUSE else Standing.CITY
    with house.store.rehearsal():
        act = build(Desk(house.store, house.made, Place.OWN, tmp_path, house.operators))
        page = house.actor(role, standing)
        with house.store.writing() as tx:
            people.set_grants(tx, page.id, [])
        assert tried(house.store, act, page, found) == "forbidden"


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_answers_whom_the_table_allows_about_what_lies_below(
    name: str, house: House
) -> None:
    query = QUERIES[name]
    found = declared_of(query)
    answers: dict[tuple[Place, Any], str] = {}
    wrong = []
    for role in Role:
        for place, standing, near in cases(found.reach):
            said = heard(house, query, (place, standing), house.actor(role, standing), answers)
            want = wanted(query, found, near) if holds(role, found) else {"forbidden"}
            if said not in want:
                wrong.append(f"{role.value} {standing} {place}: {said}, expected {want}")
    assert not wrong, "\n".join(wrong)


def wanted(query: Callable[..., Any], found: Declared, near: bool) -> set[str]:
    """A query about one account or the house tells all or nothing; others tell what is near."""
    one = {"account_id", "person_id"} & set(matrix.takes(query))
    if (one and found.reach is Reach.UNITS) or found.reach is Reach.HOUSE:
        return {"told"} if near else {"nothing"}
    return {"told", "nothing"}


def heard(
    house: House,
    query: Callable[..., Any],
    where: tuple[Place, Standing],
    person: Person,
    answers: dict[tuple[Place, Any], str],
) -> str:
    """What somebody is told: the same scope is told the same, so it is asked once."""
    place, standing = where
    visit = SimpleNamespace(person=person, store=house.store)
    try:
        key = (place, declared.told_to(person, query))
        if key not in answers:
            answers[key] = amounts(house, query, place, standing, ask(house, visit, query, place))
    except Forbidden:
        return "forbidden"
    return answers[key]


def amounts(
    house: House, query: Callable[..., Any], place: Place, standing: Standing, values: list[Any]
) -> str:
    """What an answer amounts to; where the province itself has nothing to tell, that is all."""
    beyond = foreign(house, values, standing)
    if beyond:
        return f"told of {beyond}"
    if any(values):
        return "told"
    found = declared_of(query)
    role = next(each for each in Role if holds(each, found))
    chief = SimpleNamespace(person=house.actor(role, Standing.HOUSE), store=house.store)
    empty = not any(ask(house, chief, query, place))
    near = (place, standing, True) in cases(found.reach)
    return "told" if empty and near else "nothing"


def ask(house: House, visit: Any, query: Callable[..., Any], place: Place) -> list[Any]:
    """All plain values of the answer, asked through the one door of the desk."""
    desk = Desk(house.store, house.made, place, Path(), house.operators)
    given = arguments(query, house.made.accounts[desk.account])
    if "person_id" in given:
        given["person_id"] = desk.person
    return told(data.read(visit, query, **given))


def foreign(house: House, values: list[Any], standing: Standing) -> set[str]:
    """Names in an answer that belong beside or above a prefecture."""
    if standing is not Standing.CITY:
        return set()
    root = house.made.paths[CITY]
    beyond = {name for name, home in house.made.homes.items() if not home.startswith(root)}
    beyond |= {UNITS[Place.BESIDE], UNITS[Place.ABOVE]}
    return beyond & {each for each in values if isinstance(each, str)}


def test_the_kit_covers_every_cell() -> None:
    """As many cells as actions and queries x roles x places, counted another way."""
    tried_cells = sum(
        len(Role) * len(list(cases(declared_of(each).reach)))
        for each in [*(BENCHES.get(name)[0] for name in TRIED), *QUERIES.values()]
    )
    every = {**{name: ACTIONS[name] for name in TRIED}, **QUERIES}.values()
    own = [each for each in every if declared_of(each).reach is Reach.SELF]
    cells = (len(TRIED) + len(QUERIES)) * len(Role) * len(Place)
    assert tried_cells == cells - len(own) * len(Role) * 2
    assert cells > 4000
