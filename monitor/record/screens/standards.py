"""认定标准: what is and was in force, drafts on their way, and whose silence is excused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from monitor.access import scopes
from monitor.access.declared import Reach, shown
from monitor.domain.account import State
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission
from monitor.domain.proposal import PAUSE_PAPER
from monitor.domain.scope import EVERYTHING, Scope
from monitor.domain.standard import Draft, Term
from monitor.record import in_force, reasons
from monitor.record.screens.scoping import visible
from monitor.record.standards import DRAFT, draft_of
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault

RULEBOOK: Final = METADATA.tables["rulebook"]
PERSON: Final = METADATA.tables["person"]
EXCUSE: Final = METADATA.tables["excuse"]
ACCOUNT_REV: Final = METADATA.tables["account_rev"]
MOST: Final = 200
MICRO: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Held:
    """A term with the text of its rulebook and the name of who laid it down, '' for nobody."""

    term: Term
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Written:
    """A draft with the names of who wrote, submitted and decided it, and why it was returned;
    `changed_at` in seconds."""

    draft: Draft
    drafter: str
    submitter: str
    decider: str
    changed_at: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Excused:
    """An account whose silence is excused now: of what kind, [a, b) seconds, on what paper.

    A state of the registry stands until it is changed: both are None.
    """

    account_id: int
    name: str
    platform: str
    unit_name: str
    kind: str
    a: int | None
    b: int | None
    paper: str


@shown(Permission.SEE_HEALTH)
def history(tx: Reading, scope: Scope) -> tuple[Held, ...]:
    """All that was ever laid down of both standards, the newest first; no secret from anybody who
    is judged by it."""
    if scope.empty:
        return ()
    terms = (*in_force.terms(tx), *in_force.terms(tx, upper=True))
    names = _names(tx, [each.by for each in terms])
    rows = select(RULEBOOK.c.id, RULEBOOK.c.document)
    wanted = rows.where(RULEBOOK.c.id.in_([each.rulebook_id for each in terms]))
    texts = {row.id: row.document for row in tx.conn.execute(wanted)}
    found = [
        Held(each, texts[each.rulebook_id], names.get(each.by or 0, ""))
        for each in sorted(terms, key=lambda each: (each.since, each.id), reverse=True)
    ]
    return tuple(found[:MOST])


@shown(Permission.SET_UP, reach=Reach.HOUSE)
def drafts(tx: Reading, scope: Scope) -> tuple[Written, ...]:
    """Revisions that were begun, the newest first."""
    if not scopes.within(EVERYTHING, scope):
        return ()
    rows = tx.conn.execute(select(DRAFT).order_by(DRAFT.c.id.desc()).limit(MOST)).mappings().all()
    return _written(tx, [draft_of(row) for row in rows], {})


@shown(Permission.SET_UP, reach=Reach.HOUSE)
def draft(tx: Reading, scope: Scope, draft_id: int, vault: Vault | None = None) -> Written | None:
    """One revision; why it was returned where a vault opens the words."""
    if not scopes.within(EVERYTHING, scope):
        return None
    row = tx.conn.execute(select(DRAFT).where(DRAFT.c.id == draft_id)).mappings().first()
    if row is None:
        return None
    number = row["reason"]
    words = reasons.texts(tx, vault, [number]) if vault is not None and number else {}
    return _written(tx, [draft_of(row)], words)[0]


def _written(tx: Reading, found: list[Draft], words: Mapping[int, str]) -> tuple[Written, ...]:
    names = _names(
        tx, [who for each in found for who in (each.drafted_by, each.submitted_by, each.decided_by)]
    )
    return tuple(
        Written(
            each,
            names.get(each.drafted_by, ""),
            names.get(each.submitted_by or 0, ""),
            names.get(each.decided_by or 0, ""),
            each.changed_at // MICRO,
            words.get(each.reason or 0, ""),
        )
        for each in found
    )


def _names(tx: Reading, ids: list[int | None]) -> dict[int, str]:
    wanted = {each for each in ids if each is not None}
    rows = tx.conn.execute(select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(wanted)))
    return {row.id: row.name for row in rows}


@shown(Permission.SEE_HEALTH)
def excused(
    tx: Reading, scope: Scope, now: int, *, limit: int = 50, offset: int = 0
) -> tuple[Excused, ...]:
    """Accounts of the scope with agreed silence at `now`, those whose ends soonest first."""
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(
        select(
            *(seen.c.account_id, seen.c.name, seen.c.platform, seen.c.unit_name),
            *(EXCUSE.c.kind, EXCUSE.c.a, EXCUSE.c.b, EXCUSE.c.paper),
        )
        .join(EXCUSE, EXCUSE.c.account_id == seen.c.account_id)
        .where(EXCUSE.c.superseded_at == OPEN, EXCUSE.c.a <= now, EXCUSE.c.b > now)
        .order_by(EXCUSE.c.b, seen.c.account_id, EXCUSE.c.id)
        .limit(min(limit, MOST))
        .offset(offset)
    )
    return tuple(Excused(*row) for row in rows)


@shown(Permission.SEE_HEALTH)
def paused(
    tx: Reading, scope: Scope, now: int, *, limit: int = 50, offset: int = 0
) -> tuple[Excused, ...]:
    """Accounts of the scope whose state is 暂停更新, with the paper it was confirmed on."""
    seen = visible(tx, scope, now, ACCOUNT_REV.c.state == State.PAUSED.value)
    rows = tx.conn.execute(
        select(
            *(seen.c[name] for name in ("account_id", "name", "platform", "unit_name", "details"))
        )
        .order_by(seen.c.unit_name, seen.c.account_id)
        .limit(min(limit, MOST))
        .offset(offset)
    )
    return tuple(
        Excused(
            *(row.account_id, row.name, row.platform, row.unit_name, State.PAUSED.value),
            *(None, None, str(row.details.get(PAUSE_PAPER, ""))),
        )
        for row in rows
    )
