"""Messages of campaigns after they were laid out: withdrawn, settled, handed on by hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from monitor.domain.notice import What
from monitor.record import outbox, volunteers
from monitor.record.campaign_tasks import KeptTask
from monitor.record.notices import LETTER, NOTICE, PASTED
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing


def withdraw(tx: Writing, campaign_ids: Collection[int]) -> int:
    """Messages of campaigns that did not leave yet leave no more; how many."""
    rows = select(LETTER.c.outbox_id).where(
        LETTER.c.campaign_id.in_(sorted(campaign_ids)), LETTER.c.outbox_id.is_not(None)
    )
    return outbox.withdraw(tx, set(tx.conn.execute(rows).scalars()))


def withdraw_invitation(tx: Writing, now: int, campaign_id: int) -> None:
    """Messages of a campaign that do nothing but invite leave no more, and are not handed on, where
    no unit they speak of has an open invitation left."""
    asked = volunteers.open_in(tx, now, [campaign_id]).get(campaign_id, set())
    rows = tx.conn.execute(
        select(LETTER.c.id, LETTER.c.outbox_id, LETTER.c.paths).where(
            LETTER.c.campaign_id == campaign_id,
            LETTER.c.what == What.INVITED.value,
            LETTER.c.tasks == 0,
        )
    ).all()
    over = [row for row in rows if not asked.intersection(row.paths)]
    outbox.withdraw(tx, {row.outbox_id for row in over if row.outbox_id is not None})
    pasted = LETTER.c.id.in_([row.id for row in over if row.outbox_id is None])
    tx.conn.execute(update(LETTER).where(pasted).values(text=""))


def unheard(tx: Reading, campaign_ids: Collection[int]) -> dict[int, set[str]]:
    """By campaign, the units' paths that messages speak of which did not leave yet."""
    box = outbox.OUTBOX
    rows = tx.conn.execute(
        select(LETTER.c.campaign_id, LETTER.c.paths)
        .join(box, box.c.id == LETTER.c.outbox_id)
        .where(
            LETTER.c.campaign_id.in_(sorted(campaign_ids)),
            box.c.state.in_([outbox.WAITING, outbox.RETRY]),
        )
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row.campaign_id, set()).update(row.paths)
    return found


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was laid out: of which campaign, what it said, and its letter."""

    campaign_id: int
    what: What
    outbox_id: int


def message(tx: Reading, message_id: int) -> Sent | None:
    """One message by the outbox; None where there is none, or it is a text to hand on."""
    row = tx.conn.execute(select(LETTER).where(LETTER.c.id == message_id)).mappings().first()
    if row is None or row["outbox_id"] is None:
        return None
    return Sent(row["campaign_id"], What(row["what"]), row["outbox_id"])


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text to hand on by hand: of which campaign, of which units' paths; whether it was."""

    campaign_id: int
    paths: tuple[str, ...]
    handed: bool


def pasted(tx: Reading, message_id: int) -> Pasted | None:
    """One text to hand on; None where there is none, or it was withdrawn."""
    row = tx.conn.execute(select(LETTER).where(LETTER.c.id == message_id)).mappings().first()
    if row is None or row["outbox_id"] is not None or not row["text"]:
        return None
    return Pasted(row["campaign_id"], tuple(row["paths"]), row["handed_at"] is not None)


def hand(tx: Writing, message_id: int, by: int) -> bool:
    """Somebody handed a text on, now; False where that was written down before."""
    fresh = (LETTER.c.id == message_id, LETTER.c.handed_at.is_(None))
    now = update(LETTER).where(*fresh).values(handed_at=tx.second, handed_by=by)
    return tx.conn.execute(now).rowcount == 1


def urge(tx: Writing, tasks: Sequence[KeptTask], paths: Collection[str], by: int) -> int:
    """Somebody handed a reminder of a campaign's tasks on by hand, to units at these paths; the
    id of its message. What was late by then is a reminder that burdens its unit."""
    step = f"{What.REMIND}·转告·{tx.stamp}"
    rows = [
        {"task_id": each.id, "step": step, "told_to": [], "urged": each.task.due <= tx.second}
        | {"recorded_at": tx.stamp}
        for each in tasks
    ]
    tx.conn.execute(insert(NOTICE), rows)
    return enter(
        tx,
        LETTER,
        campaign_id=tasks[0].campaign_id,
        what=What.REMIND.value,
        channel=PASTED,
        paths=sorted(paths),
        tasks=len(tasks),
        text="",
        told_at=tx.second,
        handed_at=tx.second,
        handed_by=by,
        recorded_at=tx.stamp,
    )
