"""The permission matrix: roles, where a matter lies, who stands where, and a store to try in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, get_origin

from sqlalchemy import ClauseElement, Connection, func, select

from monitor.domain.case import Case, Problem
from monitor.domain.person import Grant, Person, Role
from monitor.record import cases, people
from monitor.record.store import Reading, Store, Writing, _next_stamp
from monitor.record.tables.base import METADATA
from monitor.registry import Registry
from tests.filled import Filled

AUDIT = METADATA.tables["audit"]
CITY = "荆州市公安局"


class Place(StrEnum):
    """Where a matter lies, seen from somebody whose scope is one prefecture."""

    OWN = "own"
    BELOW = "below"
    BESIDE = "beside"
    ABOVE = "above"


UNITS: Mapping[Place, str] = {
    Place.OWN: CITY,
    Place.BELOW: "江陵县公安局",
    Place.BESIDE: "宜昌市公安局",
    Place.ABOVE: "湖北省公安厅",
}


class Standing(StrEnum):
    """How far somebody reaches who asks for what concerns the whole house."""

    HOUSE = "house"
    CITY = "city"
    COUNTY = "county"
    LINE = "line"


class Trying(Store):
    """A store whose transactions are savepoints inside one that is never committed."""

    conn: Connection

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Everything inside is undone; may be nested."""
        if getattr(self, "conn", None) is None:
            with self.engine.connect() as conn:
                self.conn = conn
                outer = conn.begin()
                yield
                outer.rollback()
                del self.conn
            return
        inner = self.conn.begin_nested()
        yield
        inner.rollback()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        yield Reading(self.conn)

    @contextmanager
    def writing(self, *, durable: bool = False, alone: bool = False) -> Iterator[Writing]:
        del durable, alone
        with self.conn.begin_nested():
            now = self.clock()
            yield Writing(self.conn, _next_stamp(self.conn, now), now)

    def audited(self) -> int:
        """How many audit entries there are."""
        return int(self.conn.execute(select(func.count()).select_from(AUDIT)).scalar_one())


@dataclass(frozen=True)
class Desk:
    """What a bench finds: a filled province, and the place whose matter is to be acted upon.

    `person` is an operator of that place, `account` one of its accounts, `folder` where files may
    be put. For what concerns somebody's own matters `own` says whether they are his.
    """

    store: Trying
    made: Filled
    place: Place
    folder: Path
    people: Mapping[Place, int]
    own: bool = True

    @property
    def now(self) -> int:
        return int(self.store.clock().timestamp())

    @property
    def unit(self) -> str:
        return UNITS[self.place]

    @property
    def unit_id(self) -> int:
        return self.made.units[self.unit]

    @property
    def path(self) -> str:
        return self.made.paths[self.unit]

    @property
    def person(self) -> int:
        return self.people[self.place]

    @property
    def account(self) -> str:
        """The name of the place's WeChat account."""
        return next(
            label
            for label, home in self.made.homes.items()
            if home == self.path and label.startswith(f"平安{self.unit[:4]}")
        )


Act = Callable[[Person], Any]
"""Do it as somebody. True or False says whether the matter of the place was reached; anything else
counts as reached where the action was audited, or where one that only looks saw something."""
Bench = Callable[[Desk], Act]

BENCHES: Registry[tuple[Callable[..., Any], Bench]] = Registry("tests.kits.action_benches")


def bench(action: Callable[..., Any]) -> Callable[[Bench], Bench]:
    """Enter how to try an action: `build(desk)` prepares the matter, and gives what to do."""

    def enter(build: Bench) -> Bench:
        BENCHES.add(name_of(action), (action, build))
        return build

    return enter


def name_of(function: Callable[..., Any]) -> str:
    """Module and name, as `people.enrol`."""
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def public(package: ModuleType) -> Iterator[Callable[..., Any]]:
    """Every public function that the modules of a package define."""
    for found in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{found.name}")
        for name, function in getmembers(module, isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield function


def actions(package: ModuleType) -> dict[str, Callable[..., Any]]:
    """What may be asked of `monitor.actions`: all that begins with a store."""
    return {name_of(each): each for each in public(package) if takes(each)[:1] == ["store"]}


def queries(package: ModuleType) -> dict[str, Callable[..., Any]]:
    """What may be asked of `record.screens`: all that takes a scope and answers with data."""
    return {
        name_of(each): each
        for each in public(package)
        if takes(each)[:2] == ["tx", "scope"] and not _a_piece(each)
    }


def _a_piece(function: Callable[..., Any]) -> bool:
    """Whether it gives a piece of SQL to the queries beside it, and nothing to anybody else."""
    annotated = signature(function).return_annotation
    gives = get_origin(annotated) or annotated
    return isinstance(gives, type) and issubclass(gives, ClauseElement)


def takes(function: Callable[..., Any]) -> list[str]:
    """The names of its parameters."""
    return list(signature(function).parameters)


def enter_people(store: Store, made: Filled) -> dict[tuple[Role, Standing], int]:
    """Somebody for every role and every standing; the ids."""
    grants = {
        Standing.HOUSE: {"path": "/"},
        Standing.CITY: {"path": made.paths[CITY]},
        Standing.COUNTY: {"path": made.paths[UNITS[Place.BELOW]]},
        Standing.LINE: {"line": "交警"},
    }
    entered = {}
    with store.writing() as tx:
        for number, role in enumerate(Role):
            for standing, reach in grants.items():
                key = people.add(tx, f"{standing}.{number}", "某人", "-")
                people.set_password(tx, key, "-", must_change=False)
                people.set_grants(tx, key, [Grant(role, **reach)])
                entered[role, standing] = key
    return entered


def enter_cases(store: Store, made: Filled) -> None:
    """A case of the county's and one of another city's account, run by the department, so that the
    queries of cases have something to tell and something to keep."""
    root = made.units[UNITS[Place.ABOVE]]
    for label, unit in (("从未更新示例(演示)", CITY), ("即将超期示例(演示)", UNITS[Place.BESIDE])):
        account = made.accounts[label]
        home = int(made.homes[label].strip("/").rpartition("/")[2])
        place = cases.Place(root, home, account, made.units[unit])
        case = Case(problems=(Problem("未备案", f"{label}未见备案号"),), transit=True)
        with store.writing() as tx:
            cases.begin(tx, place, cases.Opened("系统监测", "{}", "0" * 64, None), case)


def enter_operators(store: Store, made: Filled) -> dict[Place, int]:
    """An operator of each place, to be acted upon."""
    entered = {}
    with store.writing() as tx:
        for place, unit in UNITS.items():
            entered[place] = people.add(tx, f"operator.{place}", "某人", "-")
            people.set_grants(tx, entered[place], [Grant(Role.OPERATOR, made.paths[unit])])
    return entered
