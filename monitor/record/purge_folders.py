"""Kinds that are files alone: what lies in a folder since when, and what of it a hold keeps."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import select

from monitor.record import jobs
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

HOLD: Final = METADATA.tables["data_hold"]
FOLDERS: Final[Mapping[str, str]] = {
    "export_file": "exports",
    "preview_file": "previews",
    "trial_file": "whatif",
    "upload_file": "uploads",
}
"""Where below the local folder they lie."""


def lying(tx: Reading, local_dir: Path, kind: str) -> dict[str, int]:
    """What lies in the folder of a kind by name, and since when; not what a job still waits for."""
    awaited = jobs.files_awaited(tx)
    entries = list((local_dir / FOLDERS[kind]).glob("*"))
    return {each.name: int(each.stat().st_mtime) for each in entries if each.name not in awaited}


def unheld(tx: Reading, kind: str, files: Mapping[str, int]) -> dict[str, int]:
    """Those of the files that no hold of the whole house keeps; units cannot be told of files."""
    rows = tx.conn.execute(
        select(HOLD.c.since, HOLD.c.until).where(
            HOLD.c.lifted_at.is_(None),
            HOLD.c.kind.in_(["", kind]),
            HOLD.c.unit_id.is_(None),
            HOLD.c.account_id.is_(None),
            HOLD.c.case_id.is_(None),
        )
    ).all()

    def kept(at: int) -> bool:
        return any(
            (since is None or at >= since) and (until is None or at < until)
            for since, until in rows
        )

    return {name: at for name, at in files.items() if not kept(at)}
