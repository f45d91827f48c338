"""同意停更: silence agreed on a paper is entered, ended early or taken back by a level above."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from monitor.access import permissions, scopes
from monitor.access.declared import needs
from monitor.actions import life_moving
from monitor.actions import standard_sheets as sheets
from monitor.actions.permitting import permit_person
from monitor.actions.sending import Sent, once
from monitor.domain.account import State
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY, day_start, say_day, shanghai_day
from monitor.domain.person import Permission, Person
from monitor.domain.reason import Field, Label
from monitor.record import audit, excuses, in_force, jobs, reasons, rulebooks
from monitor.record.excuses import Excused
from monitor.record.store import Store, Writing
from monitor.record.vault import Vault

WHY: Final = Field(Label.GROUND, 4, 300, "写清为何停更,如春节放假、机构改革、系统改造")
ENDED: Final = Field(Label.GROUND, 4, 300, "写清为何提前结束,如账号已恢复更新")
WITHDRAWN: Final = Field(Label.GROUND, 4, 300, "写清登记错在哪里,如登错账号、未经同意")
LONGEST_PAPER: Final = 120
LONGEST_DAYS: Final = 366
BACK_DAYS: Final = 31
"""So long a paper may lie on a desk before it is entered."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the paper says: whose silence, of what kind, from when until when (both days in)."""

    account_id: int
    kind: str
    since: date
    until: date
    paper: str
    why: str


@needs(Permission.CONFIRM)
def agree(
    store: Store, actor: Person, vault: Vault, data_dir: Path, asked: Agreed, sent: Sent
) -> int:
    """登记同意停更: in force at once; its number.

    Forbidden outside the own scope and where no level above agrees; InputError where a day, a kind
    or the paper does not fit; Conflict where agreed silence stands already on one of the days.
    """
    words, paper = WHY.checked(asked.why), _paper(asked.paper)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CONFIRM)

        def work() -> Mapping[str, Any]:
            _above(tx, person, asked.account_id)
            if asked.kind not in kinds(tx, data_dir):
                raise InputError("请选择停更的情形", "情形", "以现行认定标准所列为准")
            a, b = _days(asked.since, asked.until, shanghai_day(tx.second))
            wanted = Excused(asked.account_id, a, b, asked.kind, paper)
            _alone(excuses.in_force(tx, asked.account_id), wanted)
            why = reasons.keep(tx, vault, WHY.label, words)
            key = excuses.put(tx, wanted, person.id, why.id)
            _told(tx, person, "登记同意停更", key, str(why))
            return {"id": key}

        return int(once(tx, person, sent, work)["id"])


@needs(Permission.CONFIRM)
def end(
    store: Store, actor: Person, vault: Vault, which: tuple[int, date], why: str, sent: Sent
) -> int:
    """提前结束: `which` is the number and the last day that still counts, today at the earliest, so
    that nobody is held to have been silent on a day that was agreed. The new number."""
    words = ENDED.checked(why)

    def work(tx: Writing, person: Person, found: Excused) -> int:
        b = day_start(which[1]) + DAY
        today = shanghai_day(tx.second)
        if which[1] < today or not found.a < b < found.b:
            told = f"{today.isoformat()}至{say_day(found.b - DAY - 1)}之间"
            raise InputError("提前结束的日期不对", "最后一天", f"应在{told};登记有误的请撤回")
        reason = reasons.keep(tx, vault, ENDED.label, words)
        key = excuses.shorten(tx, found, b, person.id, reason.id)
        _told(tx, person, "提前结束停更", key, str(reason))
        return key

    return _change(store, actor, which[0], sent, work)


@needs(Permission.CONFIRM)
def withdraw(
    store: Store, actor: Person, vault: Vault, excuse_id: int, why: str, sent: Sent
) -> int:
    """撤回登记: what was entered by mistake counts for nothing, from its first day on."""
    words = WITHDRAWN.checked(why)

    def work(tx: Writing, person: Person, found: Excused) -> int:
        reason = reasons.keep(tx, vault, WITHDRAWN.label, words)
        excuses.withdraw(tx, found, person.id, reason.id)
        _told(tx, person, "撤回停更登记", found.id, str(reason))
        return found.id

    return _change(store, actor, excuse_id, sent, work)


def kinds(tx: Writing, data_dir: Path) -> tuple[str, ...]:
    """What may be agreed on: what 本厅口径 in force leaves out, and 上级口径 does not."""
    own, upper = (in_force.at(tx, tx.second, upper=each) for each in (False, True))
    shipped = [sheets.kept(text) for text in sheets.presets(data_dir).values()]
    excused = (
        _union(book.excused_kinds for book in shipped if not book.upper)
        if own is None
        else sheets.kept(rulebooks.document(tx, own.rulebook_id)).excused_kinds
    )
    above = (
        _union(book.excused_kinds for book in shipped if book.upper)
        if upper is None
        else sheets.kept(rulebooks.document(tx, upper.rulebook_id)).excused_kinds
    )
    return offered(excused, above)


def may(person: Person, path: str) -> bool:
    """Whether somebody agrees to the silence of a unit's accounts; asked again when he does."""
    return scopes.above(permissions.reach(person, Permission.CONFIRM), path)


def offered(own: Iterable[str], upper: Iterable[str]) -> tuple[str, ...]:
    """Kinds to choose from: states of the registry come by its own way, and so does a closing."""
    return tuple(sorted({*own} - {*upper} - {each.value for each in State}))


def _union(every: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*every)


def _change(
    store: Store,
    actor: Person,
    excuse_id: int,
    sent: Sent,
    change: Callable[[Writing, Person, Excused], int],
) -> int:
    """Change one that stands, by somebody above the account's unit."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CONFIRM)

        def work() -> Mapping[str, Any]:
            found = excuses.get(tx, excuse_id)
            if found is None:
                raise Conflict("这项停更已由别人办理,或不存在", "", "请刷新后查看")
            _above(tx, person, found.account_id)
            return {"id": change(tx, person, found)}

        return int(once(tx, person, sent, work)["id"])


def _above(tx: Writing, person: Person, account_id: int) -> None:
    found = life_moving.find(tx, person, account_id)
    if not scopes.above(person.scope, found.path):
        raise Forbidden("同意停更由主办单位的上一级登记", found.account.name, "请报上一级办理")


def _paper(typed: str) -> str:
    text = typed.strip()
    refuse_marked({"依据": text})
    if not 0 < len(text) <= LONGEST_PAPER or not text.isprintable():
        told = f"请填写批准文号,不超过{LONGEST_PAPER}字"
        raise InputError(told, "依据", "没有书面同意的,不能登记")
    return text


def _days(since: date, until: date, today: date) -> tuple[int, int]:
    """[a, b) in seconds, both days in; InputError where they are no fit span."""
    if until < since:
        raise InputError("停更的止日早于起日", "起止", "请改正后重试")
    if (until - since).days >= LONGEST_DAYS:
        raise InputError(f"一次最多登记{LONGEST_DAYS}天", "起止", "长期无力维护的,应申请关停或合并")
    if (today - since).days > BACK_DAYS:
        told = "更早的停更请通过申请复核说明"
        raise InputError(f"起日最早为{BACK_DAYS}天前", "起止", told)
    return day_start(since), day_start(until) + DAY


def _alone(standing: Iterable[Excused], wanted: Excused) -> None:
    for each in standing:
        if each.a < wanted.b and wanted.a < each.b:
            told = f"{say_day(each.a)}至{say_day(each.b - 1)}({each.kind})"
            raise Conflict("这些日子里已登记过同意停更", told, "请改填其余的日子,或先撤回原登记")


def _told(tx: Writing, person: Person, action: str, excuse_id: int, reason: str) -> None:
    """The audit, and the account judged again."""
    audit.add(tx, person.id, action, "excuse", str(excuse_id), reason)
    if not jobs.waiting(tx, life_moving.JUDGE):
        jobs.ask(tx, life_moving.JUDGE, {}, f"excuse:{excuse_id}", person.id)
