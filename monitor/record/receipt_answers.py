"""Answers by receipt links: the standing one of each unit's task; every earlier one is kept."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, insert, select, update

from monitor.domain.instants import OPEN
from monitor.domain.receipt import Answer, KeptAnswer, ReceiptLink
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

ANSWER = METADATA.tables["receipt_answer"]


def standing(tx: Reading, kind: str, task_id: int, unit_id: int) -> KeptAnswer | None:
    """What a unit answered last; None where it has not yet."""
    found = of_tasks(tx, kind, [task_id])
    return next((each for each in found if each.unit_id == unit_id), None)


def of_tasks(tx: Reading, kind: str, task_ids: Sequence[int]) -> list[KeptAnswer]:
    """The standing answers to some tasks of a kind."""
    rows = tx.conn.execute(
        select(ANSWER).where(
            ANSWER.c.kind == kind,
            ANSWER.c.task_id.in_(task_ids),
            ANSWER.c.superseded_at == OPEN,
        )
    ).mappings()
    return [_kept(row) for row in rows]


def put(tx: Writing, link: ReceiptLink, answer: Answer, before: KeptAnswer | None) -> KeptAnswer:
    """Another version on top of `before`; the first 签收 keeps its second."""
    same = (
        ANSWER.c.kind == link.kind,
        ANSWER.c.task_id == link.task_id,
        ANSWER.c.unit_id == link.unit_id,
    )
    kept = KeptAnswer(
        task_id=link.task_id,
        unit_id=link.unit_id,
        version=before.version + 1 if before else 1,
        answer=answer,
        signed_at=before.signed_at if before else tx.second,
        at=tx.second,
    )
    open_ones = update(ANSWER).where(*same, ANSWER.c.superseded_at == OPEN)
    tx.conn.execute(open_ones.values(superseded_at=tx.stamp))
    tx.conn.execute(
        insert(ANSWER).values(
            kind=link.kind,
            task_id=link.task_id,
            unit_id=link.unit_id,
            link_id=link.id,
            version=kept.version,
            url=answer.url,
            note=answer.note,
            signed_at=kept.signed_at,
            recorded_at=tx.stamp,
            superseded_at=OPEN,
        )
    )
    return kept


def _kept(row: RowMapping) -> KeptAnswer:
    return KeptAnswer(
        task_id=row["task_id"],
        unit_id=row["unit_id"],
        version=row["version"],
        answer=Answer(row["url"], row["note"]),
        signed_at=row["signed_at"],
        at=row["recorded_at"] // 1_000_000,
    )
