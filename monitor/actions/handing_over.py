"""交接 in the ledger: a confirmed successor takes the leaver's place in the accounts' columns."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from monitor.domain.account import Account
from monitor.domain.duty import Liaison
from monitor.domain.errors import Conflict
from monitor.domain.scope import Scope
from monitor.record import accounts, audit
from monitor.record.screens import duty as screen
from monitor.record.store import Writing


def take_over(
    tx: Writing, by: int | None, old: Liaison, new: Liaison, seen: Collection[int] | None
) -> int:
    """Put `new` where `old` stands as 联络员 or 运维员, from the first day of `new` on; how many
    accounts. Conflict where those are others than were `seen` (None: nobody looked)."""
    found = screen.to_hand_over(tx, Scope(frozenset({old.path})), tx.second)
    mine = [each for each in found if each.liaison_id == old.id]
    columns: dict[int, list[str]] = {}
    for each in mine:
        columns.setdefault(each.account_id, []).append(each.column)
    if seen is not None and set(columns) != set(seen):
        raise Conflict("台账在您核对之后又有变化,交接未确认", "", "请重新核对账号清单后再确认")
    stated = {each.id: each for each in accounts.all_accounts(tx)}
    accounts.save(tx, [_handed(stated[key], named, new) for key, named in columns.items()])
    for key, named in columns.items():
        audit.add(tx, by, "交接变更台账", "account", str(key), "、".join(named))
    return len(columns)


def _handed(account: Account, columns: Collection[str], new: Liaison) -> Account:
    """The account as it is to be; what is known of it since then is not moved back."""
    since = account.since(date.fromisoformat(new.since))
    details = {**account.details, **dict.fromkeys(columns, new.name)}
    return replace(account, details=details, valid_from=since)
