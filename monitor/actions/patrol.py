"""巡查: a signed-in person says what the page of an account showed; it is judged again at once."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from monitor.access.declared import needs
from monitor.actions.permitting import permit_person
from monitor.actions.sending import Sent, done, once
from monitor.collect import seen_times, shelf
from monitor.collect.files.values import Unreadable
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import DAY, HOUR
from monitor.domain.patrol import (
    NONE_BELOW,
    NOTHING_SEEN,
    OFFICE_GRADE,
    OWN_GRADE,
    Comments,
    Doubt,
    Look,
    Moment,
    Seen,
    doubt,
)
from monitor.domain.person import Permission, Person, Role
from monitor.judge import rulebook as rulebooks
from monitor.record import audit, jobs, looks, photos
from monitor.record import rulebooks as kept
from monitor.record.looks import Kept, KnownPost, Witness
from monitor.record.screens import patrol_subjects as screens
from monitor.record.screens.patrol_subjects import Subject
from monitor.record.store import Reading, Store, Writing

JUDGE: Final = "judge-due"
FORM: Final = "patrol"
NATIONAL_LIMIT: Final = 14 * DAY
"""国办秘函〔2019〕19号, where the store holds no rulebook that can be read."""
LONGEST_LOOK: Final = HOUR
"""A row that stood open longer was left, not looked at; settling covers what lies between."""
LONGEST_TEXT: Final = 500
NONE_SAID: Final = frozenset({"无", "没有", "无第二条"})


class Answer(StrEnum):
    """What a person says where a look is in doubt."""

    NOTHING = ""
    GONE = "已知作品已删除"
    UNSURE = "拿不准,只登记不作依据"


@dataclass(frozen=True, slots=True)
class Told:
    """A look as it was filled in. `shown_at` is when the row came on the screen (seconds). `same`:
    已查看,与上次相同. `post` is a title or an address; times are as the platform shows them."""

    account_id: int
    shown_at: int
    seen: Seen = Seen.OK
    same: bool = False
    newest: str = ""
    empty: bool = False
    post: str = ""
    second: str = ""
    comments: Comments = Comments.UNSEEN
    name_now: str = ""
    remark: str = ""
    answer: Answer = Answer.NOTHING
    photo: bytes = b""


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of it. While there is a `doubt` nothing was stored: the person must answer.
    `known` is the newer post that is known, `look` what was understood."""

    doubt: Doubt
    look: Look
    kept: Kept | None = None
    known: KnownPost | None = None


@needs(Permission.PATROL)
def look(store: Store, actor: Person, told: Told, key: str, folder: Path | None = None) -> Looked:
    """Store a look, unless it is in doubt and the doubt unanswered; the same `key` is stored once.

    InputError names the field that cannot be understood. `folder` is where screenshots are kept.
    """
    refuse_marked({"最近一条标题或链接": told.post, "现用名称": told.name_now, "备注": told.remark})
    photo = photos.keep(folder, told.photo) if told.photo and folder is not None else ""
    sent = Sent(FORM, key)
    with store.writing(durable=True) as tx:
        subject, grade = _permit(tx, actor, told.account_id)
        seen = _look(tx, told, tx.second)
        before = done(tx, str(actor.id), sent)
        if before is not None:
            return Looked(Doubt.NONE, seen, Kept(int(before["look_id"]), already=True))
        known = looks.newest_live(tx, seen.account_id, seen.end)
        standing = None if known is None or told.answer is Answer.GONE else known.when
        doubted = doubt(seen, standing, limit(tx))
        if doubted and told.answer is not Answer.UNSURE:
            return Looked(doubted, seen, known=known)
        if told.answer is Answer.GONE:
            looks.take_down(tx, seen)
        witness = Witness(grade, actor.id, f"{actor.id}:{key}", photo, doubted.value)
        stored = looks.save(tx, subject.platform, seen, witness)
        once(tx, actor, sent, lambda: {"look_id": stored.look_id})
        audit.add(tx, actor.id, "巡查", "account", str(told.account_id), told.answer.value)
        if not jobs.waiting(tx, JUDGE):
            jobs.ask(tx, JUDGE, {}, f"patrol:{witness.key}", actor.id)
    return Looked(Doubt.NONE, seen, stored)


def grade_of(actor: Person, path: str) -> int:
    """3 for a third person (office, or a level above the unit), 1 for the unit's own people."""
    if actor.roles <= {Role.OPERATOR}:
        return OWN_GRADE
    inside = [root for root in actor.scope.paths if path.startswith(root)]
    above = not inside or any(root != path for root in inside)
    return OFFICE_GRADE if above else OWN_GRADE


def limit(tx: Reading) -> int:
    """The least silence in seconds that fails under any rulebook in use."""
    found = [_limit(document) for document in kept.documents(tx)]
    return min(found, default=NATIONAL_LIMIT)


@lru_cache(maxsize=16)
def _limit(document: str) -> int:
    try:
        page = shelf.parse(document.encode(), "rulebook")
        return rulebooks.parse(page.mapping).shortest_limit
    except InputError:
        # Kept by an older version that read it otherwise: asking too often does no harm.
        return NATIONAL_LIMIT


def _permit(tx: Writing, actor: Person, account_id: int) -> tuple[Subject, int]:
    """The account and the worth of the actor's word about it; the actor as of now."""
    acting = permit_person(tx, actor, Permission.PATROL)
    found = screens.subject(tx, acting.scope, tx.second, account_id)
    if found is None:
        raise Forbidden("没有这个账号,或不在本人管理范围内", "", "请刷新列表后重试")
    return found, grade_of(acting, found.path)


def _look(tx: Reading, told: Told, now: int) -> Look:
    looked = (max(min(told.shown_at, now), now - LONGEST_LOOK), now)
    newest, empty, title, url = _newest(tx, told, looked)
    return Look(
        account_id=told.account_id,
        looked_from=looked[0],
        looked_until=looked[1],
        seen=told.seen,
        newest=newest,
        empty=empty,
        title=title,
        url=url,
        second=_second(told.second, looked),
        comments=told.comments,
        name_now=told.name_now.strip()[:LONGEST_TEXT],
        remark=told.remark.strip()[:LONGEST_TEXT],
    )


def _newest(tx: Reading, told: Told, looked: Moment) -> tuple[Moment | None, bool, str, str]:
    """When the newest post was published, whether there is none, its title and its address."""
    if told.seen in NOTHING_SEEN:
        return None, False, "", ""
    if told.same:
        return _as_before(tx, told.account_id, looked)
    found = _understood(told.newest, looked, "最近一条发布时间")
    if (found is None) == (not told.empty):
        what = "请填写最近一条发布时间,或勾选“主页无任何作品”"
        both = "填了最近一条,又勾选了“主页无任何作品”"
        raise InputError(what if found is None else both, "最近一条发布时间")
    text = told.post.strip()[:LONGEST_TEXT]
    is_url = text.startswith(("http://", "https://"))
    return found, told.empty, "" if is_url else text, text if is_url else ""


def _as_before(
    tx: Reading, account_id: int, looked: Moment
) -> tuple[Moment | None, bool, str, str]:
    known = looks.newest_live(tx, account_id, looked[1] + 1)
    if known is not None:
        return known.when, False, known.title, known.url
    before = looks.last(tx, account_id)
    if before is None or not before["empty"]:
        raise InputError("没有上次所见可以比照", "", "请按2填写最近一条,或勾选“主页无任何作品”")
    return None, True, "", ""


def _second(text: str, looked: Moment) -> Moment | None:
    if text.strip() in NONE_SAID:
        return NONE_BELOW
    return _understood(text, looked, "第二条发布时间")


def _understood(text: str, looked: Moment, field: str) -> Moment | None:
    try:
        return seen_times.published(text, looked)
    except Unreadable as error:
        raise InputError(
            f"{field}“{text.strip()}”读不懂", field, f"应为{error.expected}"
        ) from error
