"""Manuscripts 文稿: written, changed by their writer, each with the approval that goes with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions import approval_moving, sending
from monitor.actions import approval_terms as terms
from monitor.actions.permitting import highest, permit_person
from monitor.actions.sending import Sent
from monitor.coordinate.moves import Act
from monitor.domain.account import PLATFORMS
from monitor.domain.approval import Approval, Move
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Forbidden, InputError, Overtaken
from monitor.domain.instants import say_minute
from monitor.domain.manuscript import BODY, KIND, KINDS, PLANNED, SUBJECT, TITLE, Manuscript, Text
from monitor.domain.manuscript import PLATFORMS as WHERE
from monitor.domain.person import Permission, Person
from monitor.domain.unit import Unit
from monitor.record import approvals, audit, campaigns, manuscripts, units
from monitor.record.approvals import Subject
from monitor.record.store import Store, Writing

LONGEST_TITLE: Final = 64
LONGEST_BODY: Final = 20_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a sent form: the text's id and version, and its approval's id."""

    manuscript_id: int
    version: int
    approval_id: int


@needs(Permission.DRAFT, reach=Reach.SELF)
def save(
    store: Store, actor: Person, text: Text, sent: Sent, manuscript_id: int | None = None
) -> Saved:
    """Enter a text, or change one on top of the version the form was shown.

    Overtaken, with both texts, where somebody saved first. A change after a signature voids what
    was signed. InputError names the field that cannot be taken.
    """
    clean = _checked(text)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.DRAFT)
        done = sending.once(
            tx, person, sent, lambda: _saved(tx, person, clean, sent, manuscript_id)
        )
    return Saved(**done)


def words_of(text: Text) -> dict[str, str]:
    """A text by field, as a form shows it and two editors compare it."""
    return {
        KIND: text.kind,
        TITLE: text.title,
        BODY: text.body,
        WHERE: "、".join(PLATFORMS.get(each, each) for each in text.platforms),
        PLANNED: "" if text.planned is None else say_minute(text.planned),
    }


def _saved(
    tx: Writing, person: Person, text: Text, sent: Sent, manuscript_id: int | None
) -> Mapping[str, Any]:
    if manuscript_id is None:
        return _new(tx, person, text)
    known = manuscripts.get(tx, manuscript_id)
    kept = approvals.of_subject(tx, SUBJECT, manuscript_id)
    if known is None or kept is None:
        raise InputError("没有这份文稿", str(manuscript_id), "请从列表重新打开")
    _same_base(known, text, sent)
    if text.kind not in KINDS or known.text.kind not in KINDS:
        raise Forbidden("这份文稿不能在这里修改", "", "请到它所属的页面办理")
    if campaigns.of_manuscript(tx, known.id) is not None:
        raise Forbidden("这份文稿属于协同发声,不能单独修改", "", "请到“协同”页修改")
    act = Act(Move.AMEND, person.id, text.sha256, planned=text.planned)
    if not manuscripts.change(tx, known, person.id, text):
        raise Overtaken("文稿", words_of(text), words_of(known.text), known.version)
    subject = _subject(known.id, _unit(tx, known.unit_id), text)
    approval_moving.moved(tx, person, kept, act, subject)
    return {
        "manuscript_id": known.id,
        "version": known.version + 1,
        "approval_id": kept.id,
    }


def _same_base(known: Manuscript, text: Text, sent: Sent) -> None:
    sending.overtaken(sent, "文稿", words_of(text), words_of(known.text), known.version)


def _new(tx: Writing, person: Person, text: Text) -> Mapping[str, Any]:
    unit = _own_unit(tx, person)
    if unit.id is None:
        raise InputError("本单位尚未登记", unit.name)
    manuscript_id = manuscripts.add(tx, unit.id, person.id, text)
    approval = Approval(person.id, text.sha256, planned=text.planned)
    approval_id = approvals.begin(tx, _subject(manuscript_id, unit, text), approval)
    audit.add(tx, person.id, "拟稿", "manuscript", str(manuscript_id), "")
    return {"manuscript_id": manuscript_id, "version": 1, "approval_id": approval_id}


def _subject(manuscript_id: int, unit: Unit, text: Text) -> Subject:
    level = terms.LEVELS[unit.level]
    return Subject(SUBJECT, manuscript_id, unit.id or 0, text.title, text.kind, level)


def _own_unit(tx: Writing, person: Person) -> Unit:
    """The unit a person writes for: the highest one within reach."""
    found = highest(tx, person)
    if found is None:
        raise Forbidden("尚未划定管理范围", "", "请联系本级管理员")
    return found


def _unit(tx: Writing, unit_id: int) -> Unit:
    return next(each for each in units.all_units(tx) if each.id == unit_id)


def _checked(text: Text) -> Text:
    """The text without blanks around it; InputError names what is missing or too long."""
    title, body = text.title.strip(), text.body.strip()
    refuse_marked({TITLE: title, BODY: body})
    if text.kind not in KINDS:
        raise InputError("请选择类别", KIND, f"可选:{'、'.join(KINDS)}")
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise InputError(f"标题应为1到{LONGEST_TITLE}个字", TITLE)
    if not body or len(body) > LONGEST_BODY:
        raise InputError(f"正文应为1到{LONGEST_BODY}个字", BODY)
    if not text.platforms or set(text.platforms) - set(PLATFORMS):
        raise InputError("请选择拟发平台", WHERE)
    refuse_marked({TITLE: title, BODY: body})
    return Text(text.kind, title, body, tuple(sorted(set(text.platforms))), text.planned)
