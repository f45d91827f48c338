"""Bulletins: drafted with their facts frozen, approved, issued under numbers without a gap."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import RowMapping, and_, func, insert, or_, select

from monitor.domain.bulletin import Sort
from monitor.domain.case import Move, Side
from monitor.domain.errors import Conflict
from monitor.domain.instants import shanghai_day
from monitor.record import sendings
from monitor.record.cases import CASE, MOVE
from monitor.record.rows import enter, next_serial
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

BULLETIN: Final = METADATA.tables["bulletin"]
NAMED: Final = METADATA.tables["bulletin_case"]
FROZEN: Final = METADATA.tables["frozen"]
KIND: Final = "bulletin"
NUMBERED: Final = (Sort.QUARTER, Sort.SCORES)
"""Bulletins of every kind bear numbers of one series."""
_CANON: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Kept:
    """A bulletin with its row; `number` is '' while it is a draft."""

    id: int
    version: int
    unit_id: int
    sort: Sort
    period: str
    sha256: str
    template: str
    entering: int
    dropped: int
    number: str = ""
    amends_id: int | None = None
    manuscript_id: int | None = None
    drafted_at: int = 0
    issued_at: int | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it is entered: `content` is frozen, `named` are the cases it names."""

    unit_id: int
    sort: Sort
    period: str
    content: Mapping[str, Any]
    template: str
    instants: tuple[int, int]
    named: tuple[int, ...] = ()
    dropped: int = 0
    by: int | None = None
    amends_id: int | None = None


def draft(tx: Writing, drafted: Drafted) -> int:
    """Enter a draft, its content under its hash; its id."""
    digest = _freeze(tx, drafted)
    bulletin_id = enter(
        tx,
        BULLETIN,
        unit_id=drafted.unit_id,
        sort=drafted.sort.value,
        period=drafted.period,
        sha256=digest,
        template=drafted.template,
        entering=len(drafted.named),
        dropped=drafted.dropped,
        number="",
        amends_id=drafted.amends_id,
        drafted_by=drafted.by,
        drafted_at=tx.second,
        version=0,
        recorded_at=tx.stamp,
    )
    rows = [{"bulletin_id": bulletin_id, "case_id": each} for each in drafted.named]
    if rows:
        tx.conn.execute(insert(NAMED), rows)
    return bulletin_id


def get(tx: Reading, bulletin_id: int) -> Kept | None:
    """One bulletin."""
    row = tx.conn.execute(select(BULLETIN).where(BULLETIN.c.id == bulletin_id)).mappings().first()
    return None if row is None else kept_of(row)


def content(tx: Reading, kept: Kept) -> dict[str, Any]:
    """What was frozen; Conflict where it is not what was frozen then."""
    frozen = select(FROZEN.c.content).where(FROZEN.c.sha256 == kept.sha256)
    raw = bytes(tx.conn.execute(frozen).scalar() or b"")
    if sha256(raw).hexdigest() != kept.sha256:
        raise Conflict("通报内容与封存时的校验值不符", kept.period, "请联系系统管理员核查")
    return dict(json.loads(raw))


def named(tx: Reading, bulletin_id: int) -> tuple[int, ...]:
    """The cases a bulletin names, by id."""
    rows = select(NAMED.c.case_id).where(NAMED.c.bulletin_id == bulletin_id)
    return tuple(tx.conn.execute(rows.order_by(NAMED.c.case_id)).scalars())


def last_issued(tx: Reading, unit_id: int, before: str) -> Kept | None:
    """The newest bulletin an office issued of an earlier period than `before`."""
    newest = select(BULLETIN).where(
        BULLETIN.c.unit_id == unit_id,
        BULLETIN.c.sort == Sort.QUARTER.value,
        BULLETIN.c.issued_at.is_not(None),
        BULLETIN.c.period < before,
    )
    ordered = newest.order_by(BULLETIN.c.period.desc(), BULLETIN.c.id.desc()).limit(1)
    row = tx.conn.execute(ordered).mappings().first()
    return None if row is None else kept_of(row)


def submitted(tx: Writing, kept: Kept, manuscript_id: int) -> bool:
    """Note the text that is approved; False where somebody else moved it meanwhile."""
    return sendings.swap(tx, BULLETIN, kept.id, kept.version, manuscript_id=manuscript_id)


def issue(tx: Writing, kept: Kept, by: int) -> str:
    """Give a draft the next number of its office, series and year; Conflict where it moved on."""
    year = shanghai_day(tx.second).year
    alike = {"unit_id": kept.unit_id, "year": year}
    series = NUMBERED if kept.sort in NUMBERED else (kept.sort,)
    serial = max(next_serial(tx, BULLETIN, **alike, sort=each.value) for each in series)
    correction = kept.sort is Sort.CORRECTION
    number = f"通报更正〔{year}〕{serial:03d}号" if correction else f"{year}年第{serial}期"
    columns = {"year": year, "serial": serial, "number": number}
    moved = {"issued_by": by, "issued_at": tx.second}
    if not sendings.swap(tx, BULLETIN, kept.id, kept.version, **columns, **moved):
        raise Conflict("这份通报刚被别人办理过", kept.period, "请刷新后再办")
    return number


def told(tx: Reading, case_ids: Iterable[int]) -> dict[int, int]:
    """When the unit of each case was told (seconds), by case: when the city passed it on, or, where
    none lies between, when it was put out; a unit that signed was told by then."""
    passed = or_(
        MOVE.c.move == Move.FORWARD.value,
        and_(MOVE.c.move == Move.ASSIGN.value, CASE.c.transit_id.is_(None)),
        and_(MOVE.c.move == Move.SIGN.value, MOVE.c.side == Side.UNIT.value),
    )
    rows = tx.conn.execute(
        select(MOVE.c.case_id, func.min(MOVE.c.at).label("at"))
        .join(CASE, CASE.c.id == MOVE.c.case_id)
        .where(MOVE.c.case_id.in_(list(case_ids)), passed)
        .group_by(MOVE.c.case_id)
    )
    return {row.case_id: row.at for row in rows}


def kept_of(row: RowMapping | Mapping[str, Any]) -> Kept:
    """A bulletin as its row tells it."""
    names = ("id", "version", "unit_id", "period", "sha256", "template", "entering", "dropped")
    more = ("number", "amends_id", "manuscript_id", "drafted_at", "issued_at")
    return Kept(sort=Sort(row["sort"]), **{name: row[name] for name in (*names, *more)})


def _freeze(tx: Writing, drafted: Drafted) -> str:
    raw = _CANON(dict(drafted.content)).encode()
    digest = sha256(raw).hexdigest()
    there = select(FROZEN.c.sha256).where(FROZEN.c.sha256 == digest)
    if tx.conn.execute(there).first() is None:
        as_of, known_at = drafted.instants
        row = {"sha256": digest, "kind": KIND, "as_of": as_of, "known_at": known_at}
        tx.conn.execute(insert(FROZEN).values(**row, recorded_at=tx.stamp, content=raw))
    return digest
