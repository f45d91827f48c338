"""Sending a form: one key is one doing, one version is one base; drafts are kept until it is sent.

Every form on screen goes through `once`: a double click, a lost answer or a reload does nothing
twice, and what somebody else saved meanwhile is never written over unseen (`Overtaken`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.access.declared import free
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Forbidden, InputError, Overtaken
from monitor.domain.person import Person
from monitor.record import people, sendings
from monitor.record.sendings import Draft
from monitor.record.store import Reading, Store, Writing

__all__ = ["Draft", "Sent", "draft_of", "drop_draft", "keep_draft", "once", "overtaken"]

MOST_FIELDS: Final = 400
LONGEST_DRAFT: Final = 400_000
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form carries beside its words: which form, its key, and the version it was shown."""

    form: str
    key: str
    version: int = 0


def once(
    tx: Writing, actor: Person, sent: Sent, work: Callable[[], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Do the work of a form unless its key was used; what it led to, now or then."""
    return once_of(tx, (f"{actor.id}", actor.id), sent, work)


def once_by_link(
    tx: Writing, link_id: int, sent: Sent, work: Callable[[], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The same for a form that nobody signed in for: its key counts for one receipt link."""
    return once_of(tx, (f"r{link_id}", None), sent, work)


def once_of(
    tx: Writing, who: tuple[str, int | None], sent: Sent, work: Callable[[], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The same for whoever sends it: `who` is what keys count for, and the person if it is one."""
    before = done(tx, who[0], sent)
    if before is not None:
        return before
    result = work()
    sendings.keep(tx, key_of(who[0], sent), sent.form, who[1], result)
    return result


def done(tx: Reading, who: str, sent: Sent) -> Mapping[str, Any] | None:
    """What a form led to; None where it was not sent yet. For what asks back before it is kept."""
    return sendings.known(tx, key_of(who, sent))


def key_of(who: str, sent: Sent) -> str:
    """What a sending is known again by, as is the job it leads to."""
    if not sent.key:
        raise InputError("表单缺少编号", sent.form, "请刷新后重新填写")
    return f"{who}:{sent.form}:{sent.key}"


def overtaken(
    sent: Sent, where: str, mine: Mapping[str, str], theirs: Mapping[str, str], version: int
) -> None:
    """Overtaken, with both texts, where the form was filled on top of an older version."""
    if sent.version != version:
        raise Overtaken(where, mine, theirs, version)


@free("只涉及本人未提交的内容")
def draft_of(store: Store, actor: Person, form: str) -> Draft | None:
    """What the person typed into a form earlier and did not send."""
    with store.reading() as tx:
        return sendings.draft(tx, actor.id, form)


@free("只涉及本人未提交的内容")
def keep_draft(
    store: Store, actor: Person, form: str, words: Mapping[str, str], version: int
) -> None:
    """Keep what was typed; nobody else sees it."""
    large = sum(len(name) + len(text) for name, text in words.items()) > LONGEST_DRAFT
    if large or len(words) > MOST_FIELDS or len(form) > LONGEST_NAME:
        raise InputError("内容过长,未能暂存", form, "请精简后再试")
    refuse_marked(words)
    with store.writing() as tx:
        _here(tx, actor)
        sendings.keep_draft(tx, actor.id, form, words, version)


@free("只涉及本人未提交的内容")
def drop_draft(store: Store, actor: Person, form: str) -> None:
    """Forget a draft the person does not want."""
    with store.writing() as tx:
        _here(tx, actor)
        sendings.drop_draft(tx, actor.id, form)


def _here(tx: Writing, actor: Person) -> None:
    kept = people.by_id(tx, actor.id, tx.second)
    if kept is None or not kept.person.active:
        raise Forbidden("登录已失效", "", "请重新登录")
