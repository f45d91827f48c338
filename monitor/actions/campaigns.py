"""协同发声 drafted and changed by its writer, ended and put away by the office that runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions import (
    approval_moving,
    approval_terms,
    campaign_files,
    campaign_terms,
    campaign_words,
    sending,
    telling,
)
from monitor.actions.permitting import office, permit_person, unit_called
from monitor.actions.sending import Sent
from monitor.actions.telling import House
from monitor.coordinate import campaign as machine
from monitor.coordinate.moves import Act
from monitor.domain.approval import Approval
from monitor.domain.approval import Move as Signing
from monitor.domain.campaign import Content, Kind, Move, State
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError, Overtaken
from monitor.domain.manuscript import SUBJECT, Text
from monitor.domain.person import Permission, Person
from monitor.domain.unit import Unit
from monitor.record import approvals, audit, campaigns, manuscripts, units
from monitor.record.approvals import Subject
from monitor.record.campaigns import Kept
from monitor.record.store import Store, Writing

LONGEST: Final = 2000
WHERE: Final = "协同发声"


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a sent form: the campaign's id and version, and its approval's id."""

    campaign_id: int
    version: int
    approval_id: int


@dataclass(frozen=True, slots=True)
class Doing:
    """A button on a campaign `(id, version)`, and the words that go with it."""

    move: Move
    campaign: tuple[int, int]
    said: str = ""


@needs(Permission.CAMPAIGN, reach=Reach.SELF)
def save(
    store: Store,
    actor: Person,
    content: Content,
    sent: Sent,
    data_dir: Path,
    campaign_id: int | None = None,
) -> Saved:
    """Enter a campaign, or change one's own on top of the version the form was shown.

    Overtaken, with both texts, where somebody saved first. A change after a signature voids what
    was signed. InputError names the field that cannot be taken, or the rule it would break.
    """
    campaign_terms.checked(content, campaign_terms.rules(data_dir))
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)

        def work() -> Mapping[str, Any]:
            campaign_files.refuse_missing(tx, content, data_dir)
            if campaign_id is None:
                return _new(tx, person, content)
            return _changed(tx, person, content, sent, campaign_id)

        return Saved(**sending.once(tx, person, sent, work))


@needs(Permission.CAMPAIGN)
def move(store: Store, actor: Person, doing: Doing, sent: Sent, house: House) -> str:
    """截止, 总结归档 or 撤销; the state it leads to. What is put away or given up says why; who had
    a task of what is given up is told."""
    words = doing.said.strip()
    if doing.move is Move.ISSUE:
        raise InputError("下达由“下达任务”办理", doing.move)
    if len(words) > LONGEST:
        raise InputError(f"说明超过{LONGEST}字", "说明")
    if doing.move is not Move.END and not words:
        raise InputError(f"“{doing.move}”须写明情况", "说明", "请补充后再提交")
    refuse_marked({"说明": words})
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)

        def work() -> Mapping[str, Any]:
            kept = campaign_terms.mine(tx, person, *doing.campaign)
            after = machine.moved(kept.state, doing.move)
            if doing.move is Move.CANCEL:
                telling.cancelled(tx, house, kept.id, words)
            if not campaigns.put(tx, kept, after):
                raise Conflict("这项协同发声刚被别人办理过", kept.content.title, "请刷新后再办")
            campaigns.note(tx, kept, doing.move, after, (person.id, words))
            audit.add(tx, person.id, f"协同·{doing.move}", "campaign", str(kept.id), after.value)
            return {"state": after.value}

        return str(sending.once(tx, person, sent, work)["state"])


def _new(tx: Writing, person: Person, content: Content) -> Mapping[str, Any]:
    desk = office(tx, person, WHERE)
    _sound(tx, person, content, desk)
    text = campaign_terms.text_of(tx, content)
    manuscript_id = manuscripts.add(tx, desk.id or 0, person.id, text)
    approval = Approval(person.id, text.sha256, planned=text.planned)
    approval_id = approvals.begin(tx, _subject(manuscript_id, desk, text), approval)
    made = campaigns.begin(tx, desk.id or 0, person.id, manuscript_id, content)
    audit.add(tx, person.id, "协同·拟稿", "campaign", str(made), content.kind.value)
    return {"campaign_id": made, "version": 1, "approval_id": approval_id}


def _changed(
    tx: Writing, person: Person, content: Content, sent: Sent, campaign_id: int
) -> Mapping[str, Any]:
    kept = campaign_terms.mine(tx, person, campaign_id)
    if kept.drafter_id != person.id or kept.state is not State.DRAFT:
        raise Forbidden("只有拟稿人在下达之前可以修改", kept.content.title, "请联系拟稿人")
    mine, theirs = campaign_words.words_of(content), campaign_words.words_of(kept.content)
    sending.overtaken(sent, WHERE, mine, theirs, kept.version)
    desk = units.by_id(tx, kept.desk_id)
    manuscript = manuscripts.get(tx, kept.manuscript_id)
    approval = approvals.of_subject(tx, SUBJECT, kept.manuscript_id)
    if desk is None or manuscript is None or approval is None:
        raise Forbidden(*campaign_terms.ABSENT)
    _sound(tx, person, content, desk)
    text = campaign_terms.text_of(tx, content)
    act = Act(Signing.AMEND, person.id, text.sha256, planned=text.planned)
    if not manuscripts.change(tx, manuscript, person.id, text):
        raise Overtaken(WHERE, mine, theirs, kept.version)
    approval_moving.moved(tx, person, approval, act, _subject(manuscript.id, desk, text))
    if not campaigns.change(tx, kept, content):
        raise Overtaken(WHERE, mine, theirs, kept.version)
    audit.add(tx, person.id, "协同·修改", "campaign", str(kept.id), content.kind.value)
    return {"campaign_id": kept.id, "version": kept.version + 1, "approval_id": approval.id}


def _sound(tx: Writing, person: Person, content: Content, desk: Unit) -> None:
    """What only the records can tell: the first unit lies within the office, what is put right was
    issued by it."""
    if content.first and not unit_called(tx, content.first).path.startswith(desk.path):
        raise InputError("首发单位不在本级范围内", "首发单位")
    if content.kind is not Kind.CORRECTION or content.amends is None:
        return
    amended: Kept = campaign_terms.mine(tx, person, content.amends)
    if amended.issued_at is None or amended.desk_id != desk.id:
        raise InputError("所更正的协同发声没有下达过", "所更正的协同")


def _subject(manuscript_id: int, desk: Unit, text: Text) -> Subject:
    level = approval_terms.LEVELS[desk.level]
    return Subject(SUBJECT, manuscript_id, desk.id or 0, text.title, text.kind, level)
