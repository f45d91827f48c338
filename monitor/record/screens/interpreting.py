"""政策解读: a quarter's list as somebody sees it, what interprets each document, who owes what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from monitor.access import scopes
from monitor.access.declared import shown
from monitor.domain.bulletin import Sort, last_ended, period_of
from monitor.domain.interpreting import Document, Duty, State
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.domain.unit import Level, Unit
from monitor.record import campaigns, interpretings, score_interpreting, units
from monitor.record.campaigns import CAMPAIGN
from monitor.record.campaigns import Kept as Campaign
from monitor.record.interpretings import Kept, KeptDocument
from monitor.record.score_interpreting import Span
from monitor.record.store import Reading

NOW: Final = 1 << 62
"""All that is known."""
POLICY: Final = "政策解读"
OFFICES: Final = frozenset({Level.PROVINCE, Level.DEPARTMENT, Level.PREFECTURE})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which quarter (`2026Q4`); '' is the one that runs."""

    quarter: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One document: who drafted it, and the campaign that interprets it."""

    kept: KeptDocument
    unit_name: str
    campaign: Campaign | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """One office's list with its documents; `duties` are those of units in the scope, `names` of
    these units by code."""

    kept: Kept
    desk_name: str
    rows: tuple[Row, ...]
    duties: tuple[Duty, ...]
    names: tuple[tuple[str, str], ...]


@shown(Permission.SEE_CAMPAIGNS)
def quarter(tx: Reading, scope: Scope, now: int, wanted: Wanted) -> tuple[Quarter, ...]:
    """The lists for a quarter of offices within the scope and above it; a draft is seen by who
    reaches its office only."""
    running = last_ended(Sort.QUARTER, now).following
    code = period_of(wanted.quarter).code if wanted.quarter else running.code
    every = units.all_units(tx)
    by_id = {each.id: each for each in every}
    span = Span((code,), now, NOW)
    owed = score_interpreting.duties(tx, span)
    found = []
    for kept in interpretings.every(tx, code):
        desk = by_id.get(kept.desk_id)
        if desk is None or not _seen(scope, desk, kept):
            continue
        documents = interpretings.documents(tx, kept.id)
        found.append(_quarter(tx, scope, (kept, desk), documents, (owed, every)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Own:
    """The list of the office somebody writes for: its version (0: none yet), its documents, and
    the names of the units they may be given to, by code."""

    version: int = 0
    final: bool = False
    documents: tuple[Document, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


@shown(Permission.CAMPAIGN)
def own(tx: Reading, scope: Scope, now: int, wanted: Wanted) -> Own | None:
    """The list of one's own office for a quarter; None for who has no office of his own."""
    every = units.all_units(tx)
    inside = [each for each in every if scopes.covers(scope, each.path, each.line)]
    top = min(inside, key=lambda each: (each.path.count("/"), each.code), default=None)
    if top is None or top.level not in OFFICES or top.path not in scope.paths | {f"/{top.id}/"}:
        return None
    names = tuple((each.code, each.name) for each in every if each.path.startswith(top.path))
    running = last_ended(Sort.QUARTER, now).following.code
    kept = interpretings.of_quarter(tx, top.id or 0, wanted.quarter or running)
    if kept is None:
        return Own(names=names)
    documents = tuple(each.document for each in interpretings.documents(tx, kept.id))
    return Own(kept.version, kept.state is State.FINAL, documents, names)


@shown(Permission.CAMPAIGN)
def to_link(tx: Reading, scope: Scope, now: int) -> dict[int, str]:
    """The interpretations of offices in the scope, newest first: what may be tied to a document."""
    del now
    paths = {each.id: (each.path, each.line) for each in units.all_units(tx)}
    rows = tx.conn.execute(
        select(CAMPAIGN.c.id, CAMPAIGN.c.title, CAMPAIGN.c.desk_id)
        .where(CAMPAIGN.c.kind == POLICY)
        .order_by(CAMPAIGN.c.id.desc())
        .limit(100)
    )
    return {
        row.id: row.title
        for row in rows
        if row.desk_id in paths and scopes.covers(scope, *paths[row.desk_id])
    }


def _seen(scope: Scope, desk: Unit, kept: Kept) -> bool:
    if scopes.covers(scope, desk.path, desk.line):
        return True
    below = any(path.startswith(desk.path) for path in scope.paths)
    return kept.state is State.FINAL and below


def _quarter(
    tx: Reading,
    scope: Scope,
    whose: tuple[Kept, Unit],
    documents: Sequence[KeptDocument],
    told: tuple[Sequence[Duty], Sequence[Unit]],
) -> Quarter:
    owed, every = told
    ids = {each.id for each in documents}
    mine = {each.code: each.name for each in every if scopes.covers(scope, each.path, each.line)}
    names = {each.id: each.name for each in every}
    rows = [
        Row(
            each,
            names.get(each.unit_id, ""),
            None if each.campaign_id is None else campaigns.get(tx, each.campaign_id),
        )
        for each in documents
    ]
    duties = tuple(each for each in owed if each.document in ids and each.unit in mine)
    named = tuple((code, mine[code]) for code in dict.fromkeys(each.unit for each in duties))
    return Quarter(whose[0], whose[1].name, tuple(rows), duties, named)
