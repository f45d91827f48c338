"""Accounts: entered and revised, matched by id, by platform id, or by name while that is ID待补."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import RowMapping, bindparam, func, select, update

from monitor.domain.account import Account, State
from monitor.domain.errors import InputError
from monitor.domain.instants import BEGINNING, day_start, shanghai_day
from monitor.domain.lifecycle import NOT_FILED, SYSTEMS
from monitor.record.registered import account_of, registered
from monitor.record.revisions import Wanted, believed, revise
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA
from monitor.record.targets import order, read_first, targets

__all__ = ["all_accounts", "by_id", "order", "read_first", "registered", "save", "targets"]

ACCOUNT = METADATA.tables["account"]
ACCOUNT_REV = METADATA.tables["account_rev"]
UNIT = METADATA.tables["unit"]

FILING_COLUMNS: Final = tuple(f"{each}备案号" for each in SYSTEMS)
EVENTS: Final = ("state", "unit_id", "kind")
"""What happens to an account at an instant; a change of anything else corrects what was said."""


def all_accounts(tx: Reading) -> list[Account]:
    """All accounts as believed today, in order of their ids."""
    codes = {row.id: row.code for row in tx.conn.execute(select(UNIT.c.id, UNIT.c.code))}
    revised = believed(tx, ACCOUNT_REV)
    rows = tx.conn.execute(select(ACCOUNT).order_by(ACCOUNT.c.id)).mappings()
    return [account_of(row, revised[row["id"]][-1], codes) for row in rows]


def by_id(tx: Reading, account_id: int) -> Account | None:
    """One account as believed today; None where there is none."""
    row = tx.conn.execute(select(ACCOUNT).where(ACCOUNT.c.id == account_id)).mappings().first()
    if row is None:
        return None
    codes = {each.id: each.code for each in tx.conn.execute(select(UNIT.c.id, UNIT.c.code))}
    return account_of(row, believed(tx, ACCOUNT_REV, [account_id])[account_id][-1], codes)


def first_registered(tx: Reading) -> int | None:
    """The second the first account entered the registry; None while there is none."""
    return tx.conn.execute(select(func.min(ACCOUNT.c.registered_at))).scalar()


def save(tx: Writing, accounts: Sequence[Account]) -> list[int]:
    """Enter accounts, or revise those that changed; their ids in the order given.

    A new state, unit or kind holds from its `valid_from`, else from now on; any other difference
    corrects the stretch last known. InputError where a unit is not known.
    """
    units = {row.code: row.id for row in tx.conn.execute(select(UNIT.c.id, UNIT.c.code))}
    missing = sorted({each.unit_code for each in accounts} - set(units))
    if missing:
        raise InputError(f"机构代码{missing[0]}不在机构表里", remedy="请先导入机构表")
    index = _Index(tx)
    ids = [index.find(each) or index.enter(tx, each) for each in accounts]
    index.name(tx, accounts, ids)
    known = believed(tx, ACCOUNT_REV, ids)
    wanted = {
        key: _wanted(each, units[each.unit_code], known.get(key, []), tx.second)
        for key, each in zip(ids, accounts, strict=True)
    }
    revise(tx, ACCOUNT_REV, wanted)
    return ids


class _Index:
    """The accounts known so far, by everything a file may call them."""

    def __init__(self, tx: Reading) -> None:
        self._by_uid: dict[tuple[str, str], int] = {}
        self._by_name: dict[tuple[str, str, str], int] = {}
        self._uids: dict[int, str | None] = {}
        for each in all_accounts(tx):
            if each.id is not None:
                self._note(each, each.id)

    def _note(self, account: Account, key: int) -> None:
        self._uids[key] = account.uid
        self._by_name.setdefault((account.platform, account.name, account.unit_code), key)
        if account.uid is not None:
            self._by_uid[account.platform, account.uid] = key

    def find(self, account: Account) -> int | None:
        """By id, else by platform and uid, else by platform, name and unit while uid is open."""
        if account.id in self._uids:
            return account.id
        if account.uid is not None and (account.platform, account.uid) in self._by_uid:
            return self._by_uid[account.platform, account.uid]
        key = self._by_name.get((account.platform, account.name, account.unit_code))
        if key is None or (account.uid is not None and self._uids[key] is not None):
            return None
        return key

    def enter(self, tx: Writing, account: Account) -> int:
        """A new account's row."""
        key = enter(
            tx, ACCOUNT, platform=account.platform, uid=account.uid, registered_at=tx.second
        )
        self._note(account, key)
        return key

    def _claim(self, account: Account, key: int) -> None:
        holder = self._by_uid.setdefault((account.platform, account.uid or ""), key)
        if holder != key:
            raise InputError(
                f"账号ID“{account.uid}”已属于另一个账号", account.name, "请核对两个账号的账号ID"
            )

    def name(self, tx: Writing, accounts: Sequence[Account], ids: Sequence[int]) -> None:
        """Write down ids that came to be known, or were corrected."""
        learnt = [
            (each, key)
            for each, key in zip(accounts, ids, strict=True)
            if each.uid is not None and each.uid != self._uids[key]
        ]
        for each, key in learnt:
            self._claim(each, key)
        if learnt:
            row = ACCOUNT.c.id == bindparam("k")
            told = [{"k": key, "u": each.uid} for each, key in learnt]
            tx.conn.execute(update(ACCOUNT).where(row).values(uid=bindparam("u")), told)


def _wanted(account: Account, unit_id: int, rows: Sequence[RowMapping], now: int) -> Wanted:
    filed, filed_name = filing(account.details)
    values = {
        "unit_id": unit_id,
        "name": account.name,
        "kind": account.kind.value,
        "state": account.state.value,
        "line": account.line,
        "main": account.main,
        "key": account.key,
        "opened_from": account.opened_from,
        "opened_until": account.opened_until,
        "filed": filed,
        "filed_name": filed_name,
        "account_type": account.details.get("账号类型", "").strip(),
        "details": dict(account.details),
    }
    return Wanted(values, _since(account, values, rows, now))


def _since(
    account: Account, values: Mapping[str, Any], rows: Sequence[RowMapping], now: int
) -> int | None:
    """From when on a change holds; None where it corrects the stretch last known.

    待核 is a question, not a state: what answers it was so all along.
    """
    if not rows:
        return None if account.valid_from is None else day_start(account.valid_from)
    last = rows[-1]
    if account.valid_from is not None and account.valid_from != shanghai_day_of(last):
        return day_start(account.valid_from)
    if last["state"] == State.UNCHECKED.value:
        return None
    happened = any(values[name] != last[name] for name in EVENTS)
    return max(now, last["valid_from"]) if happened else None


def shanghai_day_of(revision: RowMapping | Mapping[str, Any]) -> Any:
    """The day a revision holds from; None where it has always held."""
    since = revision["valid_from"]
    return None if since == BEGINNING else shanghai_day(since)


def filing(details: Mapping[str, str]) -> tuple[bool | None, str]:
    """Whether a filing stands by the ledger's columns (None: it has none of them), and its name."""
    said = [details[column].strip() for column in FILING_COLUMNS if column in details]
    name = details.get("备案名称", "").strip()
    if not said:
        return None, name
    return any(number not in NOT_FILED for number in said), name
