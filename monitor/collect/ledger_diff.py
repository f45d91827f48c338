"""A ledger held against the registry: 新增, 变更(旧值→新值), 无变化, 上次有本次没有."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from monitor.collect.files import moments
from monitor.collect.ledger_columns import KEY, KIND, LINE, MAIN, NAME, OPENED, STATE, UID, UNIT
from monitor.collect.ledger_rows import LedgerRow
from monitor.collect.ledger_units import Units
from monitor.domain.account import Account, Kind, State, platform_of
from monitor.domain.contact import hidden
from monitor.domain.loading import Alteration, LedgerDiff, RowProblem
from monitor.domain.scope import Scope
from monitor.domain.unit import Unit

GONE: Final = frozenset({State.CLOSED, State.REMOVED})
"""Accounts a new ledger need not name any more."""


class File(Protocol):
    """What a diff needs of a ledger that was read."""

    @property
    def rows(self) -> Sequence[LedgerRow]:
        """Its good rows."""

    @property
    def problems(self) -> Sequence[RowProblem]:
        """What is wrong with the others."""

    @property
    def refused(self) -> frozenset[tuple[str, str]]:
        """(platform, name) as written of the others."""


def compare(
    file: File,
    known: Sequence[Account],
    units: Sequence[Unit],
    *,
    register: bool = False,
    within: Scope | None = None,
) -> LedgerDiff:
    """What saving the ledger would do to the registry.

    A blank cell or an absent column says nothing and leaves the registry as it is. With `register`
    an account that is new and whose state the file does not say enters as 待核, else as 在用.
    `within` is what the file speaks for, say one city: a row of a unit or an account beyond it is
    refused, and an official account there that the file does not name is absent; without it,
    accounts of the units that the file names are.
    """
    named = Units(units, within)
    diff = _Diff(_Known(known), named, State.UNCHECKED if register else State.ACTIVE)
    covered = diff.covered if within is None else named.codes
    for row in file.rows:
        diff.take(row)
    refused = {(platform_of(platform), name) for platform, name in file.refused}
    return LedgerDiff(
        added=tuple(diff.added),
        changed=tuple(diff.changed),
        unchanged=tuple(diff.unchanged),
        absent=tuple(
            each
            for each in known
            if each.unit_code in covered
            and each.id not in diff.met
            and each.state not in GONE
            # An officer's account leaves lists with his consent; its own register asks for it.
            and each.kind is Kind.OFFICIAL
            and (each.platform, each.name) not in refused
        ),
        problems=(*file.problems, *diff.problems),
    )


class _Known:
    """Known accounts by what a row may call them."""

    def __init__(self, known: Sequence[Account]) -> None:
        self._by_ref = {each.id: each for each in known if each.id is not None}
        self._by_uid = {(each.platform, each.uid): each for each in known if each.uid}
        self._by_name = {(each.platform, each.name, each.unit_code): each for each in known}

    def find(self, row: LedgerRow, unit: Unit) -> Account | None:
        """By our own number; by id; else by platform, name and unit unless their ids differ."""
        sent = self._by_ref.get(row.ref) if row.ref is not None else None
        if sent is not None and sent.platform == row.platform:
            return sent
        if row.uid is not None and (row.platform, row.uid) in self._by_uid:
            return self._by_uid[row.platform, row.uid]
        same = self._by_name.get((row.platform, row.name, unit.code))
        if same is not None and row.uid is not None and same.uid is not None:
            return None
        return same


class _Diff:
    """The diff while rows are taken in."""

    def __init__(self, known: _Known, units: Units, fresh: State) -> None:
        self.added: list[Account] = []
        self.changed: list[tuple[Account, tuple[Alteration, ...]]] = []
        self.unchanged: list[Account] = []
        self.problems: list[RowProblem] = []
        self.covered: set[str] = set()
        self.met: dict[int | None, LedgerRow] = {}
        self._known = known
        self._units = units
        self._fresh = fresh

    def take(self, row: LedgerRow) -> None:
        """Sort one row into the diff."""
        unit = self._units.find(row)
        if isinstance(unit, RowProblem):
            self.problems.append(unit)
            return
        self.covered.add(unit.code)
        before = self._known.find(row, unit)
        if before is None:
            self.added.append(_merged(_blank(row, unit, self._fresh), row, unit))
            return
        if not self._units.holds(before.unit_code):
            self.problems.append(_elsewhere(row, self._units.name(before.unit_code)))
            return
        if before.id in self.met:
            earlier = self.met[before.id].row
            expected = f"不重复的账号(与第{earlier}行是同一账号“{before.name}”)"
            self.problems.append(RowProblem(row.sheet, row.row, NAME, row.name, expected))
            return
        self.met[before.id] = row
        after = _merged(before, row, unit)
        altered = tuple(self._alterations(before, after))
        if altered:
            self.changed.append((after, altered))
        else:
            self.unchanged.append(before)

    def _alterations(self, before: Account, after: Account) -> Iterator[Alteration]:
        old, new = self._shown(before), self._shown(after)
        for column in {**old, **new}:
            if old.get(column, "") != new.get(column, ""):
                yield Alteration(column, old.get(column, ""), new.get(column, ""))

    def _shown(self, account: Account) -> Mapping[str, str]:
        """An account as a ledger would write it, column by column."""
        return {
            NAME: account.name,
            UID: account.uid or "",
            UNIT: self._units.name(account.unit_code),
            LINE: account.line,
            KIND: account.kind.value,
            MAIN: "是" if account.main else "否",
            KEY: "是" if account.key else "否",
            OPENED: _opened(account),
            STATE: account.state.value,
            **account.details,
        }


def _elsewhere(row: LedgerRow, owner: str) -> RowProblem:
    expected = f"本表范围内的账号(该账号在台账中属于“{owner}”,划转请由上级办理)"
    column, value = (UID, row.uid) if row.uid else (NAME, row.name)
    return RowProblem(row.sheet, row.row, column, value, expected)


def _opened(account: Account) -> str:
    if account.opened_from is None or account.opened_until is None:
        return ""
    return moments.say_period((account.opened_from, account.opened_until))


def _blank(row: LedgerRow, unit: Unit, state: State) -> Account:
    """An account of which nothing is known but what it must have."""
    return Account(row.platform, row.name, unit.code, state=state, line=unit.line, unit_id=unit.id)


def _merged(before: Account, row: LedgerRow, unit: Unit) -> Account:
    """The account as the row states it; what the row does not say stays."""
    opened = row.opened or (before.opened_from, before.opened_until)
    moved = before.unit_code != unit.code
    return replace(
        before,
        name=row.name,
        unit_code=unit.code,
        unit_id=unit.id if moved else before.unit_id,
        uid=row.uid or before.uid,
        kind=row.kind or before.kind,
        state=row.state or before.state,
        line=before.line if row.line is None else row.line,
        main=before.main if row.main is None else row.main,
        key=before.key if row.key is None else row.key,
        opened_from=opened[0],
        opened_until=opened[1],
        details={**before.details, **_new_words(before, row)},
    )


def _new_words(before: Account, row: LedgerRow) -> dict[str, str]:
    """What the row says of details; a number we hid in our own export is no new word."""
    return {
        column: text
        for column, text in row.details.items()
        if text != hidden(before.details.get(column, ""))
    }
