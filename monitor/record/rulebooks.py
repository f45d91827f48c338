"""Rulebooks as they were read: a version is kept once, and its text never changes."""

from hashlib import sha256

from sqlalchemy import select

from monitor.domain.errors import Conflict
from monitor.domain.rulebook import Rulebook
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

RULEBOOK = METADATA.tables["rulebook"]


def ensure(tx: Writing, rulebook: Rulebook, document: str) -> int:
    """The row of this version; Conflict where the same version was kept with another text."""
    digest = sha256(document.encode()).hexdigest()
    same = select(RULEBOOK.c.id, RULEBOOK.c.sha256).where(
        RULEBOOK.c.name == rulebook.name, RULEBOOK.c.version == rulebook.version
    )
    row = tx.conn.execute(same).first()
    if row is None:
        return enter(
            tx,
            RULEBOOK,
            name=rulebook.name,
            version=rulebook.version,
            sha256=digest,
            document=document,
            recorded_at=tx.stamp,
        )
    if row.sha256 != digest:
        raise Conflict(
            f"认定标准“{rulebook.name}”第{rulebook.version}版的内容与已入库的不同",
            rulebook.title,
            "已用过的版本不能改动,请把 version 加一后再用",
        )
    return int(row.id)


def documents(tx: Reading) -> list[str]:
    """The texts of the newest version of each rulebook anything was judged by."""
    rows = tx.conn.execute(
        select(RULEBOOK.c.name, RULEBOOK.c.document).order_by(RULEBOOK.c.name, RULEBOOK.c.version)
    )
    return list({row.name: row.document for row in rows}.values())


def newest(tx: Reading, name: str) -> str | None:
    """The text of the newest version kept of a name; None where none is."""
    query = select(RULEBOOK.c.document).where(RULEBOOK.c.name == name)
    found: str | None = tx.conn.execute(query.order_by(RULEBOOK.c.version.desc())).scalar()
    return found


def document(tx: Reading, rulebook_id: int) -> str:
    """The text of the version in one row; LookupError where there is no such row."""
    query = select(RULEBOOK.c.document).where(RULEBOOK.c.id == rulebook_id)
    found: str | None = tx.conn.execute(query).scalar()
    if found is None:
        raise LookupError(rulebook_id)
    return found


def find_version(tx: Reading, name: str, version: int) -> int | None:
    """The row of a version; None where it is not kept."""
    query = select(RULEBOOK.c.id).where(RULEBOOK.c.name == name, RULEBOOK.c.version == version)
    found: int | None = tx.conn.execute(query).scalar()
    return found


def find(tx: Reading, rulebook: Rulebook) -> int | None:
    """The row of this version; None where nothing was ever judged by it."""
    return find_version(tx, rulebook.name, rulebook.version)
