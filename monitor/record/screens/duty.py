"""值班与联络员: who answers today and in the days to come, who speaks for whom, who left."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import RowMapping, select

from monitor.access import scopes
from monitor.access.declared import shown
from monitor.domain.contact import Contact, OwnerKind
from monitor.domain.duty import BINDING, HANDED_OVER, Duty, Liaison, gaps
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import contacts, rosters
from monitor.record.screens.scoping import ACCOUNT, visible
from monitor.record.store import Reading

AHEAD: Final = 14
"""Days of the roster that are shown, today among them."""
TOP: Final = 2
"""Strokes in the path of a unit without a superior: `/1/`."""


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One unit's duty of one day, with its masked phones."""

    duty: Duty
    phones: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A unit that keeps a roster, and the days ahead on which nobody stands in it."""

    unit_name: str
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The roster of the days to come."""

    entries: tuple[OnDuty, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Spokesman:
    """A liaison with his masked phones; `waits` where a hand-over is not confirmed yet."""

    liaison: Liaison
    phones: tuple[Contact, ...]
    left: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """An account bound to somebody who left, whose work nobody confirmed to have taken over."""

    account_id: int
    platform: str
    name: str
    unit_name: str
    column: str
    liaison: str
    until: str
    liaison_id: int = 0


@shown()
def today(tx: Reading, scope: Scope, now: int) -> OnDuty | None:
    """Who is to be called today: of the units above or within the scope, the highest's duty."""
    day = shanghai_day(now).isoformat()
    reached = [each for each in rosters.duties(tx, day, day) if _answers_for(scope, each.path)]
    if not reached:
        return None
    first = min(reached, key=lambda each: (len(each.path), each.unit_code))
    return _with_phones(tx, [first])[0]


def _answers_for(scope: Scope, path: str) -> bool:
    """Whoever works along a line of the whole province calls the province's own duty."""
    of_the_top = bool(scope.lines) and path.count("/") == TOP
    inside = scopes.covers(Scope(scope.paths), path, "")
    return inside or of_the_top or any(own.startswith(path) for own in scope.paths)


@shown(Permission.SEE_PEOPLE)
def ahead(tx: Reading, scope: Scope, now: int) -> Ahead:
    """The duties of two weeks within the scope, and the days nobody was entered for."""
    first = shanghai_day(now)
    days = tuple((first + timedelta(days=each)).isoformat() for each in range(AHEAD))
    every = [each for each in rosters.duties(tx) if _inside(scope, each.path)]
    entries = [each for each in every if days[0] <= each.day <= days[-1]]
    return Ahead(tuple(_with_phones(tx, entries)), tuple(_gaps(every, days)))


def _gaps(every: Sequence[Duty], days: tuple[str, ...]) -> Iterable[Gap]:
    """Up to the last day a unit entered: what comes after is not planned yet."""
    by_unit: dict[str, list[Duty]] = {}
    for each in every:
        by_unit.setdefault(each.unit_code, []).append(each)
    for own in by_unit.values():
        known = frozenset(each.day for each in own)
        planned = tuple(day for day in days if day <= max(known))
        missing = gaps(known, planned or days[:1])
        if missing:
            yield Gap(own[-1].unit_name, missing)


@shown(Permission.SEE_PEOPLE)
def liaisons(tx: Reading, scope: Scope, now: int) -> tuple[Spokesman, ...]:
    """The liaisons of the scope's units, those in charge before those who left."""
    now_day = shanghai_day(now)
    found = [each for each in rosters.liaisons(tx) if _inside(scope, each.path)]
    phones = contacts.of_many(tx, OwnerKind.LIAISON, [each.id for each in found if each.id])
    lines = [
        Spokesman(
            each,
            phones.get(each.id or 0, ()),
            each.left(now_day),
            each.predecessor is not None and each.confirmed_at is None,
        )
        for each in found
    ]
    return tuple(sorted(lines, key=lambda each: (each.left, each.liaison.unit_code)))


@shown(Permission.SEE_PEOPLE)
def left_behind(tx: Reading, scope: Scope, now: int) -> tuple[Bound, ...]:
    """The accounts bound to somebody who left without a confirmed successor."""
    leavers = _leavers(tx, shanghai_day(now))
    if not leavers:
        return ()
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(select(seen).order_by(seen.c.account_id)).mappings()
    return tuple(bound for row in rows for bound in _bound(row, leavers))


@shown(Permission.SEE_ACCOUNTS)
def bound(tx: Reading, scope: Scope, now: int, account_id: int) -> tuple[Bound, ...]:
    """The same of one account, for its own page."""
    leavers = _leavers(tx, shanghai_day(now))
    if not leavers:
        return ()
    seen = visible(tx, scope, now, ACCOUNT.c.id == account_id)
    rows = tx.conn.execute(select(seen)).mappings()
    return tuple(bound for row in rows for bound in _bound(row, leavers))


@shown(Permission.SEE_PEOPLE)
def to_hand_over(tx: Reading, scope: Scope, now: int) -> tuple[Bound, ...]:
    """The accounts of a scope whose 联络员 or 运维员 is a liaison of their unit or one above: what
    a hand-over of his changes. A name that another entry of the unit bears is left out."""
    every = [each for each in rosters.liaisons(tx) if _inside(scope, each.path)]
    names = Counter(
        (each.unit_code, each.name) for each in every if not each.left(shanghai_day(now))
    )
    alone = [each for each in every if names[each.unit_code, each.name] <= 1]
    if not alone:
        return ()
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(select(seen).order_by(seen.c.account_id)).mappings()
    found = (bound for row in rows for bound in _bound(row, alone))
    return tuple(each for each in found if each.column in HANDED_OVER)


def _leavers(tx: Reading, day: date) -> list[Liaison]:
    every = rosters.liaisons(tx)
    open_ends = rosters.unconfirmed(every)
    serving = {(each.unit_code, each.name) for each in every if each.serves(day)}
    return [
        each
        for each in every
        if each.left(day) and each.id in open_ends and (each.unit_code, each.name) not in serving
    ]


def _bound(row: RowMapping, leavers: Sequence[Liaison]) -> Iterable[Bound]:
    said = row["details"] or {}
    for column in BINDING:
        name = str(said.get(column) or "").strip()
        for each in leavers:
            if name and each.name == name and row["path"].startswith(each.path):
                yield Bound(
                    row["account_id"],
                    row["platform"],
                    row["name"],
                    row["unit_name"],
                    column,
                    each.name,
                    each.until,
                    each.id or 0,
                )


def _inside(scope: Scope, path: str) -> bool:
    return scopes.covers(Scope(scope.paths), path, "")


def _with_phones(tx: Reading, entries: Sequence[Duty]) -> list[OnDuty]:
    phones = contacts.of_many(tx, OwnerKind.DUTY, [each.id for each in entries if each.id])
    return [OnDuty(each, phones.get(each.id or 0, ())) for each in entries]
