"""The closing report of a 清理排查, as Word and as a table."""

from pathlib import Path
from typing import Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions.clearing import MATTER
from monitor.actions.permitting import permit_person, reach
from monitor.collect import shelf
from monitor.domain.clearing import Answer, Decision, Spot, State
from monitor.domain.errors import Forbidden
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.record import audit, clearings, units
from monitor.record.store import Reading, Store
from monitor.report import clearing_summary, csv_file, word_file
from monitor.report.clearing_summary import Closing, Group

TEMPLATE: Final = "清理排查总结.docx"


@needs(Permission.EXPORT)
def summary(store: Store, actor: Person, clearing_id: int, data_dir: Path) -> tuple[bytes, bytes]:
    """The report as a Word file and its counts as CSV, of a project whose area is in reach."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.EXPORT)
        kept = clearings.get(tx, clearing_id)
        if kept is None or not scopes.covers(Scope(reach(person).paths), kept.path, ""):
            raise Forbidden("没有这次清理排查,或不在本人管理范围内", "", "请刷新后重试")
        closing = _closing(tx, kept)
        audit.add(tx, person.id, "下载清理排查总结", MATTER, str(kept.id), "")
    template = shelf.template(data_dir, TEMPLATE)
    word_file.check(template, clearing_summary.values(clearing_summary.SAMPLE), TEMPLATE)
    paper = word_file.fill(template, clearing_summary.values(closing), TEMPLATE)
    return paper, csv_file.render(clearing_summary.table(closing))


def _closing(tx: Reading, kept: clearings.Kept) -> Closing:
    office = units.by_id(tx, kept.unit_id)
    return Closing(
        kept.title,
        office.name if office is not None else "",
        kept.words,
        kept.opened_at,
        kept.closed_at,
        kept.seed,
        kept.size,
        kept.population,
        kept.summed_up,
        tuple(_group(each) for each in clearings.grouped(tx, kept.id)),
    )


def _group(row: tuple[str, str, str, bool, str, str, int]) -> Group:
    place, state, answer, sampled, spot, decision, amount = row
    return Group(
        place,
        State(state),
        Answer(answer) if answer else None,
        sampled,
        Spot(spot) if spot else None,
        Decision(decision) if decision else None,
        amount,
    )
