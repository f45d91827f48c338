"""启用向导, what comes as a file: units and people, each looked at before it is saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from monitor.access import scopes
from monitor.access.declared import Reach, free, needs
from monitor.actions import people as enrolling
from monitor.actions import permitting
from monitor.actions.setting_up import permit, settle
from monitor.collect import people_file, shelf, units_file
from monitor.collect.files.grid import Limits
from monitor.collect.people_file import PeopleFile, PersonRow
from monitor.domain.errors import InputError, SentinelError
from monitor.domain.office import Step
from monitor.domain.person import Grant, Permission, Person
from monitor.domain.scope import EVERYTHING
from monitor.domain.unit import UNPLACED_CODE, Unit
from monitor.record import audit, people, units
from monitor.record.store import Store

PRESET: Final = "hubei.yaml"
PEOPLE_COLUMNS: Final = people_file.HEADERS


@dataclass(frozen=True, slots=True)
class UnitsDiff:
    """A table of units held against the registry."""

    added: tuple[Unit, ...] = ()
    changed: tuple[Unit, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's 初始密码条: shown once, kept nowhere."""

    login: str
    name: str
    role: str
    unit: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who was entered, who was there already, and who could not be, with the reason."""

    slips: tuple[Slip, ...]
    known: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@free("names of public offices")
def known_units(store: Store) -> tuple[Unit, ...]:
    """The units of the registry in order of their codes, but for the one of the unplaced."""
    with store.reading() as tx:
        return tuple(each for each in units.all_units(tx) if each.code != UNPLACED_CODE)


def preset_units(data_dir: Path) -> list[Unit]:
    """The province's units as shipped."""
    return units_file.read(shelf.read(data_dir / "units" / PRESET).mapping)


def read_units(content: bytes, name: str, largest: int) -> list[Unit]:
    """Units of a CSV or XLSX; all of them or none."""
    return units_file.read_table(content, name, Limits(bytes=largest))


@free("compares a file with names of public offices")
def compare_units(store: Store, found: Sequence[Unit]) -> UnitsDiff:
    """What saving these units would change."""
    known = {each.code: _plain(each) for each in known_units(store)}
    added = [each for each in found if each.code not in known]
    changed = [each for each in found if each.code in known and known[each.code] != _plain(each)]
    return UnitsDiff(tuple(added), tuple(changed), len(found) - len(added) - len(changed))


def _plain(unit: Unit) -> Unit:
    return replace(unit, id=None, path="")


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def save_units(store: Store, actor: Person, found: Sequence[Unit]) -> int:
    """Step 2: enter units whole or not at all; how many changed."""
    with store.writing(durable=True) as tx:
        by = permit(tx, actor)
        changed = units.save(tx, found)
        settle(tx, by, Step.UNITS, "导入单位", f"变更{changed}")
    return changed


@free("reads the file it is given")
def read_people(store: Store, content: bytes, name: str, largest: int) -> PeopleFile:
    """The people a CSV or XLSX names, and what is wrong with its other rows."""
    codes = [each.code for each in known_units(store)]
    found = people_file.read(content, name, codes, Limits(bytes=largest))
    good = tuple(each for each in found.rows if enrolling.is_login(each.login))
    odd = [each.place for each in found.rows if not enrolling.is_login(each.login)]
    told = [replace(each, expected="字母、数字、点、横线组成的登录名") for each in odd]
    return PeopleFile(good, (*found.problems, *told))


@needs(Permission.MANAGE_PEOPLE)
def enrol_together(store: Store, actor: Person | None, rows: Sequence[PersonRow]) -> Enrolled:
    """Enter people all together or not at all, as a file at the machine itself is taken in.

    Somebody whose login exists is left as he is. InputError where a unit is gone.
    """
    with store.reading() as tx:
        by_code = {each.code: each for each in units.all_units(tx)}
        there = {each.login for each in people.everyone(tx, 0)}
    fresh = [each for each in rows if each.login not in there]
    places = [_where(each, by_code.get(each.unit_code)) for each in fresh]
    everybody = [_new(row, place) for row, place in zip(fresh, places, strict=True)]
    done = enrolling.enrol_all(store, actor, everybody)
    slips = [
        _slip(row, place, password)
        for row, place, (_, password) in zip(fresh, places, done, strict=True)
    ]
    known = tuple(each.login for each in rows if each.login in there)
    _noted(store, actor, len(slips))
    return Enrolled(tuple(slips), known)


@needs(Permission.MANAGE_PEOPLE)
def enrol_people(
    store: Store,
    actor: Person,
    rows: Sequence[PersonRow],
    told: Callable[[int, int], object] = lambda _done, _all: None,
) -> Enrolled:
    """Step 4: enter people one by one with a first password each; `told` hears how far it is.

    Somebody whose login exists is left as he is: the same file twice enters nobody twice.
    """
    with store.reading() as tx:
        by_code = {each.code: each for each in units.all_units(tx)}
    slips: list[Slip] = []
    known: list[str] = []
    refused: list[str] = []
    for done, row in enumerate(rows, 1):
        unit = by_code.get(row.unit_code)
        try:
            slips += _enrol(store, actor, row, unit, known)
        except SentinelError as error:
            refused.append(f"第{row.place.row}行 {row.login}:{error.explained.what}")
        told(done, len(rows))
    _noted(store, actor, len(slips))
    return Enrolled(tuple(slips), tuple(known), tuple(refused))


def _noted(store: Store, actor: Person | None, entered: int) -> None:
    """For the whole house a step of the 启用向导 is done; for a city it is put on record only."""
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.MANAGE_PEOPLE)
        by = None if person is None else person.id
        told = f"新增{entered}"
        if person is None or scopes.within(EVERYTHING, person.scope):
            settle(tx, by, Step.PEOPLE, "导入人员", told)
        else:
            audit.add(tx, by, "导入人员", "person", "", told)


def _enrol(
    store: Store, actor: Person, row: PersonRow, unit: Unit | None, known: list[str]
) -> list[Slip]:
    """The slip of one person; nothing where the login is known."""
    with store.reading() as tx:
        if people.by_login(tx, row.login, 0) is not None:
            known.append(row.login)
            return []
    place = _where(row, unit)
    _, password = enrolling.enrol(store, actor, _new(row, place))
    return [_slip(row, place, password)]


def _where(row: PersonRow, unit: Unit | None) -> tuple[str, str]:
    """The path a person works on, and what it is called."""
    if not row.unit_code:
        return "/", "全省"
    if unit is None:
        raise InputError("机构代码不在单位树里", row.unit_code)
    return unit.path, unit.name


def _new(row: PersonRow, place: tuple[str, str]) -> enrolling.NewPerson:
    return enrolling.NewPerson(row.login, row.name, (Grant(row.role, place[0]),))


def _slip(row: PersonRow, place: tuple[str, str], password: str) -> Slip:
    return Slip(row.login, row.name, row.role.value, place[1], password)
