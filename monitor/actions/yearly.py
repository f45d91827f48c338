"""年度核对: who tends accounts confirms that the ledger is right, one tick each, many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from monitor.access.declared import needs
from monitor.actions.permitting import permit_person, reach
from monitor.actions.sending import Sent, once
from monitor.coordinate import life_register, lifecycle
from monitor.domain.account import Kind
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import shanghai_day
from monitor.domain.lifecycle import Act, Life, Move, Side
from monitor.domain.person import Permission, Person
from monitor.record import accounts, audit, lives
from monitor.record.screens import lives as screens
from monitor.record.store import Store, Writing

MOST: Final = 500


@needs(Permission.APPLY)
def confirm(store: Store, actor: Person, account_ids: Sequence[int], sent: Sent) -> int:
    """Confirm accounts for this year; how many were not yet. All of them or none.

    Forbidden where one is not in reach, InputError where none or too many are named.
    """
    if not 0 < len(account_ids) <= MOST:
        raise InputError(f"请勾选1到{MOST}个账号", "年度核对")
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.APPLY)

        def work() -> Mapping[str, Any]:
            return {"done": _confirm(tx, person, set(account_ids))}

        return int(once(tx, person, sent, work)["done"])


def _confirm(tx: Writing, person: Person, ids: set[int]) -> int:
    today = shanghai_day(tx.second)
    mine = screens.reached(tx, reach(person), tx.second, ids)
    if ids - mine:
        raise Forbidden("有账号不在本人管理范围内", "年度核对", "请刷新后重试")
    left = ids - lives.checked(tx, today.year, ids)
    act = Act(Move.CHECK_YEAR, person.id, Side.UNIT, today)
    found = [
        each for each in accounts.all_accounts(tx) if each.id in left and each.kind is Kind.OFFICIAL
    ]
    for each in found:
        lifecycle.step(life_register.standing(each, Life(None)), act)
    revised = [life_register.revised(each, act, Life(each.state), {}) for each in found]
    accounts.save(tx, [replace(now, id=old.id) for now, old in zip(revised, found, strict=True)])
    lives.made_all(
        tx,
        [
            lives.Made(each.id or 0, act.move, each.state, each.state, person.id, year=today.year)
            for each in found
        ],
    )
    for each in found:
        audit.add(tx, person.id, act.move.value, "account", str(each.id), "")
    return len(found)
