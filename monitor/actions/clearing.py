"""清理排查: a project is ordered over an area, moved on from stage to stage, and summed up."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.access import permissions, scopes
from monitor.access.declared import needs
from monitor.actions import burden
from monitor.actions.permitting import highest, permit_person, reach, unit_called
from monitor.actions.sending import Sent, once
from monitor.coordinate import clearing
from monitor.domain.burden import Sort
from monitor.domain.classified import refuse_marked
from monitor.domain.clearing import Move, Stage
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.domain.unit import Unit
from monitor.record import audit, clearing_orders, clearings
from monitor.record.clearing_orders import Opening
from monitor.record.clearings import Due, Kept, Moved
from monitor.record.store import Store, Writing
from monitor.report import sampling

__all__ = ["Due", "Going", "NewClearing", "deploy", "move_on", "next_move", "usual_size"]

MATTER: Final = "clearing"
LONGEST_TITLE: Final = 40
LONGEST_WORDS: Final = 500
SEED_BYTES: Final = 4
SHARE: Final = 10
LEAST: Final = 20
"""本厅设定: a tenth of the accounts, at least twenty, is looked at by the office itself."""


@dataclass(frozen=True, slots=True)
class NewClearing:
    """A project to be ordered: over which unit's area ('' the highest within reach), its title,
    what is to be done, and until when each stage is (seconds).

    `ordered_at` is when it was ordered on paper, where it is entered only later."""

    unit_code: str
    title: str
    words: str
    due: Due
    ordered_at: int | None = None


@dataclass(frozen=True, slots=True)
class Going:
    """A project moved on from the version that was shown; `size` of the sample that is drawn."""

    clearing_id: int
    version: int
    move: Move
    size: int = 0
    words: str = ""


@needs(Permission.SEND_FORMS)
def deploy(store: Store, actor: Person, new: NewClearing, sent: Sent) -> int:
    """部署: a line for every account of the area, and a form for every unit that has one; the id.

    CapReached where that were more forms than the week allows a unit.
    """
    title = new.title.strip()
    _fit(title, new)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEND_FORMS)

        def work() -> Mapping[str, Any]:
            return {"id": _begun(tx, person, title, new)}

        return int(once(tx, person, sent, work)["id"])


def _fit(title: str, new: NewClearing) -> None:
    if not 0 < len(title) <= LONGEST_TITLE or not title.isprintable():
        raise InputError(f"名称应为1到{LONGEST_TITLE}个字", "名称", "例如 2026年全面清理排查")
    if len(new.words) > LONGEST_WORDS:
        raise InputError(f"工作要求超过{LONGEST_WORDS}字", "工作要求", "请精简后再提交")
    refuse_marked({"名称": title, "工作要求": new.words})
    due = new.due
    if not due.answer < due.check < due.spot < due.settle:
        raise InputError("各阶段的截止日期应依次往后", "截止日期", "依次为自查、核查、抽查、处置")


def _begun(tx: Writing, person: Person, title: str, new: NewClearing) -> int:
    if new.due.answer <= tx.second:
        raise InputError("自查截止应在现在之后", "截止日期", "请重新选择截止日期")
    unit = _office(tx, person, new.unit_code)
    ordered = tx.second if new.ordered_at is None else min(new.ordered_at, tx.second)
    opening = Opening(
        unit.id or 0, unit.path, title, new.words.strip(), new.due, person.id, ordered
    )
    key, units = clearing_orders.begin(tx, opening)
    if not units:
        raise InputError("范围内没有需要排查的账号", unit.name, "请先导入账号台账")
    burden.keep_within(tx, Sort.FORM, units)
    audit.add(tx, person.id, "清理排查·部署", MATTER, str(key), f"{len(units)}个单位")
    return key


def _office(tx: Writing, person: Person, code: str) -> Unit:
    """The unit over whose area it is, within reach as a whole."""
    unit = unit_called(tx, code) if code else highest(tx, person)
    if unit is None or not scopes.covers(Scope(reach(person).paths), unit.path, ""):
        raise Forbidden("超出本人管理范围", code, "请由上级部署")
    return unit


@needs(Permission.SEND_FORMS)
def move_on(store: Store, actor: Person, going: Going, sent: Sent) -> int:
    """The next stage of a project, by the office that ordered it or one above; its id."""
    refuse_marked({"说明": going.words})
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEND_FORMS)

        def work() -> Mapping[str, Any]:
            kept = ordered(tx, person, going.clearing_id)
            if kept.version != going.version:
                raise Conflict("这次清理排查刚被别人办理过", kept.title, "请刷新后再办")
            _advance(tx, person, kept, going)
            return {"id": kept.id}

        return int(once(tx, person, sent, work)["id"])


def ordered(tx: Writing, person: Person | None, clearing_id: int) -> Kept:
    """A project whose whole area is within reach; Forbidden where there is none."""
    kept = clearings.get(tx, clearing_id)
    if kept is None or not scopes.covers(Scope(reach(person).paths), kept.path, ""):
        raise Forbidden("没有这次清理排查,或不由本单位部署", "", "请刷新后重试")
    return kept


def _advance(tx: Writing, person: Person, kept: Kept, going: Going) -> None:
    words = going.words.strip()
    count = clearings.count(tx, kept.id)
    after = clearing.advance(kept.stage, going.move, count, words)
    values: dict[str, Any] = {}
    if going.move is Move.DRAW:
        values = _drawn(tx, kept, going.size)
    elif going.move is Move.SUM_UP:
        values = {"summed_up": words, "closed_at": tx.second}
    if not clearings.advance(tx, kept, after, **values):
        raise Conflict("这次清理排查刚被别人办理过", kept.title, "请刷新后再办")
    moved = Moved(going.move, kept.stage.value, after.value, person.id, words)
    clearings.note(tx, kept.id, [moved])
    audit.add(tx, person.id, f"清理排查·{going.move}", MATTER, str(kept.id), "")


def _drawn(tx: Writing, kept: Kept, size: int) -> dict[str, Any]:
    """Draw out of what was checked. The seed is made now, so that nobody knows it beforehand, and
    kept, so that anybody may draw the same again."""
    every = clearings.candidates(tx, kept.id)
    if not 0 < size <= len(every):
        raise InputError("抽查数应为整数", str(size), f"填1至{len(every)}")
    seed = secrets.token_hex(SEED_BYTES)
    found = sampling.draw([sampling.Candidate(*each) for each in every], size, seed)
    clearings.draw(tx, kept.id, found.drawn)
    return {"seed": seed, "size": len(found.drawn), "population": found.total}


def usual_size(checked: int) -> int:
    """How many accounts are drawn unless the office says otherwise."""
    return min(checked, max(LEAST, -(-checked * SHARE // 100)))


def next_move(person: Person, kept: Kept) -> Move | None:
    """What somebody may do to move a project on; None where nothing, or not by him."""
    if not may_do(person, Permission.SEND_FORMS, kept):
        return None
    return next((move for move, way in clearing.STAGES.items() if way[0] is kept.stage), None)


def may_do(person: Person, needed: Permission, kept: Kept) -> bool:
    """Whether to offer what the office does that ordered a project; it is asked again when done."""
    return kept.stage is not Stage.DONE and covers(person, needed, kept)


def covers(person: Person, needed: Permission, kept: Kept) -> bool:
    """Whether the whole area of a project is within somebody's reach."""
    return scopes.covers(Scope(permissions.reach(person, needed).paths), kept.path, "")
