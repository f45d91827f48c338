"""签收, 填链接, 说明: the short form of a receipt link, for any kind of task that has one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.access.declared import free
from monitor.actions import sending
from monitor.actions.receipt_door import FROM_ONE_PLACE, SENDINGS, Refused, kind_of, live, slow_down
from monitor.actions.receipt_kind import KINDS, ReceiptKind
from monitor.actions.sending import Sent
from monitor.domain.errors import InputError, Overtaken
from monitor.domain.instants import DAY
from monitor.domain.receipt import (
    SIGNING,
    Answer,
    KeptAnswer,
    Part,
    ReceiptLink,
    Standing,
    Task,
    Wording,
    checked,
)
from monitor.record import audit, receipt_answers, units
from monitor.record.store import Reading, Store, Writing

LINK_DAYS: Final = 7
"""A link opens its form for so long after its task was due."""


@dataclass(frozen=True, slots=True)
class Slip:
    """The short form behind a link, and what its unit answered so far; seconds."""

    link_id: int
    kind: str
    task: Task
    unit_name: str
    expires_at: int
    asks: tuple[Part, ...]
    kept: KeptAnswer | None
    wording: Wording = SIGNING

    @property
    def version(self) -> int:
        """Of the answer the form is filled on top of; 0: nothing was answered yet."""
        return 0 if self.kept is None else self.kept.version


@free("the signed link is the right to one form")
def slip_of(store: Store, key: bytes, token: str, address: str, now: int) -> Slip:
    """The form a token opens; Refused where it opens none, Forbidden where one must wait."""
    kind = _kind(kind_of(store, key, token, address))
    with store.reading() as tx:
        return _slip(tx, live(tx, token, kind.name, now), kind)


@free("the signed link is the right to one form")
def send(
    store: Store, key: bytes, token: str, address: str, form: tuple[Answer, Sent]
) -> KeptAnswer:
    """Keep a unit's answer, once for each key; Overtaken where a colleague answered first.

    A refused answer counts towards the pace of its link and its address too.
    """
    answer, sent = form
    kind = _kind(kind_of(store, key, token, address))
    with store.writing() as tx:
        link = live(tx, token, kind.name, tx.second)
        slow_down(tx, f"link {link.id}", SENDINGS)
        slow_down(tx, f"links {address}", FROM_ONE_PLACE)
    clean = checked(answer)
    with store.writing(durable=True) as tx:
        link = live(tx, token, kind.name, tx.second)
        slip = _slip(tx, link, kind)
        sending.once_by_link(tx, link.id, sent, lambda: _kept(tx, link, slip, (clean, sent)))
        kept = receipt_answers.standing(tx, link.kind, link.task_id, link.unit_id)
    if kept is None:
        raise Refused(Standing.UNKNOWN)
    return kept


def expiry(task: Task, now: int) -> int:
    """Until when a link to a task is to be open, in seconds."""
    return max(task.due or now, now) + LINK_DAYS * DAY


def words_of(answer: Answer) -> dict[str, str]:
    """An answer by field, as two colleagues compare it."""
    return {Part.LINK: answer.url, Part.NOTE: answer.note}


def _kind(name: str) -> ReceiptKind:
    if name not in KINDS or KINDS.get(name).task is None:
        raise Refused(Standing.UNKNOWN)
    return KINDS.get(name)


def _slip(tx: Reading, link: ReceiptLink, kind: ReceiptKind) -> Slip:
    task = kind.task(tx, link.task_id) if kind.task is not None else None
    unit = units.by_id(tx, link.unit_id)
    if task is None or unit is None or task.unit_id != link.unit_id:
        raise Refused(Standing.UNKNOWN)
    kept = receipt_answers.standing(tx, link.kind, link.task_id, link.unit_id)
    until = link.expires_at
    return Slip(link.id, link.kind, task, unit.name, until, kind.asks, kept, kind.wording)


def _kept(
    tx: Writing, link: ReceiptLink, slip: Slip, form: tuple[Answer, Sent]
) -> Mapping[str, Any]:
    answer, sent = form
    if slip.kept is not None and not slip.wording.changes:
        return {"version": slip.kept.version}
    answer = Answer(
        url=answer.url if Part.LINK in slip.asks else "",
        note=answer.note if Part.NOTE in slip.asks else "",
    )
    choices = slip.wording.choices
    if choices and answer.note not in choices:
        raise InputError("请选一项", slip.wording.label(Part.NOTE), "、".join(choices))
    if slip.kept is not None and sent.version != slip.version:
        theirs = words_of(slip.kept.answer)
        raise Overtaken("回执", words_of(answer), theirs, slip.version)
    kept = receipt_answers.put(tx, link, answer, slip.kept)
    kind = KINDS.get(link.kind)
    if kind.took is not None:
        kind.took(tx, kept)
    done = "免登录签收" if slip.kept is None else "免登录更正回执"
    audit.add(tx, None, done, "receipt_link", str(link.id), f"{link.kind}{link.task_id}")
    return {"version": kept.version}
