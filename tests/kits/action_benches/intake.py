"""Units, ledger and people of the first days."""

from monitor.actions import intake
from monitor.collect.people_file import PersonRow
from monitor.domain.loading import RowProblem
from monitor.domain.person import Role
from monitor.domain.unit import Level, Unit
from tests.kits.matrix import Act, Desk, bench


@bench(intake.save_units)
def save_units(desk: Desk) -> Act:
    found = [Unit("420200000000", "黄石市公安局", Level.PREFECTURE, "420000000000")]
    return lambda actor: intake.save_units(desk.store, actor, found)


@bench(intake.enrol_together)
def enrol_together(desk: Desk) -> Act:
    return lambda actor: intake.enrol_together(desk.store, actor, [_row(desk)])


@bench(intake.enrol_people)
def enrol_people(desk: Desk) -> Act:
    return lambda actor: bool(intake.enrol_people(desk.store, actor, [_row(desk)]).slips)


def _row(desk: Desk) -> PersonRow:
    with desk.store.reading() as tx:
        found = intake.units.all_units(tx)
    code = next(each.code for each in found if each.name == desk.unit)
    place = RowProblem("人员", 2, "登录名", "someone", "")
    return PersonRow("someone", "某人", Role.OPERATOR, code, place)
