"""Manuscripts 文稿: every version is kept, so that what was signed can always be shown."""

from sqlalchemy import RowMapping, insert, select

from monitor.domain.manuscript import Manuscript, Text
from monitor.record import sendings
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

MICRO = 1_000_000
MANUSCRIPT = METADATA.tables["manuscript"]
TEXT = METADATA.tables["manuscript_text"]


def add(tx: Writing, unit_id: int, drafter_id: int, text: Text) -> int:
    """Enter a new text; its id. Its version is 1."""
    manuscript_id = enter(
        tx,
        MANUSCRIPT,
        unit_id=unit_id,
        drafter_id=drafter_id,
        created_at=tx.second,
        version=1,
    )
    _write(tx, manuscript_id, 1, drafter_id, text)
    return manuscript_id


def change(tx: Writing, manuscript: Manuscript, by: int, text: Text) -> bool:
    """Another version on top of the one that was read; False where that is not the newest."""
    if not sendings.swap(tx, MANUSCRIPT, manuscript.id, manuscript.version):
        return False
    _write(tx, manuscript.id, manuscript.version + 1, by, text)
    return True


def get(tx: Reading, manuscript_id: int) -> Manuscript | None:
    """A text as it is now."""
    row = (
        tx.conn.execute(
            select(MANUSCRIPT, *_WORDS)
            .join(TEXT, TEXT.c.manuscript_id == MANUSCRIPT.c.id)
            .where(MANUSCRIPT.c.id == manuscript_id, TEXT.c.version == MANUSCRIPT.c.version)
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    return Manuscript(row["id"], row["unit_id"], row["drafter_id"], row["version"], _text(row))


def versions(tx: Reading, manuscript_id: int) -> list[tuple[int, int, int, Text]]:
    """Every version, the oldest first: number, by whom (an id), at which second, text."""
    rows = tx.conn.execute(
        select(TEXT.c.version, TEXT.c.by, TEXT.c.recorded_at, *_WORDS)
        .where(TEXT.c.manuscript_id == manuscript_id)
        .order_by(TEXT.c.version)
    ).mappings()
    return [(row["version"], row["by"], row["recorded_at"] // MICRO, _text(row)) for row in rows]


def _write(tx: Writing, manuscript_id: int, version: int, by: int, text: Text) -> None:
    tx.conn.execute(
        insert(TEXT).values(
            manuscript_id=manuscript_id,
            version=version,
            kind=text.kind,
            title=text.title,
            body=text.body,
            platforms=list(text.platforms),
            planned_at=text.planned,
            sha256=text.sha256,
            by=by,
            recorded_at=tx.stamp,
        )
    )


_WORDS = (TEXT.c.kind, TEXT.c.title, TEXT.c.body, TEXT.c.platforms, TEXT.c.planned_at)


def _text(row: RowMapping) -> Text:
    return Text(row["kind"], row["title"], row["body"], tuple(row["platforms"]), row["planned_at"])
