"""Kinds that are files alone: what lies in a folder since when, and what of it a hold keeps."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import String, cast, or_, select

from monitor.record import jobs
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

HOLD: Final = METADATA.tables["data_hold"]
CAMPAIGN: Final = METADATA.tables["campaign"]
TEXT: Final = METADATA.tables["manuscript_text"]
DRAFT: Final = METADATA.tables["form_draft"]
RELEASED: Final = "campaign_files"
FOLDERS: Final[Mapping[str, str]] = {
    "export_file": "exports",
    "preview_file": "previews",
    "trial_file": "whatif",
    "upload_file": "uploads",
    "campaign_upload": RELEASED,
}
"""Where below the local folder they lie."""
NAMING: Final = ((CAMPAIGN, "content"), (TEXT, "body"), (DRAFT, "words"))
"""What may name a file of a release by its hash: as it stands, as it was at any version, and as
somebody typed it and did not send."""
HASH: Final = re.compile(r"[0-9a-f]{64}")


def lying(tx: Reading, local_dir: Path, kind: str) -> dict[str, int]:
    """What lies in the folder of a kind by name, and since when; not what a job still waits for."""
    folder = local_dir / FOLDERS[kind]
    if FOLDERS[kind] == RELEASED:
        found = {each.name.partition(".")[0]: each for each in folder.glob("*/*")}
        spared = frozenset(_named(tx))
    else:
        found = {each.name: each for each in folder.glob("*")}
        spared = jobs.files_awaited(tx)
    return {name: int(each.stat().st_mtime) for name, each in found.items() if name not in spared}


def _named(tx: Reading) -> set[str]:
    """The hashes of all files that some release names."""
    found: set[str] = set()
    for table, column in NAMING:
        text = cast(table.c[column], String)
        marked = select(text).where(or_(text.contains("sha256"), text.contains("校验码")))
        if table is DRAFT:
            marked = select(text)
        for said in tx.conn.execute(marked.execution_options(yield_per=200)).scalars():
            found.update(HASH.findall(said))
    return found


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
