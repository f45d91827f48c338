"""Cases 整改单: opened under a number never reused, swapped by version, every move a row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import RowMapping, func, insert, select

from monitor.domain.case import OVER, Case, Move, Side
from monitor.domain.instants import DAY, OPEN, shanghai_day
from monitor.record import sendings
from monitor.record.case_values import from_values, to_values
from monitor.record.rows import enter, next_serial
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

CASE = METADATA.tables["case"]
MOVE = METADATA.tables["case_move"]
FILE = METADATA.tables["case_file"]
UNIT_REV = METADATA.tables["unit_rev"]
YEAR: Final = 365 * DAY
AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Whose case it is: the office that runs it, the city in between (None: none), the unit, and
    the account."""

    desk_id: int
    unit_id: int
    account_id: int
    transit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """How a case came to be: from which source, and the frozen evidence with its hash."""

    source: str
    facts: str
    sha256: str
    by: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A case with its row. `nth` counts the account's cases within a year, this one included."""

    id: int
    version: int
    year: int
    serial: int
    place: Place
    source: str
    opened_at: int
    nth: int
    facts: str
    sha256: str
    case: Case
    due_at: int | None = None

    @property
    def live(self) -> bool:
        """Whether anybody still has to see to it."""
        return self.case.state not in OVER

    @property
    def number(self) -> str:
        """`整改〔2026〕018号`: per office and year, never reused."""
        return f"整改〔{self.year}〕{self.serial:03d}号"


@dataclass(frozen=True, slots=True)
class Moved:
    """A move as it is written down; `given` are its plain values beside the words."""

    move: Move
    side: Side
    person: int | None
    behalf: int | None = None
    words: str = ""
    given: Mapping[str, Any] | None = None


def begin(tx: Writing, place: Place, opened: Opened, case: Case) -> Kept:
    """Enter a new case; ValueError where the account has a live one already."""
    if live_of(tx, [place.account_id]):
        raise ValueError("an account has one live case")
    year = shanghai_day(tx.second).year
    earlier = select(func.count()).where(
        CASE.c.account_id == place.account_id, CASE.c.opened_at > tx.second - YEAR
    )
    case_id = enter(
        tx,
        CASE,
        desk_id=place.desk_id,
        year=year,
        serial=next_serial(tx, CASE, desk_id=place.desk_id, year=year),
        account_id=place.account_id,
        unit_id=place.unit_id,
        transit_id=place.transit_id,
        source=opened.source,
        opened_at=tx.second,
        opened_by=opened.by,
        nth=int(tx.conn.execute(earlier).scalar_one()) + 1,
        facts=opened.facts,
        sha256=opened.sha256,
        held_since=tx.second,
        version=0,
        **_standing(tx, case, None),
    )
    kept = get(tx, case_id)
    if kept is None:
        raise LookupError(case_id)
    return kept


def get(tx: Reading, case_id: int) -> Kept | None:
    """One case as it stands."""
    row = tx.conn.execute(select(CASE).where(CASE.c.id == case_id)).mappings().first()
    return None if row is None else kept_of(row)


def live_of(tx: Reading, account_ids: Iterable[int]) -> dict[int, int]:
    """The live case of each of these accounts that has one, by account id."""
    rows = tx.conn.execute(
        select(CASE.c.account_id, CASE.c.id).where(
            CASE.c.live, CASE.c.account_id.in_(list(account_ids))
        )
    )
    return {row.account_id: row.id for row in rows}


def every_live(tx: Reading) -> Iterator[Kept]:
    """All live cases, by id, read some at a time."""
    after = 0
    while True:
        part = select(CASE).where(CASE.c.live, CASE.c.id > after).order_by(CASE.c.id)
        rows = tx.conn.execute(part.limit(AT_ONCE)).mappings().all()
        if not rows:
            return
        yield from map(kept_of, rows)
        after = rows[-1]["id"]


def last_of(tx: Reading, account_id: int) -> Kept | None:
    """The newest case of an account, live or over."""
    newest = select(CASE).where(CASE.c.account_id == account_id).order_by(CASE.c.id.desc()).limit(1)
    row = tx.conn.execute(newest).mappings().first()
    return None if row is None else kept_of(row)


def unit_paths(tx: Reading, unit_ids: Iterable[int | None], now: int) -> dict[int, str]:
    """Where units stand in the tree at a second, by id."""
    rows = tx.conn.execute(
        select(UNIT_REV.c.unit_id, UNIT_REV.c.path)
        .where(
            UNIT_REV.c.unit_id.in_([each for each in unit_ids if each is not None]),
            UNIT_REV.c.superseded_at == OPEN,
            UNIT_REV.c.valid_from <= now,
        )
        .order_by(UNIT_REV.c.valid_from)
    )
    return {row.unit_id: row.path for row in rows}


def put(tx: Writing, before: Kept, after: Case, due_at: int | None) -> bool:
    """Write a case down on top of the one that was read; False where that is not the newest."""
    columns = _standing(tx, after, due_at)
    if before.case.holder is not after.holder:
        columns["held_since"] = tx.second
    return sendings.swap(tx, CASE, before.id, before.version, **columns)


def note(tx: Writing, before: Kept, after: Case, moved: Moved) -> int:
    """Enter a move beside the state it led from and to. Its id."""
    return enter(
        tx,
        MOVE,
        case_id=before.id,
        move=moved.move.value,
        side=moved.side.value,
        person_id=moved.person,
        behalf_id=moved.behalf,
        words=moved.words,
        given=dict(moved.given or {}),
        before=before.case.state.value,
        after=after.state.value,
        at=tx.second,
        recorded_at=tx.stamp,
    )


def attach(tx: Writing, case_id: int, move_id: int, files: Iterable[Mapping[str, Any]]) -> None:
    """Files that came with a move: name, kind, size, sha256 of each."""
    rows = [
        {**each, "case_id": case_id, "move_id": move_id, "recorded_at": tx.stamp} for each in files
    ]
    if rows:
        tx.conn.execute(insert(FILE), rows)


def file_name(tx: Reading, case_id: int, digest: str) -> str:
    """What a file of a case is called; '' where the case has none of this hash."""
    named = select(FILE.c.name).where(FILE.c.case_id == case_id, FILE.c.sha256 == digest)
    return str(tx.conn.execute(named.limit(1)).scalar() or "")


def _standing(tx: Writing, case: Case, due_at: int | None) -> dict[str, Any]:
    return {
        "state": case.state.value,
        "holder": case.holder.value,
        "live": case.state not in OVER,
        "due_at": due_at,
        "standing": to_values(case),
        "recorded_at": tx.stamp,
    }


def kept_of(row: RowMapping | Mapping[str, Any]) -> Kept:
    """A case as its row tells it."""
    return Kept(
        id=row["id"],
        version=row["version"],
        year=row["year"],
        serial=row["serial"],
        place=Place(row["desk_id"], row["unit_id"], row["account_id"], row["transit_id"]),
        source=row["source"],
        opened_at=row["opened_at"],
        nth=row["nth"],
        facts=row["facts"],
        sha256=row["sha256"],
        case=from_values(row["standing"]),
        due_at=row["due_at"],
    )
