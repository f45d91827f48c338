"""政策解读清单: a quarter's list, written anew until it is final, and its interpretations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, true

from monitor.domain.interpreting import Document, State
from monitor.record import sendings
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

LIST: Final = METADATA.tables["interpretation_list"]
DOCUMENT: Final = METADATA.tables["interpretation_document"]
LINK: Final = METADATA.tables["interpretation_link"]
UNIT: Final = METADATA.tables["unit"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A list with its row: whose, of which quarter (`2026Q4`), who wrote it."""

    id: int
    version: int
    desk_id: int
    quarter: str
    drafted_by: int
    changed_by: int
    final_by: int | None = None

    @property
    def state(self) -> State:
        """拟定中 until a second person made it final."""
        return State.DRAFT if self.final_by is None else State.FINAL


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document with its row, and the campaign that interprets it (None: none yet); `stands` once
    the drafting unit or the department says so."""

    id: int
    list_id: int
    unit_id: int
    document: Document
    campaign_id: int | None = None
    stands: bool = True


def of_quarter(tx: Reading, desk_id: int, quarter: str) -> Kept | None:
    """The list of an office and quarter; None where there is none."""
    return _one(tx, (LIST.c.desk_id == desk_id) & (LIST.c.quarter == quarter))


def get(tx: Reading, list_id: int) -> Kept | None:
    """One list."""
    return _one(tx, LIST.c.id == list_id)


def every(tx: Reading, quarter: str) -> list[Kept]:
    """The lists of all offices for a quarter."""
    rows = tx.conn.execute(select(LIST).where(LIST.c.quarter == quarter).order_by(LIST.c.id))
    return [_kept(row) for row in rows.mappings()]


def begin(tx: Writing, desk_id: int, quarter: str, by: int) -> int:
    """An empty list; its id. Its version is 1."""
    row = {"desk_id": desk_id, "quarter": quarter, "drafted_by": by, "changed_by": by}
    return enter(tx, LIST, **row, version=1, recorded_at=tx.stamp)


def write(tx: Writing, kept: Kept, documents: Sequence[tuple[Document, int]], by: int) -> bool:
    """Other documents, each with its unit's id, on top of the version that was read; False where
    that is not the newest."""
    if not sendings.swap(tx, LIST, kept.id, kept.version, changed_by=by, recorded_at=tx.stamp):
        return False
    tx.conn.execute(delete(DOCUMENT).where(DOCUMENT.c.list_id == kept.id))
    rows = [
        {
            "list_id": kept.id,
            "place": place,
            "number": each.number,
            "title": each.title,
            "issued_at": each.issued,
            "unit_id": unit_id,
        }
        for place, (each, unit_id) in enumerate(documents)
    ]
    if rows:
        tx.conn.execute(insert(DOCUMENT), rows)
    return True


def finalise(tx: Writing, kept: Kept, by: int) -> bool:
    """Make it final; False where it was changed meanwhile."""
    now = {"final_by": by, "final_at": tx.stamp, "recorded_at": tx.stamp}
    return sendings.swap(tx, LIST, kept.id, kept.version, **now)


def link(tx: Writing, document_id: int, campaign_id: int, by: int, *, stands: bool) -> int:
    """A campaign interprets a document from now on; the id of the row that says so."""
    told = {"document_id": document_id, "campaign_id": campaign_id, "by": by, "stands": stands}
    return enter(tx, LINK, **told, recorded_at=tx.stamp)


def documents(tx: Reading, list_id: int) -> list[KeptDocument]:
    """The documents of a list in its order."""
    return _documents(tx, DOCUMENT.c.list_id == list_id)


def every_document(tx: Reading) -> list[KeptDocument]:
    """The documents of all lists: a few for each office and quarter."""
    return _documents(tx, true())


def document(tx: Reading, document_id: int) -> KeptDocument | None:
    """One document."""
    return next(iter(_documents(tx, DOCUMENT.c.id == document_id)), None)


def _documents(tx: Reading, condition: Any) -> list[KeptDocument]:
    later = LINK.alias("later")
    newest = select(func.max(later.c.id)).where(later.c.document_id == DOCUMENT.c.id)
    rows = tx.conn.execute(
        select(DOCUMENT, UNIT.c.code, LINK.c.campaign_id, LINK.c.stands)
        .join(UNIT, UNIT.c.id == DOCUMENT.c.unit_id)
        .outerjoin(LINK, LINK.c.id == newest.correlate(DOCUMENT).scalar_subquery())
        .where(condition)
        .order_by(DOCUMENT.c.list_id, DOCUMENT.c.place)
    )
    return [_document(row) for row in rows.mappings()]


def _document(row: Mapping[Any, Any]) -> KeptDocument:
    told = Document(row["number"], row["title"], row["issued_at"], row["code"])
    tied = (row["campaign_id"], row["stands"] is not False)
    return KeptDocument(row["id"], row["list_id"], row["unit_id"], told, *tied)


def _one(tx: Reading, condition: Any) -> Kept | None:
    row = tx.conn.execute(select(LIST).where(condition)).mappings().first()
    return None if row is None else _kept(row)


def _kept(row: Mapping[Any, Any]) -> Kept:
    names = ("id", "version", "desk_id", "quarter", "drafted_by", "changed_by", "final_by")
    return Kept(*(row[name] for name in names))
