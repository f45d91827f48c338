"""Moving the life of an account: what every button does inside its transaction, in one way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from monitor.actions import life_approving
from monitor.actions.approval_terms import calendar
from monitor.actions.permitting import reach, unit_called
from monitor.coordinate import life_register, lifecycle
from monitor.coordinate.deadline import after_working_days
from monitor.coordinate.life_papers import LONGEST
from monitor.domain.account import Account, Kind
from monitor.domain.errors import Conflict, Forbidden
from monitor.domain.instants import day_start, shanghai_day
from monitor.domain.lifecycle import CHANGES, FILING_DAYS, LOOKED, Act, Field, Life, Move, Side
from monitor.domain.person import Person
from monitor.record import accounts, audit, jobs, lives, units
from monitor.record.screens.scoping import may_see
from monitor.record.store import Reading, Writing

JUDGE: Final = "judge-due"


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
class Found:
    """An account in somebody's reach, its unit's path, and its life with the version of that."""

    account: Account
    path: str
    life: Life
    version: int


def find(tx: Writing, person: Person, account_id: int) -> Found:
    """An official account in reach; Forbidden where there is none."""
    account = accounts.by_id(tx, account_id)
    if account is None or not may_see(tx, reach(person), tx.second, account_id):
        raise Forbidden("没有这个账号,或不在本人管理范围内", "", "请刷新后重试")
    if account.kind is Kind.PERSONAL:
        raise Forbidden("民警个人账号不在这里办理", account.name, "请到民警个人账号页办理")
    return _found(tx, account_id, account)


def found_at(tx: Writing, account_id: int) -> Found:
    """An account whose life moves because something else did, in whose reach it ever lies."""
    account = accounts.by_id(tx, account_id)
    if account is None:
        raise Conflict("台账里已没有这个账号", str(account_id), "请刷新后查看")
    return _found(tx, account_id, account)


def _found(tx: Writing, account_id: int, account: Account) -> Found:
    kept = lives.get(tx, account_id)
    path = next(each.path for each in units.all_units(tx) if each.id == account.unit_id)
    return Found(account, path, life_register.standing(account, kept.life), kept.version)


def short(text: str) -> str:
    """A text cut to what goes with a move."""
    said = text.strip()
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def move(
    tx: Writing, person: Person, found: Found, what: tuple[Side, Doing, str], data_dir: Path
) -> Life:
    """Make one move of an account's life inside a transaction: the life, the registry, what is
    written down; the life after it. `what` is the side, the button, and the hash of a kept picture
    ('' none)."""
    side, doing, picture = what
    given = {key: text.strip() for key, text in doing.given.items() if text.strip()}
    given |= {Field.PICTURE.value: picture} if picture else {}
    act = act_of(tx, (doing.move, side), person, given, doing.account_id)
    after = lifecycle.step(found.life, act)
    _same_kind(tx, act)
    if doing.move in lifecycle.APPLIED:
        text = life_approving.begin(tx, person, found.account, act, data_dir)
        after = replace(after, text=text)
    revised = life_register.revised(found.account, act, after, found.life.wanted)
    if revised != found.account:
        accounts.save(tx, [replace(revised, id=found.account.id)])
    lives.keep(tx, doing.account_id, found.version, after)
    if found.life.text is not None and after.text is None:
        life_approving.end(tx, person, found.life.text, str(doing.move))
    write_down(tx, person, doing.account_id, act, (found.life, after), data_dir)
    if after.state is not found.life.state and not jobs.waiting(tx, JUDGE):
        jobs.ask(tx, JUDGE, {}, f"life:{doing.account_id}", person.id)
    return after


def found_gone(tx: Writing, person: Person, account_id: int, day: date, data_dir: Path) -> None:
    """The platform's side of a closed account, by a look somebody confirmed; verified once."""
    found = find(tx, person, account_id)
    if not lifecycle.barred(found.life, Move.GONE_THERE):
        given = {Field.HOW.value: LOOKED, Field.DAY.value: day.isoformat()}
        doing = Doing(Move.GONE_THERE, account_id, found.version, given)
        move(tx, person, found, (Side.ABOVE, doing, ""), data_dir)


def _same_kind(tx: Reading, act: Act) -> None:
    """A change of the unit names one that is known, before anybody grants it."""
    if act.move is Move.APPLY_CHANGE and act.given[Field.WHAT] == CHANGES[1]:
        unit_called(tx, act.given[Field.VALUE])


def act_of(
    tx: Writing, what: tuple[Move, Side], person: Person, given: dict[str, str], account: int = 0
) -> Act:
    """A move as handed in now; a verification of the platform's side with the look it rests on."""
    gone = lives.seen_gone(tx, account) if what[0] is Move.GONE_THERE else None
    return Act(what[0], person.id, what[1], shanghai_day(tx.second), given, gone)


def write_down(
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
