"""政策解读清单: written for a quarter, made final by a second person, tied to its campaign."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import Reach, needs
from monitor.actions import campaign_terms, sending
from monitor.actions.permitting import highest, office, permit_person, reach
from monitor.actions.sending import Sent
from monitor.coordinate import interpreting as reading
from monitor.coordinate.interpreting import written
from monitor.domain.bulletin import Sort, period_of
from monitor.domain.campaign import Kind
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError, Overtaken
from monitor.domain.instants import shanghai_day
from monitor.domain.interpreting import Document, State
from monitor.domain.person import Permission, Person
from monitor.domain.unit import Level, Unit
from monitor.record import audit, interpretings, units
from monitor.record.interpretings import Kept
from monitor.record.store import Store, Writing

__all__ = ["LONGEST", "TEXT", "WHERE", "Saved", "finalise", "link", "save", "written"]
WHERE: Final = reading.WHERE
TEXT: Final = "清单"
LONGEST: Final = 4000
ABSENT: Final = ("没有这份政策解读清单,或不在本人管理范围内", "", "请刷新后重试")


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a sent list: its id and version."""

    list_id: int
    version: int


@needs(Permission.CAMPAIGN, reach=Reach.SELF)
def save(store: Store, actor: Person, quarter: str, text: str, sent: Sent) -> Saved:
    """Write the list of the actor's office for a quarter `2026Q4`, on top of the version shown.

    InputError names the line that cannot be read, or a document not issued in the quarter;
    Overtaken, with both texts, where somebody saved first; Conflict where it is final.
    """
    period = period_of(quarter)
    if period.sort is not Sort.QUARTER:
        raise InputError("清单按季度拟定", quarter[:20], "应写成 2026Q4")
    if len(text) > LONGEST:
        raise InputError(f"清单超过{LONGEST}字", WHERE)
    refuse_marked({TEXT: text})
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)

        def work() -> Mapping[str, Any]:
            desk = office(tx, person, WHERE)
            return _saved(tx, person, desk, (period.code, text), sent)

        return Saved(**sending.once(tx, person, sent, work))


@needs(Permission.CAMPAIGN)
def finalise(store: Store, actor: Person, which: tuple[int, int], sent: Sent) -> None:
    """定稿 of a list `(id, version)` by another person than wrote it; it is not changed after that.

    Forbidden for who wrote it, Conflict where it was changed meanwhile or is final, InputError
    where it is empty.
    """
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)

        def work() -> Mapping[str, Any]:
            kept = _mine(tx, person, which[0])
            writers = {kept.drafted_by, kept.changed_by}
            if person.id in writers or tx.acting.behalf in writers:
                raise Forbidden("不能定稿本人拟写的清单", "定稿", "请由另一人定稿")
            if kept.state is State.FINAL or kept.version != which[1]:
                raise Conflict("这份清单刚被别人办理过", WHERE, "请刷新后再办")
            if not interpretings.documents(tx, kept.id):
                raise InputError("清单里还没有文件", WHERE, "先列出本季度要解读的文件")
            if not interpretings.finalise(tx, kept, person.id):
                raise Conflict("这份清单刚被别人办理过", WHERE, "请刷新后再办")
            audit.add(tx, person.id, "定稿政策解读清单", "interpretation_list", str(kept.id), "")
            return {}

        sending.once(tx, person, sent, work)


@needs(Permission.CAMPAIGN)
def link(store: Store, actor: Person, document_id: int, campaign_id: int, sent: Sent) -> None:
    """登记解读: the campaign that interprets a document of a final list. It stands at once where
    the drafting unit or the department says so; what another office says, the department confirms.

    InputError where it is no 政策解读, or names another document.
    """
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)

        def work() -> Mapping[str, Any]:
            found = interpretings.document(tx, document_id)
            if found is None:
                raise Forbidden(*ABSENT)
            if _mine(tx, person, found.list_id).state is not State.FINAL:
                raise Conflict("清单还没有定稿", WHERE, "定稿后再登记解读")
            content = campaign_terms.mine(tx, person, campaign_id).content
            if content.kind is not Kind.POLICY:
                raise InputError("只能登记“政策解读”类的协同发声", "解读")
            if not reading.names_it(found.document, content.document):
                told = f"这次解读写的是“{content.document}”"
                raise InputError(told, "解读文件", f"应写明{found.document.label}")
            stands = _may_tie(tx, person, found.unit_id)
            if found.campaign_id != campaign_id or (stands and not found.stands):
                interpretings.link(tx, document_id, campaign_id, person.id, stands=stands)
            kind, key = "interpretation_document", str(document_id)
            audit.add(tx, person.id, "登记政策解读", kind, key, str(campaign_id))
            return {}

        sending.once(tx, person, sent, work)


def _may_tie(tx: Writing, person: Person, drafter: int) -> bool:
    """Whether the person writes for the unit that drafted the document, or for the department."""
    top = highest(tx, person)
    return top is not None and (top.id == drafter or top.level is Level.PROVINCE)


def _saved(
    tx: Writing, person: Person, desk: Unit, given: tuple[str, str], sent: Sent
) -> Mapping[str, Any]:
    quarter, text = given
    inside = [each for each in units.all_units(tx) if each.path.startswith(desk.path)]
    names = {each.code: each.name for each in inside}
    documents = reading.read(
        text, {code: code for code in names} | {n: c for c, n in names.items()}
    )
    _within(documents, quarter)
    kept = interpretings.of_quarter(tx, desk.id or 0, quarter)
    if kept is None:
        made = interpretings.begin(tx, desk.id or 0, quarter, person.id)
        kept = Kept(made, 1, desk.id or 0, quarter, person.id, person.id)
    else:
        if kept.state is State.FINAL:
            raise Conflict("清单已经定稿,不能再改", WHERE, "下一季度的另行拟定")
        known = [each.document for each in interpretings.documents(tx, kept.id)]
        theirs = {TEXT: written(known, names)}
        sending.overtaken(sent, WHERE, {TEXT: text}, theirs, kept.version)
    ids = {each.code: each.id or 0 for each in inside}
    owed = [(each, ids[each.unit]) for each in documents]
    if not interpretings.write(tx, kept, owed, person.id):
        raise Overtaken(WHERE, {TEXT: text}, {TEXT: ""}, kept.version)
    audit.add(tx, person.id, "拟定政策解读清单", "interpretation_list", str(kept.id), quarter)
    return {"list_id": kept.id, "version": kept.version + 1}


def _within(documents: tuple[Document, ...], quarter: str) -> None:
    period = period_of(quarter)
    for each in documents:
        if not period.since <= each.issued < period.until:
            day = shanghai_day(each.issued).isoformat()
            told = f"“{each.number}”印发日期{day}不在{period.said}"
            raise InputError(told, WHERE, "列入印发那个季度的清单")


def _mine(tx: Writing, person: Person, list_id: int) -> Kept:
    kept = interpretings.get(tx, list_id)
    desk = None if kept is None else units.by_id(tx, kept.desk_id)
    if kept is None or desk is None or not scopes.covers(reach(person), desk.path, desk.line):
        raise Forbidden(*ABSENT)
    return kept
