"""整改单 with a past: what was kept elsewhere enters with every move, checked by the machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions import case_terms, permitting
from monitor.coordinate.case import follow, open_case
from monitor.coordinate.case_moves import Act
from monitor.domain.account import Account
from monitor.domain.case import OVER, Measure, Move, Problem, Reason, Side, Source
from monitor.domain.case_rules import CaseRules
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Permission, Person
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, audit, cases, cases_past, units
from monitor.record.case_facts import Frozen, canonical
from monitor.record.cases import Moved, Opened, Place
from monitor.record.cases_past import Past, Step
from monitor.record.store import Reading, Store, Writing

MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class Done:
    """One move that was made: when, by whom and on which side, and what went with it. Somebody had
    just looked at the account then."""

    at: int
    move: Move
    side: Side
    person: int
    words: str = ""
    reason: Reason | None = None
    measure: Measure | None = None
    days: int = 0
    into: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One past case: its account, who opened it when on which evidence, and every move of it.

    `frozen` None: a person registered `registered` by hand, and no rule had found it.
    """

    account_id: int
    source: Source
    opened_at: int
    opened_by: int | None
    frozen: Frozen | None = None
    registered: Problem | None = None
    done: tuple[Done, ...] = ()


@needs(Permission.VERIFY, reach=Reach.HOUSE)
def take_all(
    store: Store, actor: Person | None, every: Sequence[Told], data_dir: Path
) -> list[int]:
    """Enter cases with what became of them, all or none, the oldest first; their ids.

    InputError where an account is not in the registry or nothing was wrong; Conflict where an
    account would have two live cases, or a move could not follow from where a case stood.
    """
    if len(every) > MOST:
        raise InputError(f"一次最多装入{MOST}件整改单", "整改单", "请分次装入")
    ordered = sorted(every, key=lambda told: (told.opened_at, told.account_id))
    with store.writing(durable=True) as tx:
        by = permitting.permit_house(tx, actor, Permission.VERIFY, "请由省厅编辑装入")
        places = _Places(tx)
        pasts = [_past(tx, places, told, data_dir) for told in ordered]
        _one_live_each(tx, pasts)
        ids = cases_past.enter_all(tx, pasts)
        audit.add(tx, by, "装入整改单", "case", f"{len(ids)}件", "补登以往办理情况")
        return ids


class _Places:
    """Whose case it is, of every account: the highest office, the city in between, the unit."""

    def __init__(self, tx: Reading) -> None:
        self._accounts: Mapping[int | None, Account] = {
            each.id: each for each in accounts.all_accounts(tx)
        }
        every = units.all_units(tx)
        self._units: Mapping[str, Unit] = {each.code: each for each in every}
        self._levels = {each.id: each.level for each in every}

    def of(self, account_id: int) -> Place:
        account = self._accounts.get(account_id)
        unit = None if account is None else self._units.get(account.unit_code)
        if unit is None or unit.id is None:
            raise InputError("台账里没有这个账号", f"账号{account_id}", "请先导入台账")
        desk, *between = [int(each) for each in unit.path.strip("/").split("/")]
        cities = [each for each in between[:-1] if self._levels.get(each) is Level.PREFECTURE]
        return Place(desk, unit.id, account_id, cities[0] if cities else None)


def _past(tx: Writing, places: _Places, told: Told, data_dir: Path) -> Past:
    place = places.of(told.account_id)
    frozen = told.frozen if told.registered is None else _by_hand(told, told.registered)
    if frozen is None or not frozen.problems:
        raise InputError("当时没有查出问题", f"账号{told.account_id}", "请核对账号和时间")
    case = first = open_case(frozen.problems, transit=place.transit_id is not None)
    rules = case_terms.rules(data_dir)
    steps: list[Step] = []
    for each in told.done:
        if each.at < (steps[-1].at if steps else told.opened_at) or each.at > tx.second:
            raise Conflict("办理时间的先后不对", f"账号{told.account_id}", "请按先后排列")
        case = follow(case, _act(each, rules), each.at)
        moved = Moved(each.move, each.side, each.person, words=each.words, given=_given(each))
        steps.append(Step(each.at, moved, case))
    opened = Opened(told.source.value, frozen.facts, frozen.sha256, told.opened_by)
    due = case_terms.due_at(data_dir, case, tx.second)
    return Past(place, opened, told.opened_at, first, tuple(steps), due)


def _one_live_each(tx: Reading, pasts: Sequence[Past]) -> None:
    live = [each.place.account_id for each in pasts if each.standing.state not in OVER]
    twice = sorted({*cases.live_of(tx, live), *(each for each in live if live.count(each) > 1)})
    if twice:
        raise Conflict(
            "该账号已有在办的整改单", f"账号{twice[0]}", "一个账号只能有一件在办的整改单"
        )


def _act(done: Done, rules: CaseRules) -> Act:
    return Act(
        move=done.move,
        person=done.person,
        side=done.side,
        words=done.words,
        reason=done.reason,
        measure=done.measure,
        days=done.days,
        looked_at=done.at,
        into=done.into,
        most_days=rules.most_days,
        again_at=done.at + rules.look_again_days * DAY,
    )


def _by_hand(told: Told, problem: Problem) -> Frozen:
    facts = {
        "account_id": told.account_id,
        "registered_at": told.opened_at,
        "kind": problem.kind,
        "said": problem.sentence,
    }
    return replace(canonical(facts), problems=(problem,))


def _given(done: Done) -> dict[str, Any]:
    told = {"reason": done.reason, "measure": done.measure, "days": done.days or None}
    return {key: value for key, value in told.items() if value is not None}
