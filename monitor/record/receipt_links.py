"""Tasks of 填报 and receipt links: who was asked, and by which links one may answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from monitor.domain.receipt import ReceiptLink
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

REPORT_TASK = METADATA.tables["report_task"]
RECEIPT_LINK = METADATA.tables["receipt_link"]


@dataclass(frozen=True, slots=True)
class ReportTask:
    """A unit asked for a week's lines, due at a second."""

    id: int
    week: str
    unit_id: int
    due: int


def ask(tx: Writing, week: str, due: Mapping[int, int], by: int | None) -> dict[int, ReportTask]:
    """The tasks of these units (`due` by unit id), entered where new; a known one keeps its due."""
    known = tasks(tx, week)
    fresh = [
        {"week": week, "unit_id": unit, "due": due[unit], "opened_by": by, "recorded_at": tx.stamp}
        for unit in due
        if unit not in known
    ]
    if fresh:
        tx.conn.execute(insert(REPORT_TASK), fresh)
    after = tasks(tx, week)
    return {unit: after[unit] for unit in due}


def tasks(tx: Reading, week: str) -> dict[int, ReportTask]:
    """A week's tasks by unit id."""
    rows = tx.conn.execute(select(REPORT_TASK).where(REPORT_TASK.c.week == week)).mappings()
    return {
        row["unit_id"]: ReportTask(row["id"], row["week"], row["unit_id"], row["due"])
        for row in rows
    }


def task(tx: Reading, task_id: int) -> ReportTask | None:
    """One task."""
    row = tx.conn.execute(select(REPORT_TASK).where(REPORT_TASK.c.id == task_id)).mappings().first()
    return None if row is None else ReportTask(row["id"], row["week"], row["unit_id"], row["due"])


def add(
    tx: Writing, link: tuple[str, int, int], digest: str, expires_at: int, by: int | None
) -> int:
    """Enter a link, (kind, task id, unit id), under the hash of its token. Its id."""
    kind, task_id, unit_id = link
    return enter(
        tx,
        RECEIPT_LINK,
        kind=kind,
        task_id=task_id,
        unit_id=unit_id,
        token_sha256=digest,
        created_at=tx.second,
        created_by=by,
        expires_at=expires_at,
    )


def find(tx: Reading, digest: str) -> ReceiptLink | None:
    """The link whose token has this hash, whatever it is worth by now."""
    row = (
        tx.conn.execute(select(RECEIPT_LINK).where(RECEIPT_LINK.c.token_sha256 == digest))
        .mappings()
        .first()
    )
    names = ReceiptLink.__dataclass_fields__
    return None if row is None else ReceiptLink(**{name: row[name] for name in names})


def live(tx: Reading, kind: str, task_ids: list[int], now: int) -> set[int]:
    """Those of the tasks that some link still opens."""
    rows = tx.conn.execute(
        select(RECEIPT_LINK.c.task_id).where(
            RECEIPT_LINK.c.kind == kind,
            RECEIPT_LINK.c.task_id.in_(task_ids),
            RECEIPT_LINK.c.revoked_at.is_(None),
            RECEIPT_LINK.c.expires_at > now,
        )
    )
    return set(rows.scalars())


def revoke(tx: Writing, kind: str, task_id: int) -> int:
    """End all links of a task; how many were still open. Ended ones keep their first end."""
    done = tx.conn.execute(
        update(RECEIPT_LINK)
        .where(
            RECEIPT_LINK.c.kind == kind,
            RECEIPT_LINK.c.task_id == task_id,
            RECEIPT_LINK.c.revoked_at.is_(None),
        )
        .values(revoked_at=tx.second)
    )
    return done.rowcount


def all_live(tx: Reading, now: int) -> list[ReceiptLink]:
    """Every link of any kind that still opens its form, the next to expire first."""
    rows = tx.conn.execute(
        select(RECEIPT_LINK)
        .where(RECEIPT_LINK.c.revoked_at.is_(None), RECEIPT_LINK.c.expires_at > now)
        .order_by(RECEIPT_LINK.c.expires_at, RECEIPT_LINK.c.id)
    ).mappings()
    names = ReceiptLink.__dataclass_fields__
    return [ReceiptLink(**{name: row[name] for name in names}) for row in rows]


def end(tx: Writing, link_id: int) -> None:
    """End one link."""
    one = update(RECEIPT_LINK).where(RECEIPT_LINK.c.id == link_id)
    tx.conn.execute(one.values(revoked_at=tx.second))
