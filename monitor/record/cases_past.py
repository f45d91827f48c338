"""Cases with a past: entered together, each with the moves it went through elsewhere."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import func, insert, select

from monitor.domain.case import OVER, Case
from monitor.domain.instants import OPEN, shanghai_day
from monitor.record.case_values import to_values
from monitor.record.cases import CASE, MOVE, YEAR, Moved, Opened, Place
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

FINDING = METADATA.tables["finding"]
POST = METADATA.tables["post"]
POST_KEY = METADATA.tables["post_key"]


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a past case: at which second, and the case as it stood afterwards."""

    at: int
    moved: Moved
    after: Case


@dataclass(frozen=True, slots=True)
class Past:
    """A case as it was opened at a second, its moves in order, and when its time runs out."""

    place: Place
    opened: Opened
    opened_at: int
    case: Case
    steps: tuple[Step, ...] = ()
    due_at: int | None = None

    @property
    def standing(self) -> Case:
        """The case as it stands after its last move."""
        return self.steps[-1].after if self.steps else self.case


def enter_all(tx: Writing, pasts: Sequence[Past]) -> list[int]:
    """Enter cases, the oldest first, so that numbers grow with time; their ids in that order.

    ValueError where one is older than the one before it.
    """
    if any(one.opened_at > other.opened_at for one, other in pairwise(pasts)):
        raise ValueError("the oldest case comes first")
    serials, earlier = _serials(tx), _earlier(tx)
    found = []
    for past in pasts:
        key = past.place.desk_id, shanghai_day(past.opened_at).year
        serials[key] += 1
        mine = earlier.setdefault(past.place.account_id, [])
        nth = 1 + sum(each > past.opened_at - YEAR for each in mine)
        mine.append(past.opened_at)
        found.append(_enter(tx, past, key[1], serials[key], nth))
    return found


def _enter(tx: Writing, past: Past, year: int, serial: int, nth: int) -> int:
    standing, place = past.standing, past.place
    case_id = enter(
        tx,
        CASE,
        desk_id=place.desk_id,
        year=year,
        serial=serial,
        account_id=place.account_id,
        unit_id=place.unit_id,
        transit_id=place.transit_id,
        source=past.opened.source,
        opened_at=past.opened_at,
        opened_by=past.opened.by,
        nth=nth,
        facts=past.opened.facts,
        sha256=past.opened.sha256,
        state=standing.state.value,
        holder=standing.holder.value,
        held_since=_held_since(past),
        live=standing.state not in OVER,
        due_at=past.due_at,
        standing=to_values(standing),
        version=len(past.steps),
        recorded_at=tx.stamp,
    )
    rows = _moves(past, case_id, tx.stamp)
    if rows:
        tx.conn.execute(insert(MOVE), rows)
    return case_id


def _moves(past: Past, case_id: int, stamp: int) -> list[dict[str, Any]]:
    befores = [past.case, *(each.after for each in past.steps)]
    return [
        {
            "case_id": case_id,
            "move": step.moved.move.value,
            "side": step.moved.side.value,
            "person_id": step.moved.person,
            "behalf_id": step.moved.behalf,
            "words": step.moved.words,
            "given": dict(step.moved.given or {}),
            "before": before.state.value,
            "after": step.after.state.value,
            "at": step.at,
            "recorded_at": stamp,
        }
        for step, before in zip(past.steps, befores, strict=False)
    ]


def _held_since(past: Past) -> int:
    """When whoever holds it got it last."""
    since, holder = past.opened_at, past.case.holder
    for step in past.steps:
        if step.after.holder is not holder:
            since, holder = step.at, step.after.holder
    return since


def _serials(tx: Reading) -> Counter[tuple[int, int]]:
    """The last number of each office and year."""
    rows = tx.conn.execute(
        select(CASE.c.desk_id, CASE.c.year, func.max(CASE.c.serial)).group_by(
            CASE.c.desk_id, CASE.c.year
        )
    )
    return Counter({(row[0], row[1]): row[2] for row in rows})


def _earlier(tx: Reading) -> dict[int, list[int]]:
    """When each account's cases were opened."""
    found: dict[int, list[int]] = {}
    for account_id, at in tx.conn.execute(select(CASE.c.account_id, CASE.c.opened_at)):
        found.setdefault(account_id, []).append(at)
    return found


def current(tx: Reading, account_id: int) -> dict[str, int]:
    """The finding that stands of an account under each rule, by the rule's name."""
    rows = tx.conn.execute(
        select(FINDING.c.rule, FINDING.c.id)
        .where(FINDING.c.account_id == account_id, FINDING.c.superseded_at == OPEN)
        .order_by(FINDING.c.id.desc())
    )
    return {row.rule: row.id for row in rows}


def last_post(tx: Reading, account_id: int, before: int) -> dict[str, Any] | None:
    """The newest post known today of those surely published before a second."""
    row = (
        tx.conn.execute(
            select(POST.c.published_from, POST.c.published_until, POST_KEY.c.title, POST_KEY.c.url)
            .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
            .where(
                POST.c.account_id == account_id,
                POST.c.superseded_at == OPEN,
                POST.c.published_until < before,
            )
            .order_by(POST.c.published_until.desc(), POST.c.key_id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else dict(row)
