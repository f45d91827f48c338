"""账号办理: opening, change, filing, closing and verifying; each is one move in one piece."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from monitor.access import permissions, scopes
from monitor.access.declared import needs
from monitor.actions.approval_terms import calendar
from monitor.actions.case_moving import House
from monitor.actions.permitting import permit_person, reach, unit_called
from monitor.actions.sending import Sent, once
from monitor.coordinate import adviser, life_register, lifecycle, term
from monitor.coordinate.deadline import after_working_days
from monitor.domain.account import PLATFORMS, Account, Kind, State
from monitor.domain.advice import Advised, Known
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import day_start, shanghai_day
from monitor.domain.lifecycle import CHANGES, FILING_DAYS, Act, Field, Life, Move, Side
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.record import accounts, audit, jobs, lives, photos, units
from monitor.record.screens.lives import Lived
from monitor.record.screens.scoping import may_see
from monitor.record.store import Reading, Store, Writing

JUDGE: Final = "judge-due"
LONGEST_NAME: Final = 60
RIGHTS: Final = {Side.UNIT: Permission.APPLY, Side.ABOVE: Permission.CONFIRM}


@dataclass(frozen=True, slots=True)
class Doing:
    """A button on an account: the version of its life that was shown, what is given by the names
    of `Field`, and a picture where one is asked for."""

    move: Move
    account_id: int
    version: int
    given: Mapping[str, str] = field(default_factory=dict)
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account somebody wants to open: platform id, name, the unit's code, what it is for."""

    platform: str
    name: str
    unit_code: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Found:
    """An account in somebody's reach, its unit's path, and its life with the version of that."""

    account: Account
    path: str
    life: Life
    version: int


@needs(Permission.APPLY)
def tend(store: Store, actor: Person, doing: Doing, sent: Sent, house: House) -> int:
    """What who tends an account does: applies, and enters what was done. The account's id."""
    return _do(store, (actor, Side.UNIT), doing, sent, house)


@needs(Permission.CONFIRM)
def settle(store: Store, actor: Person, doing: Doing, sent: Sent, house: House) -> int:
    """What who decides about an account does: grants, refuses, verifies. The account's id."""
    return _do(store, (actor, Side.ABOVE), doing, sent, house)


@needs(Permission.APPLY)
def apply_open(store: Store, actor: Person, wanted: Wanted, sent: Sent) -> int:
    """申请开设: a new account, 拟开设 until it is granted; its id."""
    _fit(wanted)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.APPLY)
        unit = unit_called(tx, wanted.unit_code)
        if not any(unit.path.startswith(root) for root in reach(person).paths):
            raise Forbidden("这个单位不在本人管理范围内", wanted.unit_code, "请由该单位或上级申请")

        def work() -> Mapping[str, Any]:
            return {"id": _enter(tx, person, wanted)}

        return int(once(tx, person, sent, work)["id"])


def side_of(scope: Scope, path: str, move: Move) -> str:
    """Why a scope may not decide this of a unit at `path`, in Chinese; '' where it may."""
    if not lifecycle.TABLE[move].over or _above(scope, path):
        return ""
    return "批准和标记失管由主办单位的上一级办理"


def _above(scope: Scope, path: str) -> bool:
    return any(path.startswith(root) and root != path for root in scope.paths)


def _fit(wanted: Wanted) -> None:
    if wanted.platform not in PLATFORMS:
        raise InputError("请选择平台", "平台")
    if not 0 < len(wanted.name.strip()) <= LONGEST_NAME:
        raise InputError(f"请填写账号名称,不超过{LONGEST_NAME}字", "账号名称")
    refuse_marked({"账号名称": wanted.name, "功能定位": wanted.purpose})


def _enter(tx: Writing, person: Person, wanted: Wanted) -> int:
    name = wanted.name.strip()
    for each in accounts.all_accounts(tx):
        if (each.platform, each.name, each.unit_code) == (wanted.platform, name, wanted.unit_code):
            raise Conflict("台账里已有这个账号", name, "请在该账号的页面上办理")
    given = {Field.PURPOSE.value: wanted.purpose.strip()}
    act = _act(tx, (Move.APPLY_OPEN, Side.UNIT), person, given)
    life = lifecycle.step(Life(None), act)
    fresh = Account(wanted.platform, name, wanted.unit_code, state=State.PLANNED, details=given)
    (key,) = accounts.save(tx, [fresh])
    lives.keep(tx, key, 0, life)
    _write_down(tx, person, key, act, (Life(None), life))
    return key


def _do(store: Store, by: tuple[Person, Side], doing: Doing, sent: Sent, house: House) -> int:
    actor, side = by
    refuse_marked(dict(doing.given))
    picture = _kept(doing, house)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, RIGHTS[side])

        def work() -> Mapping[str, Any]:
            found = find(tx, person, doing.account_id)
            if found.version != doing.version:
                raise Conflict("这个账号刚被别人办理过", found.account.name, "请刷新后再办")
            told = side_of(person.scope, found.path, doing.move) if side is Side.ABOVE else ""
            if told:
                raise Forbidden(told, "", "请报上一级办理")
            _move(tx, person, found, (side, doing, picture), house.data_dir)
            return {"id": doing.account_id}

        return int(once(tx, person, sent, work)["id"])


def find(tx: Writing, person: Person, account_id: int) -> Found:
    """An official account in reach; Forbidden where there is none."""
    account = accounts.by_id(tx, account_id)
    if account is None or not may_see(tx, reach(person), tx.second, account_id):
        raise Forbidden("没有这个账号,或不在本人管理范围内", "", "请刷新后重试")
    if account.kind is Kind.PERSONAL:
        raise Forbidden("民警个人账号不在这里办理", account.name, "请到民警个人账号页办理")
    kept = lives.get(tx, account_id)
    path = next(each.path for each in units.all_units(tx) if each.id == account.unit_id)
    return Found(account, path, life_register.standing(account, kept.life), kept.version)


def _move(
    tx: Writing, person: Person, found: Found, what: tuple[Side, Doing, str], data_dir: Path
) -> None:
    side, doing, picture = what
    given = {key: text.strip() for key, text in doing.given.items() if text.strip()}
    given |= {Field.PICTURE.value: picture} if picture else {}
    act = _act(tx, (doing.move, side), person, given, doing.account_id)
    after = lifecycle.step(found.life, act)
    _same_kind(tx, act)
    revised = life_register.revised(found.account, act, after, found.life.wanted)
    if revised != found.account:
        accounts.save(tx, [replace(revised, id=found.account.id)])
    lives.keep(tx, doing.account_id, found.version, after)
    _write_down(tx, person, doing.account_id, act, (found.life, after), data_dir)
    if after.state is not found.life.state and not jobs.waiting(tx, JUDGE):
        jobs.ask(tx, JUDGE, {}, f"life:{doing.account_id}", person.id)


def _same_kind(tx: Reading, act: Act) -> None:
    """A change of the unit names one that is known, before anybody grants it."""
    if act.move is Move.APPLY_CHANGE and act.given[Field.WHAT] == CHANGES[1]:
        unit_called(tx, act.given[Field.VALUE])


def _act(
    tx: Writing, what: tuple[Move, Side], person: Person, given: dict[str, str], account: int = 0
) -> Act:
    gone = lives.seen_gone(tx, account) if what[0] is Move.GONE_THERE else None
    return Act(what[0], person.id, what[1], shanghai_day(tx.second), given, gone)


def _write_down(
    tx: Writing,
    person: Person,
    account_id: int,
    act: Act,
    lived: tuple[Life, Life],
    data_dir: Path | None = None,
) -> None:
    """The move, the clock it starts, the clocks it ends, and the audit."""
    before, after = lived
    clock = None if data_dir is None else lifecycle.clock(act, after)
    due = None
    if clock is not None and data_dir is not None:
        start = day_start(lifecycle.begins(act))
        due = after_working_days(start, FILING_DAYS, calendar(data_dir))
    lives.meet(tx, account_id, lifecycle.meets(act.move, after))
    lives.made(
        tx,
        lives.Made(
            account_id,
            act.move,
            before.state or "",
            after.state or "",
            person.id,
            act.given,
            act.today.year if act.move is Move.CHECK_YEAR else None,
            clock or "",
            due.at if due else None,
            due.provisional if due else False,
        ),
    )
    audit.add(tx, person.id, act.move.value, "account", str(account_id), "")


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
