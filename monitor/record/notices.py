"""Notices 告知: which tasks somebody is told of, and every message as a row beside its letter."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, insert, select

from monitor.domain.campaign import DONE, State, TaskState
from monitor.domain.campaign_rules import Audience
from monitor.domain.notice import Asked, Matter, Post, What
from monitor.domain.scope import EVERYTHING
from monitor.record import invitations, outbox
from monitor.record.campaign_stops import Stop, covering
from monitor.record.campaign_tasks import TASK
from monitor.record.campaigns import CAMPAIGN, kept_of
from monitor.record.notice_readers import Readers, mailboxes
from monitor.record.outbox import Laid
from monitor.record.screens.scoping import below, present, visible
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

NOTICE: Final = METADATA.tables["campaign_notice"]
LETTER: Final = METADATA.tables["campaign_letter"]
UNIT_REV: Final = METADATA.tables["unit_rev"]
MAIL: Final = "email"
PASTED: Final = ""
"""The channel of a text that somebody hands on by hand."""
FINISHED: Final = (*(each.value for each in DONE),)


@dataclass(frozen=True, slots=True)
class Written:
    """What one person is told: the letters that leave, in order, and the text of each that may be
    pasted instead."""

    bodies: tuple[bytes, ...] = field(repr=False)
    texts: tuple[str, ...]


def of_campaign(tx: Reading, now: int, campaign_id: int) -> tuple[Matter, ...]:
    """The tasks of one campaign that are not done with."""
    return _matters(tx, now, TASK.c.campaign_id == campaign_id, TASK.c.state.not_in(FINISHED))


def of_tasks(tx: Reading, now: int, task_ids: Collection[int]) -> tuple[Matter, ...]:
    """These tasks, however they stand."""
    return _matters(tx, now, TASK.c.id.in_(sorted(task_ids)))


def under_way(tx: Reading, now: int) -> tuple[Matter, ...]:
    """The tasks of all campaigns under way that are not done with and not stopped."""
    return _matters(tx, now, *_open(), stopped=False)


def of_stop(tx: Reading, now: int, stop: Stop) -> tuple[Matter, ...]:
    """The tasks under way that a stop covers: of one campaign or all, below its unit's path."""
    wanted = list(_open())
    if stop.campaign_id is not None:
        wanted.append(TASK.c.campaign_id == stop.campaign_id)
    return _matters(tx, now, *wanted, within=(stop.path, stop.platform))


def _open() -> tuple[ColumnElement[bool], ...]:
    return CAMPAIGN.c.state == State.UNDER_WAY.value, TASK.c.state.not_in(FINISHED)


def _matters(
    tx: Reading,
    now: int,
    *conditions: ColumnElement[bool],
    stopped: bool = True,
    within: tuple[str, str] = ("/", ""),
) -> tuple[Matter, ...]:
    seen = visible(tx, EVERYTHING, now)
    wanted = [*conditions]
    if within[0] != "/":
        wanted.append(below(tx, seen.c.path, within[0]))
    if within[1]:
        wanted.append(seen.c.platform == within[1])
    if not stopped:
        wanted.append(~covering(TASK.c.campaign_id, seen.c.path, seen.c.platform))
    names = ("name", "platform", "unit_name", "path", "region_name")
    rows = tx.conn.execute(
        select(TASK, *(seen.c[each] for each in names))
        .select_from(TASK)
        .join(CAMPAIGN, CAMPAIGN.c.id == TASK.c.campaign_id)
        .join(seen, seen.c.account_id == TASK.c.account_id)
        .where(*wanted)
        .order_by(TASK.c.id)
    ).mappings()
    found = [dict(row) for row in rows]
    asked = asked_of(tx, now, {row["campaign_id"] for row in found})
    return tuple(_matter(row, asked[row["campaign_id"]]) for row in found)


def asked_of(tx: Reading, now: int, ids: Collection[int]) -> dict[int, Asked]:
    """Campaigns as a message needs them, by id."""
    rows = tx.conn.execute(
        select(CAMPAIGN, UNIT_REV.c.path, UNIT_REV.c.name)
        .select_from(CAMPAIGN)
        .join(
            UNIT_REV,
            and_(UNIT_REV.c.unit_id == CAMPAIGN.c.desk_id, present(UNIT_REV, "unit_id", now)),
        )
        .where(CAMPAIGN.c.id.in_(sorted(ids)))
    ).mappings()
    found = {}
    for row in rows:
        kept = kept_of(row)
        found[kept.id] = Asked(
            kept.id, kept.number, kept.content, row["path"], row["name"], kept.issued_at or 0
        )
    return found


def _matter(row: Mapping[str, Any], asked: Asked) -> Matter:
    return Matter(
        task_id=row["id"],
        asked=asked,
        account=row["name"],
        platform=row["platform"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        path=row["path"],
        region_name=row["region_name"],
        state=TaskState(row["state"]),
        opens=row["opens_at"],
        due=row["due_at"],
    )


def untold(tx: Reading, matters: Iterable[Matter]) -> tuple[Matter, ...]:
    """Those of which nobody was told yet under their step."""
    wanted = list(matters)
    steps = sorted({each.step for each in wanted})
    campaigns = sorted({each.asked.campaign_id for each in wanted})
    rows = tx.conn.execute(
        select(NOTICE.c.task_id, NOTICE.c.step)
        .join(TASK, TASK.c.id == NOTICE.c.task_id)
        .where(NOTICE.c.step.in_(steps), TASK.c.campaign_id.in_(campaigns))
    )
    told = {(row.task_id, row.step) for row in rows}
    return tuple(each for each in wanted if (each.task_id, each.step) not in told)


def lay_out(
    tx: Writing,
    posts: Sequence[Post],
    readers: Readers,
    write: Callable[[Post], Written],
    go_at: int,
) -> int:
    """Write down who is told of which task, and lay out one message a person; how many people and
    groups. Who has no mailbox gets a row with the text to hand on, a robot one letter for each part
    of what it says. Letters leave from the second `go_at`."""
    _note(tx, posts)
    mails = mailboxes(tx, readers.vault, posts)
    for post in posts:
        written = write(post)
        to = _recipient(post, mails)
        for number, text in enumerate(written.texts):
            letter = None
            if to is not None:
                key = f"campaign/{tx.stamp}/{_key(post)}/{number}"
                laid = Laid(to[0], key, to[1], written.bodies[number], once=post.robot is not None)
                letter = outbox.lay(tx, laid, go_at)
            _enter(tx, post, letter, text)
    return len(posts)


def _recipient(post: Post, mails: Mapping[int, str]) -> tuple[str, str] | None:
    """By which channel and to whom; None where it is handed on by hand."""
    if post.robot is not None:
        return post.robot.channel, post.robot.recipient
    mail = mails.get(post.person.id, "") if post.person is not None else ""
    return (MAIL, mail) if mail else None


def _key(post: Post) -> str:
    """One post of a transaction; a transaction may tell one person several things."""
    first = post.matters[0]
    who = post.robot.recipient if post.robot is not None else str(post.person and post.person.id)
    return f"{first.task_id}/{first.step}/{who}"


def _note(tx: Writing, posts: Sequence[Post]) -> None:
    heard: dict[tuple[int, str], list[int]] = {}
    invited: dict[int, list[int]] = {}
    urged: set[tuple[int, str]] = set()
    for post in posts:
        who = [] if post.person is None else [post.person.id]
        for each in post.matters:
            if not each.voluntary:
                heard.setdefault((each.task_id, each.step), []).extend(who)
            elif each.what is What.INVITED:
                invited.setdefault(each.task_id, []).extend(who)
            if _urges(post, each, tx.second):
                urged.add((each.task_id, each.step))
    invitations.told(tx, invited)
    rows = [
        {"task_id": key[0], "step": key[1], "told_to": sorted(who), "urged": key in urged}
        | {"recorded_at": tx.stamp}
        for key, who in heard.items()
    ]
    if rows:
        tx.conn.execute(insert(NOTICE), rows)


def _urges(post: Post, matter: Matter, now: int) -> bool:
    """Whether it reminds the unit itself of what is late: that is a burden, and counted."""
    late = matter.what is What.REMIND and matter.due <= now
    return late and post.robot is None and post.hears is Audience.UNIT


def _enter(tx: Writing, post: Post, letter: int | None, text: str) -> None:
    by: dict[int, list[Matter]] = {}
    for each in post.matters:
        by.setdefault(each.asked.campaign_id, []).append(each)
    rows = [
        {
            "campaign_id": campaign_id,
            "what": mine[0].what.value,
            "person_id": None if post.person is None else post.person.id,
            "robot_id": None if post.robot is None else post.robot.id,
            "channel": _channel(post, letter),
            "outbox_id": letter,
            "paths": sorted({each.path for each in mine}),
            "tasks": sum(not each.voluntary for each in mine),
            "text": text if letter is None or post.robot is not None else "",
            "told_at": tx.second,
            "recorded_at": tx.stamp,
        }
        for campaign_id, mine in by.items()
    ]
    tx.conn.execute(insert(LETTER), rows)


def _channel(post: Post, letter: int | None) -> str:
    if letter is None:
        return PASTED
    return MAIL if post.robot is None else post.robot.channel


def about(matters: Iterable[Matter], what: What, step: str, said: str = "") -> tuple[Matter, ...]:
    """The same tasks, told for another reason."""
    return tuple(replace(each, what=what, step=step, said=said) for each in matters)
