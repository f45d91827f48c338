"""A quarter's list of the place's own office: written, made final, tied to an interpretation."""

from dataclasses import replace

from monitor.actions import interpreting, interpreting_papers
from monitor.actions.sending import Sent
from monitor.domain.bulletin import Sort, last_ended
from monitor.domain.campaign import Kind
from monitor.domain.instants import shanghai_day
from monitor.domain.interpreting import Document
from monitor.record import interpretings
from tests.kits.action_benches.campaigns import DATA, a_campaign
from tests.kits.action_benches.campaigns import content as warning
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("interpreting", "k", 2)


def quarter(desk: Desk) -> str:
    """The one that runs."""
    return last_ended(Sort.QUARTER, desk.now).following.code


def text(desk: Desk) -> str:
    day = shanghai_day(desk.now).isoformat()
    return f"某文1号 | 某办法 | {day} | {desk.unit}"


def a_list(desk: Desk, *, final: bool = False) -> tuple[int, int]:
    """A list of the place's unit with one document, by its operator: (id, version)."""
    with desk.store.writing() as tx:
        made = interpretings.begin(tx, desk.unit_id, quarter(desk), desk.person)
        document = Document("某文1号", "某办法", desk.now, "")
        first = interpretings.get(tx, made)
        assert first is not None
        interpretings.write(tx, first, [(document, desk.unit_id)], desk.person)
        kept = interpretings.get(tx, made)
        assert kept is not None
        if final:
            interpretings.finalise(tx, kept, desk.person)
        return made, kept.version + final


@bench(interpreting.save)
def save(desk: Desk) -> Act:
    return lambda actor: interpreting.save(desk.store, actor, quarter(desk), text(desk), SENT)


@bench(interpreting.finalise)
def finalise(desk: Desk) -> Act:
    which = a_list(desk)
    return lambda actor: interpreting.finalise(desk.store, actor, which, SENT)


@bench(interpreting.link)
def link(desk: Desk) -> Act:
    list_id, _ = a_list(desk, final=True)
    policy = replace(warning(desk), kind=Kind.POLICY, document="某文1号《某办法》")
    with desk.store.writing() as tx:
        made = a_campaign(tx, desk, desk.unit_id, said=policy)
        [owed] = interpretings.documents(tx, list_id)
    return lambda actor: interpreting.link(desk.store, actor, owed.id, made, SENT)


@bench(interpreting_papers.table)
def table(desk: Desk) -> Act:
    a_list(desk, final=True)
    return lambda actor: interpreting_papers.table(desk.store, actor, quarter(desk), DATA)
