"""台账真实性 taken along: a workbook of units and accounts, or the accounts as CSV, logged."""

from dataclasses import dataclass
from typing import Final

from monitor.access.declared import needs
from monitor.actions import ledger_truth
from monitor.actions.ledger_truth import Weighed
from monitor.actions.permitting import permit_person, reach
from monitor.domain.instants import say_minute
from monitor.domain.person import Permission, Person
from monitor.record import audit
from monitor.record.screens import truths
from monitor.record.store import Store
from monitor.report import csv_file, truth_table, xlsx_file
from monitor.report.truth_table import Line

NAME: Final = "台账真实性"


@dataclass(frozen=True, slots=True)
class Files:
    """The same facts twice: `book` with a sheet of units and one of accounts, `text` the latter."""

    book: bytes
    text: bytes


@needs(Permission.EXPORT)
def download(store: Store, actor: Person) -> Files:
    """What is known of every entry within reach, as files."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.EXPORT)
        found = ledger_truth.weighed(truths.entries(tx, reach(person), tx.second))
        audit.add(tx, person.id, f"导出{NAME}", "account", NAME, f"{len(found)}个账号")
        told = f"{NAME} 导出时间{say_minute(tx.second)} 导出人{person.shown}"
    units = ledger_truth.by(found, lambda each: (each.unit_id, each.region_name, each.unit_name))
    counts = truth_table.counts(
        [(key[1:], ledger_truth.scored(some)) for key, some in units.items()]
    )
    entries = truth_table.entries([_line(each) for each in found])
    return Files(xlsx_file.render([counts, entries], told), csv_file.render(entries))


def _line(each: Weighed) -> Line:
    entry = each.entry
    place = (entry.unit_code, entry.region_name, entry.county_name, entry.unit_name)
    return Line(place, entry.platform, entry.known.name, entry.known.state.value, each.found)
