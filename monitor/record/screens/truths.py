"""What is known of each entry of the ledger, measured for all of a scope: 抽查, 巡查, 单位核对."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, Subquery, func, literal, select, union_all

from monitor.access.declared import shown
from monitor.domain.account import State
from monitor.domain.clearing import Answer, Spot
from monitor.domain.instants import OPEN
from monitor.domain.patrol import OFFICE_GRADE, Seen
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.domain.truth import FRESH, KEPT, Known, Look, Word
from monitor.record.clearings import LINE
from monitor.record.lives import LOOK, MOVE
from monitor.record.screens.scoping import ACCOUNT_REV, visible
from monitor.record.store import Reading

MICRO: Final = 1_000_000
NEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One official account of the ledger, whose it is, and what was seen of it."""

    account_id: int
    platform: str
    unit_id: int
    unit_code: str
    unit_name: str
    region: str
    region_name: str
    county_name: str
    known: Known


@shown(Permission.SEE_ACCOUNTS)
def entries(tx: Reading, scope: Scope, now: int, unit_id: int = 0) -> tuple[Entry, ...]:
    """The entries of a scope, or of one unit of it, by place: one statement for each sort of
    evidence, whatever the number of accounts."""
    seen = visible(tx, scope, now)
    rows = (
        select(*(seen.c[name] for name in _ENTRY), seen.c.name, seen.c.state)
        .where(seen.c.state.in_([each.value for each in KEPT]))
        .order_by(seen.c.region, seen.c.path, seen.c.account_id)
    )
    if unit_id:
        rows = rows.where(seen.c.unit_id == unit_id)
    since = now - FRESH
    told = (_words(tx, _spots(since)), _looks(tx, since), _words(tx, _own(since)))
    begun: dict[int, int] = {row[0]: row[1] for row in tx.conn.execute(_since())}
    return tuple(_entry(row, told, begun) for row in tx.conn.execute(rows))


Told = tuple[Mapping[int, Word], Mapping[int, tuple[Look, ...]], Mapping[int, Word]]


def _entry(row: Any, told: Told, begun: Mapping[int, int]) -> Entry:
    *own, name, state = row
    key: int = own[0]
    spots, looks, words = told
    known = Known(
        name, _STATES[state], begun.get(key, 0), spots.get(key), looks.get(key, ()), words.get(key)
    )
    return Entry(**dict(zip(_ENTRY, own, strict=True)), known=known)


_ENTRY: Final = (
    *("account_id", "platform", "unit_id", "unit_code", "unit_name", "region"),
    *("region_name", "county_name"),
)
"""The fields of `Entry` in their order, but for what is known."""
_STATES: Final = {each.value: each for each in State}


def _spots(since: int) -> Select[Any]:
    """What the office found in its samples."""
    return select(
        LINE.c.account_id,
        LINE.c.spot_at.label("at"),
        (LINE.c.spot == Spot.SAME.value).label("right"),
        LINE.c.said.label("said"),
    ).where(LINE.c.spot != "", LINE.c.spot_at >= since)


def _own(since: int) -> Select[Any]:
    """What units said: in a 清理排查, or by confirming for the year."""
    answered = select(
        LINE.c.account_id,
        LINE.c.answered_at.label("at"),
        (LINE.c.answer == Answer.TRUE.value).label("right"),
        LINE.c.note.label("said"),
    ).where(LINE.c.answer.in_(_WORDS), LINE.c.answered_at >= since)
    confirmed = select(
        MOVE.c.account_id,
        (MOVE.c.recorded_at // MICRO).label("at"),
        literal(value=True).label("right"),
        literal("").label("said"),
    ).where(MOVE.c.year.is_not(None), MOVE.c.recorded_at >= since * MICRO)
    both: Subquery = union_all(answered, confirmed).subquery("own")
    return select(both.c.account_id, both.c.at, both.c.right, both.c.said)


_WORDS: Final = (Answer.TRUE.value, Answer.CHANGE.value, Answer.LOST.value)
"""Answers that say whether the entry is right; wanting to close or merge says nothing of that."""


def _words(tx: Reading, rows: Select[Any]) -> dict[int, Word]:
    """The newest word of each account."""
    found = tx.conn.execute(rows.order_by("account_id", "at"))
    return {row.account_id: Word(bool(row.right), row.at, row.said) for row in found}


def _looks(tx: Reading, since: int) -> dict[int, tuple[Look, ...]]:
    """The two newest looks of third persons of each account, the newest first."""
    place = func.row_number().over(
        partition_by=LOOK.c.account_id, order_by=(LOOK.c.looked_from.desc(), LOOK.c.id.desc())
    )
    ranked = (
        select(
            *(LOOK.c[name] for name in ("account_id", "seen", "looked_from", "name_now")),
            place.label("place"),
        )
        .where(LOOK.c.grade >= OFFICE_GRADE, LOOK.c.looked_from >= since)
        .subquery("ranked")
    )
    rows = select(ranked).where(ranked.c.place <= NEWEST)
    found: dict[int, tuple[Look, ...]] = {}
    for row in tx.conn.execute(rows.order_by(ranked.c.account_id, ranked.c.place)):
        look = Look(Seen(row.seen), row.looked_from, row.name_now)
        found[row.account_id] = (*found.get(row.account_id, ()), look)
    return found


def _since() -> Select[Any]:
    """Since when each entry says what it says of name, unit and state; a tick for 年度核对 or a
    remark does not count, so that nothing wrong is wiped away by them."""
    rev = ACCOUNT_REV
    before = [
        func.lag(rev.c[name])
        .over(partition_by=rev.c.account_id, order_by=rev.c.valid_from)
        .label(f"{name}_before")
        for name in _SAYS
    ]
    lagged = (
        select(rev.c.account_id, rev.c.valid_from, *(rev.c[name] for name in _SAYS), *before)
        .where(rev.c.superseded_at == OPEN)
        .subquery("lagged")
    )
    changed = lagged.c.name != lagged.c.name_before
    for name in _SAYS[1:]:
        changed |= lagged.c[name] != lagged.c[f"{name}_before"]
    return (
        select(lagged.c.account_id, func.max(lagged.c.valid_from))
        .where(changed)
        .group_by(lagged.c.account_id)
    )


_SAYS: Final = ("name", "unit_id", "state")
