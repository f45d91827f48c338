"""政策解读情况: what every unit owed and published of a quarter, for the page and as CSV."""

from collections.abc import Sequence
from pathlib import Path

from monitor.access.declared import Reach, needs
from monitor.actions.approval_terms import calendar
from monitor.actions.permitting import permit_person
from monitor.domain.errors import InputError
from monitor.domain.interpreting import Duty
from monitor.domain.person import Permission, Person
from monitor.record import audit
from monitor.record.screens import interpreting as screen
from monitor.record.screens.interpreting import Quarter
from monitor.record.store import Store
from monitor.report import csv_file, interpreting_table
from monitor.report.interpreting_table import Told
from monitor.score import interpreting as score


@needs(Permission.EXPORT, reach=Reach.SELF)
def table(store: Store, actor: Person, quarter: str, data_dir: Path) -> bytes:
    """The CSV of a quarter `2026Q4`, of the units the actor may see; InputError where there is no
    list."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.EXPORT)
        found = screen.quarter(tx, person.scope, tx.second, screen.Wanted(quarter))
        if not found:
            raise InputError("这个季度还没有政策解读清单", quarter[:20], "请先拟定并定稿")
        told = [each for one in found for each in by_unit(one, data_dir)]
        audit.add(tx, person.id, "下载政策解读情况", "interpretation_list", quarter[:20], "")
    return csv_file.render(interpreting_table.table(quarter, told))


def by_unit(found: Quarter, data_dir: Path) -> list[Told]:
    """Each unit of a list that owed something, those who published least first."""
    names = dict(found.names)
    every = score.standings(found.duties, calendar(data_dir))
    told = [
        Told(
            code,
            names.get(code, code),
            *(it.asked, it.out, it.own_word, it.unseen),
            *(it.rate, it.timely, it.days),
        )
        for code, it in every.items()
    ]
    return sorted(told, key=lambda each: (1.0 if each.rate is None else each.rate, each.code))


def days(duties: Sequence[Duty], document: int, unit: str, data_dir: Path) -> int | None:
    """Working days from a document to the interpretation by its drafter; None while unknown."""
    mine = [each for each in duties if each.document == document and each.unit == unit]
    return score.delay(mine[0], calendar(data_dir)) if mine else None
