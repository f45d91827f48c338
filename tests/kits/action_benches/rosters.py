"""The duty roster and the liaisons, and their hand-over."""

from datetime import date

from monitor.actions import rosters
from monitor.domain.duty import Liaison, Phones, Roster
from monitor.record import rosters as kept
from monitor.record import units
from tests.builders import VAULT
from tests.collect.files import books
from tests.kits.matrix import Act, Desk, bench

HEADERS = list(rosters.COLUMNS[Roster.DUTY])


@bench(rosters.look)
def look(desk: Desk) -> Act:
    asked = _asked(desk)
    return lambda actor: bool(rosters.look(desk.store, actor, asked).added)


@bench(rosters.save)
def save(desk: Desk) -> Act:
    asked = _asked(desk)
    seen = rosters.look(desk.store, None, asked).fingerprint
    return lambda actor: rosters.save(desk.store, actor, VAULT, asked, seen)


@bench(rosters.hand_over)
def hand_over(desk: Desk) -> Act:
    leaving = a_liaison(desk)
    new = rosters.HandOver(leaving, 1, date(2026, 11, 30), date(2026, 12, 1), "乙某")
    return lambda actor: rosters.hand_over(desk.store, actor, VAULT, new)


@bench(rosters.confirm)
def confirm(desk: Desk) -> Act:
    leaving = a_liaison(desk)
    new = rosters.HandOver(leaving, 1, date(2026, 11, 30), date(2026, 12, 1), "乙某")
    successor = rosters.hand_over(desk.store, None, VAULT, new)
    return lambda actor: rosters.confirm(desk.store, actor, successor, 1)


def _asked(desk: Desk) -> rosters.Asked:
    row = ["2026-11-23", desk.unit, "某领导", "某人", "027-00001234", "", ""]
    return rosters.Asked(Roster.DUTY, "值班表.xlsx", books.xlsx([HEADERS, row]))


def a_liaison(desk: Desk) -> int:
    with desk.store.writing() as tx:
        code = next(each.code for each in units.all_units(tx) if each.name == desk.unit)
        given = Liaison(code, "甲某", since="2026-01-01")
        return kept.keep_liaison(tx, VAULT, given, Phones(mobile="13800001234"))
