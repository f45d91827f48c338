"""Files the purge owes: named with their receipt, removed after it, forgotten once they are gone.

A kill between leaves the name here: the next purge removes the file and writes no second receipt.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import String, cast, delete, insert, or_, select

from monitor.record import photos
from monitor.record.purge_targets import Target
from monitor.record.store import Reading, Store, Writing
from monitor.record.tables.base import METADATA

FILE: Final = METADATA.tables["purge_file"]
APPROVAL: Final = METADATA.tables["approval"]
AT_ONCE: Final = 500


def owe(tx: Writing, place: str, names: Sequence[str], receipt_id: int) -> None:
    """Name files of one folder that are to go."""
    fresh = sorted(set(names) - owed(tx, place))
    if fresh:
        rows = [{"place": place, "name": each, "receipt_id": receipt_id} for each in fresh]
        tx.conn.execute(insert(FILE), rows)


def owed(tx: Reading, place: str) -> set[str]:
    """The files of a folder whose receipt is written and which are not gone yet."""
    return set(tx.conn.execute(select(FILE.c.name).where(FILE.c.place == place)).scalars())


def unshared(tx: Reading, target: Target, names: Sequence[str]) -> list[str]:
    """Those of the files that no other row names: the same paper may have been handed in twice."""
    if not names or target.only_file:
        return list(names)
    column = METADATA.tables[target.table].c[target.file]
    still = set(tx.conn.execute(select(column).where(column.in_(names))).scalars())
    paper = cast(APPROVAL.c.paper, String)
    signed = tx.conn.execute(
        select(paper).where(or_(*(paper.contains(each, autoescape=True) for each in names)))
    ).scalars()
    texts = "".join(signed)
    return [each for each in names if each not in still and each not in texts]


def sweep(store: Store, local_dir: Path) -> int:
    """Remove what is owed; how many names were settled."""
    done = 0
    while True:
        with store.reading() as tx:
            rows = tx.conn.execute(select(FILE.c.place, FILE.c.name).limit(AT_ONCE)).all()
        if not rows:
            return done
        for row in rows:
            _remove(local_dir / row.place, row.name)
        with store.writing() as tx:
            for row in rows:
                gone = delete(FILE).where(FILE.c.place == row.place, FILE.c.name == row.name)
                tx.conn.execute(gone)
        done += len(rows)


def present(local_dir: Path, place: str, name: str) -> bool:
    """Whether a file kept under its hash is there."""
    return photos.find(local_dir / place, name) is not None


def _remove(folder: Path, name: str) -> None:
    """A file under its hash, a file by its name, or a folder with all that is in it."""
    path = photos.find(folder, name) or folder / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
