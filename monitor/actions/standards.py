"""认定标准: copied, edited, handed to a second person, and in force from a day that is to come."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions import standard_sheets as sheets
from monitor.actions.permitting import permit_house
from monitor.actions.sending import Sent, once, overtaken
from monitor.actions.setting_up import shipped
from monitor.actions.standard_sheets import Copied
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import day_start, shanghai_day
from monitor.domain.person import Permission, Person
from monitor.domain.reason import Field, Label
from monitor.domain.standard import AFTER, Draft, Move, earliest
from monitor.record import audit, in_force, reasons, rulebooks, standards
from monitor.record.store import Reading, Store, Writing
from monitor.record.vault import Vault

REMEDY: Final = "认定标准由省厅修订和定稿"
KIND: Final = "rulebook_draft"
TEXT: Final = "标准文字"
"""The one field of the sheet edited as text."""
NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,29}")
LONGEST_TITLE: Final = 40
BACK: Final = Field(Label.GROUND, 2, 300, "写清要改哪一条、为什么")


@dataclass(frozen=True, slots=True)
class Copy:
    """What to begin from, as `hubei-default` or `benting@2`, and what the copy is called."""

    base: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button on a draft as somebody saw it: its id and its number of edits."""

    draft_id: int
    edits: int
    typed: str = field(default="", repr=False)


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def begin(store: Store, actor: Person, data_dir: Path, copy: Copy, sent: Sent) -> int:
    """起草修订: a copy of a shipped or kept rulebook, to be edited; its id.

    InputError where the code or title is unfit, or there is nothing of that name to copy.
    """
    presets = {book.name: text for book, text in shipped(data_dir) if not book.upper}
    every = {book.name for book, _ in shipped(data_dir)}
    title = copy.title.strip()
    _named(copy.name, title, every)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.SET_UP, REMEDY) or 0

        def work() -> Mapping[str, Any]:
            text = presets.get(copy.base) or _kept(tx, copy.base)
            version = standards.next_version(tx, copy.name)
            what = Copied(copy.name, version, title, first_day(tx))
            made = sheets.copied(text, what)
            key = standards.enter(tx, (copy.name, version), (copy.base, text), made, by)
            audit.add(tx, by, "起草认定标准", KIND, str(key), f"第{version}版")
            return {"id": key}

        return int(once(tx, actor, sent, work)["id"])


def _named(name: str, title: str, shipped_names: set[str]) -> None:
    refuse_marked({"标准名称": title})
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise InputError(f"标准名称应为1到{LONGEST_TITLE}个字", title, "例如 本厅口径")
    if name in shipped_names:
        raise InputError("这个代号是预置标准的", name, "请另取代号,例如 benting")
    if not NAME.fullmatch(name):
        raise InputError("代号应为小写字母开头的字母、数字和横线", name, "例如 benting")


def _kept(tx: Reading, base: str) -> str:
    name, _, version = base.partition("@")
    row = rulebooks.find_version(tx, name, int(version)) if version.isdecimal() else None
    if row is None:
        raise InputError("没有这个认定标准", base, "请从列表中选择")
    text = rulebooks.document(tx, row)
    if sheets.kept(text).upper:
        raise InputError("上级口径不能修订", base, "请选择本厅口径或预置的做法")
    return text


def first_day(tx: Writing) -> date:
    """The first day from which a revision may hold: after every day anything was judged on."""
    judged = in_force.judged_until(tx)
    today = shanghai_day(tx.second)
    return earliest(today, None if judged is None else shanghai_day(judged))


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def save_form(
    store: Store, actor: Person, data_dir: Path, draft_id: int, said: Mapping[str, str], sent: Sent
) -> None:
    """保存 the fields of the form; InputError names the field. A figure that was changed stands on
    本厅设定 unless its source was changed with it. Overtaken where another saved meanwhile."""
    _save(store, actor, draft_id, sent, said, lambda kept: sheets.by_form(kept, said, data_dir))


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def save_text(
    store: Store, actor: Person, data_dir: Path, draft_id: int, text: str, sent: Sent
) -> None:
    """保存 the sheet itself; InputError names the line. Overtaken as with the form."""
    said = {TEXT: text}
    _save(store, actor, draft_id, sent, said, lambda kept: sheets.by_text(kept, text, data_dir))


def _save(
    store: Store,
    actor: Person,
    draft_id: int,
    sent: Sent,
    said: Mapping[str, str],
    make: Callable[[Draft], str],
) -> None:
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.SET_UP, REMEDY)

        def work() -> Mapping[str, Any]:
            kept = _draft(tx, draft_id)
            after = AFTER.get((kept.state, Move.SAVE))
            if after is None:
                raise _not_from(kept, Move.SAVE)
            theirs = {TEXT: kept.text} if TEXT in said else sheets.words(kept.text)
            overtaken(sent, kept.name, said, theirs, kept.edits)
            standards.change(tx, kept, after, text=make(kept), changed_by=by)
            audit.add(tx, by, "修改认定标准", KIND, str(draft_id), _called(kept))
            return {"id": draft_id}

        once(tx, actor, sent, work)


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def submit(store: Store, actor: Person, data_dir: Path, pressed: Pressed, sent: Sent) -> None:
    """提请定稿: a second person is to look at it; it may not be changed meanwhile."""

    def work(tx: Writing, kept: Draft, by: int) -> dict[str, Any]:
        del tx
        sheets.check(kept, data_dir)
        return {"submitted_by": by, "decided_by": None, "reason": None}

    _press(store, actor, (Permission.SET_UP, Move.SUBMIT), pressed, sent, work)


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def drop(store: Store, actor: Person, pressed: Pressed, sent: Sent) -> None:
    """作废: the draft is kept and goes nowhere any more; its number is not given again."""
    _press(
        store,
        actor,
        (Permission.SET_UP, Move.DROP),
        pressed,
        sent,
        lambda _, __, by: {"decided_by": by},
    )


@needs(Permission.FINALISE, reach=Reach.HOUSE)
def send_back(store: Store, actor: Person, vault: Vault, pressed: Pressed, sent: Sent) -> None:
    """退回修改, with the reason."""
    words = BACK.checked(pressed.typed)

    def work(tx: Writing, kept: Draft, by: int) -> dict[str, Any]:
        del kept
        return {"decided_by": by, "reason": reasons.keep(tx, vault, BACK.label, words).id}

    _press(store, actor, (Permission.FINALISE, Move.RETURN), pressed, sent, work)


@needs(Permission.FINALISE, reach=Reach.HOUSE)
def finalise(store: Store, actor: Person, data_dir: Path, pressed: Pressed, sent: Sent) -> None:
    """定稿 by another person than wrote or submitted it: its text is kept for good, and it is in
    force from the day its sheet names, which lies after every day that was judged."""

    def work(tx: Writing, kept: Draft, by: int) -> dict[str, Any]:
        writers = {kept.drafted_by, kept.changed_by, kept.submitted_by}
        if by in writers or tx.acting.behalf in writers - {None}:
            raise Forbidden("不能定稿本人拟写或提请的标准", "定稿", "请由另一位科室负责人定稿")
        book = sheets.check(kept, data_dir)
        first = first_day(tx)
        if book.valid_from < first:
            told = f"生效日期{book.valid_from}太早:已比对过的日子仍按当时的标准"
            raise InputError(told, "生效日期", f"请退回,改为{first}或以后")
        row = rulebooks.ensure(tx, book, kept.text)
        in_force.begin(tx, row, upper=False, since=day_start(book.valid_from), by=by)
        return {"decided_by": by}

    _press(store, actor, (Permission.FINALISE, Move.FINALISE), pressed, sent, work)


@needs(Permission.FINALISE, reach=Reach.HOUSE)
def call_off(store: Store, actor: Person, term_id: int, sent: Sent) -> None:
    """取消生效 before it begins; the revision stays final, and its place in the history is kept."""
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.FINALISE, REMEDY)

        def work() -> Mapping[str, Any]:
            if not in_force.call_off(tx, term_id, by or 0):
                raise Conflict("已生效或已取消的不能取消", "认定标准", "需要改回时,请起草新的修订")
            audit.add(tx, by, "取消认定标准生效", "rulebook_term", str(term_id), "")
            return {"id": term_id}

        once(tx, actor, sent, work)


def _press(
    store: Store,
    actor: Person,
    what: tuple[Permission, Move],
    pressed: Pressed,
    sent: Sent,
    work: Callable[[Writing, Draft, int], dict[str, Any]],
) -> None:
    """One button: permission, transition, row, audit in one transaction; a key is used once."""
    permission, move = what
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, permission, REMEDY) or 0

        def done() -> Mapping[str, Any]:
            kept = _draft(tx, pressed.draft_id)
            after = AFTER.get((kept.state, move))
            if after is None:
                raise _not_from(kept, move)
            if kept.edits != pressed.edits:
                raise Conflict("这份标准在您查看之后有改动", kept.name, "请刷新,看过现在的再办理")
            standards.change(tx, kept, after, **work(tx, kept, by))
            audit.add(tx, by, f"认定标准{move}", KIND, str(kept.id), _called(kept))
            return {"id": kept.id}

        once(tx, actor, sent, done)


def _draft(tx: Reading, draft_id: int) -> Draft:
    kept = standards.get(tx, draft_id)
    if kept is None:
        raise InputError("没有这份标准草稿", str(draft_id), "请从列表重新打开")
    return kept


def _not_from(kept: Draft, move: Move) -> Conflict:
    return Conflict(f"当前为“{kept.state}”,不能“{move}”", kept.name, "请刷新后再看")


def _called(kept: Draft) -> str:
    """Its version alone: the name is typed, and what is typed stands in no entry."""
    return f"第{kept.version}版"
