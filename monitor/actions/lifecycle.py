"""账号办理: opening, change, filing, closing and verifying; each is one move in one piece."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from monitor.access import permissions, scopes
from monitor.access.declared import needs
from monitor.actions import life_approving, life_closing, life_moving
from monitor.actions.approval_terms import calendar
from monitor.actions.case_moving import House
from monitor.actions.life_moving import Doing
from monitor.actions.permitting import permit_person, reach, unit_called
from monitor.actions.sending import Sent, once
from monitor.coordinate import adviser, lifecycle, term
from monitor.domain.account import PLATFORMS, Account, State
from monitor.domain.advice import Advised, Known
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.lifecycle import Field, Life, Move, Side
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.domain.unit import Unit
from monitor.record import accounts, lives, photos
from monitor.record.screens.lives import Lived
from monitor.record.store import Store, Writing

LONGEST_NAME: Final = 60
RIGHTS: Final = {Side.UNIT: Permission.APPLY, Side.ABOVE: Permission.CONFIRM}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account somebody wants to open: platform id, name, the unit's code, what it is for."""

    platform: str
    name: str
    unit_code: str
    purpose: str


@needs(Permission.APPLY)
def tend(store: Store, actor: Person, doing: Doing, sent: Sent, house: House) -> int:
    """What who tends an account does: applies, and enters what was done. The account's id."""
    return _do(store, (actor, Side.UNIT), doing, sent, house)


@needs(Permission.CONFIRM)
def settle(store: Store, actor: Person, doing: Doing, sent: Sent, house: House) -> int:
    """What who decides about an account does: grants, refuses, verifies. The account's id."""
    return _do(store, (actor, Side.ABOVE), doing, sent, house)


@needs(Permission.APPLY)
def apply_open(store: Store, actor: Person, wanted: Wanted, sent: Sent, house: House) -> int:
    """申请开设: a new account, 拟开设 until it is granted; its id."""
    _fit(wanted)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.APPLY)
        unit = unit_called(tx, wanted.unit_code)
        if not any(unit.path.startswith(root) for root in reach(person).paths):
            raise Forbidden("这个单位不在本人管理范围内", wanted.unit_code, "请由该单位或上级申请")

        def work() -> Mapping[str, Any]:
            return {"id": _enter(tx, person, wanted, unit, house.data_dir)}

        return int(once(tx, person, sent, work)["id"])


def side_of(scope: Scope, path: str, move: Move) -> str:
    """Why a scope may not decide this of a unit at `path`, in Chinese; '' where it may."""
    if not lifecycle.TABLE[move].over or scopes.above(scope, path):
        return ""
    return "批准和标记失管由主办单位的上一级办理"


def _fit(wanted: Wanted) -> None:
    if wanted.platform not in PLATFORMS:
        raise InputError("请选择平台", "平台")
    if not 0 < len(wanted.name.strip()) <= LONGEST_NAME:
        raise InputError(f"请填写账号名称,不超过{LONGEST_NAME}字", "账号名称")
    refuse_marked({"账号名称": wanted.name, "功能定位": wanted.purpose})


def _enter(tx: Writing, person: Person, wanted: Wanted, unit: Unit, data_dir: Path) -> int:
    name = wanted.name.strip()
    for each in accounts.all_accounts(tx):
        if (each.platform, each.name, each.unit_code) == (wanted.platform, name, wanted.unit_code):
            raise Conflict("台账里已有这个账号", name, "请在该账号的页面上办理")
    given = {Field.PURPOSE.value: wanted.purpose.strip()}
    act = life_moving.act_of(tx, (Move.APPLY_OPEN, Side.UNIT), person, given)
    life = lifecycle.step(Life(None), act)
    fresh = Account(
        wanted.platform,
        name,
        wanted.unit_code,
        state=State.PLANNED,
        line=unit.line,
        details=given,
    )
    (key,) = accounts.save(tx, [fresh])
    text = life_approving.begin(tx, person, fresh, act, data_dir)
    life = replace(life, text=text)
    lives.keep(tx, key, 0, life)
    life_moving.write_down(tx, person, key, act, (Life(None), life))
    return key


def _do(store: Store, by: tuple[Person, Side], doing: Doing, sent: Sent, house: House) -> int:
    actor, side = by
    refuse_marked(dict(doing.given))
    picture = _kept(doing, house)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, RIGHTS[side])

        def work() -> Mapping[str, Any]:
            found = life_moving.find(tx, person, doing.account_id)
            if found.version != doing.version:
                raise Conflict("这个账号刚被别人办理过", found.account.name, "请刷新后再办")
            told = side_of(person.scope, found.path, doing.move) if side is Side.ABOVE else ""
            if told:
                raise Forbidden(told, "", "请报上一级办理")
            life_closing.move(tx, person, found, (side, doing, picture), house)
            return {"id": doing.account_id}

        return int(once(tx, person, sent, work)["id"])


def _kept(doing: Doing, house: House) -> str:
    if not doing.picture:
        return ""
    return photos.keep(house.folder("核验截图"), doing.picture)


def asks(move: Move) -> tuple[Field, ...]:
    """The fields a move cannot do without."""
    return lifecycle.TABLE[move].asks


def buttons(person: Person, shown: Lived) -> tuple[tuple[Side, Move], ...]:
    """What to offer somebody on an account; each is checked again when it is pressed."""
    life = Life(
        State(shown.state),
        Move(shown.pending) if shown.pending else None,
        closure=shown.closure,
        there=date.fromisoformat(shown.there) if shown.there else None,
    )
    found: dict[Move, Side] = {}
    for side, right in RIGHTS.items():
        scope = permissions.reach(person, right)
        if scopes.covers(scope, shown.path, ""):
            for move in lifecycle.offered(life, side):
                if side is Side.UNIT or not side_of(scope, shown.path, move):
                    found.setdefault(move, side)
    return tuple((side, move) for move, side in found.items() if move is not Move.APPLY_OPEN)


def left(data_dir: Path, due_at: int, now: int) -> int:
    """Working days until a filing is due (0: today), below 0 so many over."""
    return term.ahead(due_at, now, calendar(data_dir))


def advised(known: Known) -> Advised | None:
    """What to propose of an account; None where nothing speaks against keeping it."""
    return adviser.advise(known)
