"""Scope in SQL: which accounts a person may see, decided once for every screen."""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Subquery,
    Table,
    and_,
    cast,
    false,
    func,
    null,
    or_,
    select,
)

from monitor.access.declared import shown
from monitor.domain.account import Kind
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import officers
from monitor.record.office_settings import trial_until
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ACCOUNT: Final = METADATA.tables["account"]
ACCOUNT_REV: Final = METADATA.tables["account_rev"]
UNIT: Final = METADATA.tables["unit"]
UNIT_REV: Final = METADATA.tables["unit_rev"]


def below(tx: Reading, path: ColumnElement[Any], root: str) -> ColumnElement[bool]:
    """Paths in the sub-tree of `root`, as a range of texts that an index can answer.

    '0' follows '/' among the characters, so '/42/' <= path < '/420' is that sub-tree and no other.
    PostgreSQL compares by character only with the pattern operators, whatever its collation is.
    """
    after = root[:-1] + "0"
    if tx.sqlite:
        return and_(path >= root, path < after)
    return and_(path.op("~>=~")(root), path.op("~<~")(after))


def within(
    tx: Reading, scope: Scope, path: ColumnElement[Any], lines: tuple[ColumnElement[Any], ...]
) -> ColumnElement[bool]:
    """Sub-trees united with lines (条块结合); an empty scope is true of nothing."""
    branches = [below(tx, path, root) for root in sorted(scope.paths)]
    if scope.lines:
        branches += [line.in_(sorted(scope.lines)) for line in lines]
    return or_(false(), *branches)


def present(table: Table, key: str, now: int) -> ColumnElement[bool]:
    """The revision in force: of the open ones that have begun, the one that began last.

    One whose validity has ended is still the last word: an account of a unit that was dissolved
    must not vanish from sight.
    """
    later = table.alias()
    open_ones = select(later.c[key]).where(*_begun(later, now))
    newest = (
        select(func.max(later.c.valid_from))
        .where(later.c[key] == table.c[key], *_begun(later, now))
        .scalar_subquery()
    )
    # Hardly anything has two open revisions: only those few are worth a look of their own.
    several = open_ones.group_by(later.c[key]).having(func.count() > 1)
    return and_(
        *_begun(table, now),
        or_(table.c[key].not_in(several), table.c.valid_from == newest),
    )


def _begun(table: Any, now: int) -> tuple[ColumnElement[bool], ...]:
    return (table.c.superseded_at == OPEN, table.c.valid_from <= now)


def visible(
    tx: Reading,
    scope: Scope,
    now: int,
    *conditions: ColumnElement[bool],
    official: bool = True,
    register: bool = False,
) -> Subquery:
    """The accounts of a scope with their unit, one row each, as the registry stands at `now`.

    `official` leaves out officers' personal accounts: they enter no total and no list. Without it
    those come along that joined and whose papers hold; `register` asks for all of them.
    What was judged of an account is joined by `judged_id`, never by `account_id`: it is NULL while
    the trial period keeps results from this scope.
    """
    judged = cast(null(), BigInteger) if held(tx, scope, now) else ACCOUNT.c.id
    return (
        select(*_columns(judged))
        .join(ACCOUNT_REV, ACCOUNT_REV.c.account_id == ACCOUNT.c.id)
        .join(UNIT_REV, UNIT_REV.c.unit_id == ACCOUNT_REV.c.unit_id)
        .join(UNIT, UNIT.c.id == UNIT_REV.c.unit_id)
        .where(
            present(ACCOUNT_REV, "account_id", now),
            present(UNIT_REV, "unit_id", now),
            within(tx, scope, UNIT_REV.c.path, (ACCOUNT_REV.c.line, UNIT_REV.c.line)),
            *_kinds(now, official=official, register=register),
            *conditions,
        )
        .subquery("seen")
    )


def _columns(judged: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    return (
        ACCOUNT.c.id.label("account_id"),
        judged.label("judged_id"),
        *(ACCOUNT.c[name] for name in ("platform", "uid", "registered_at")),
        *(ACCOUNT_REV.c[name] for name in _ACCOUNT_COLUMNS),
        UNIT.c.code.label("unit_code"),
        UNIT_REV.c.name.label("unit_name"),
        UNIT_REV.c.line.label("unit_line"),
        *(UNIT_REV.c[name] for name in _UNIT_COLUMNS),
    )


def _kinds(now: int, *, official: bool, register: bool) -> tuple[ColumnElement[bool], ...]:
    if official:
        return (ACCOUNT_REV.c.kind == Kind.OFFICIAL,)
    return () if register else (officers.shown(ACCOUNT_REV.c.kind, ACCOUNT.c.id, now),)


@shown(Permission.SEE_ACCOUNTS)
def may_see(tx: Reading, scope: Scope, now: int, account_id: int) -> bool:
    """Whether one account, official or not, stands in the scope."""
    seen = visible(tx, scope, now, ACCOUNT.c.id == account_id, official=False)
    return tx.conn.execute(select(seen.c.account_id)).first() is not None


@shown(Permission.SEE_ACCOUNTS)
def may_see_results(tx: Reading, scope: Scope, now: int, account_id: int) -> bool:
    """Whether what was judged of one account may be shown to the scope at `now`."""
    return may_see(tx, scope, now, account_id) and not held(tx, scope, now)


@shown(Permission.PATROL)
def anything(tx: Reading, scope: Scope, now: int) -> bool:
    """Whether any official account stands in the scope."""
    seen = visible(tx, scope, now)
    return tx.conn.execute(select(seen.c.account_id).limit(1)).first() is not None


@shown(Permission.SEE_CASES)
def regions(tx: Reading, scope: Scope, now: int) -> dict[str, str]:
    """The prefectures whose accounts stand in the scope, names by code."""
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(select(seen.c.region, seen.c.region_name).distinct()).all()
    return {code: name for code, name in sorted((row[0], row[1]) for row in rows) if code}


@shown()
def held(tx: Reading, scope: Scope, now: int) -> bool:
    """Whether the trial period (试运行) keeps results from a scope: from all but the department."""
    return trial_until(tx, now) is not None and not sees_all(tx, scope, now)


@shown()
def sees_all(tx: Reading, scope: Scope, now: int) -> bool:
    """Whether the scope holds every root of the tree: then the whole house is its matter."""
    roots = select(UNIT_REV.c.unit_id).where(
        UNIT_REV.c.parent_id.is_(None), present(UNIT_REV, "unit_id", now)
    )
    inside = roots.where(within(tx, Scope(paths=scope.paths), UNIT_REV.c.path, ()))
    found = set(tx.conn.execute(roots).scalars())
    return bool(found) and found == set(tx.conn.execute(inside).scalars())


_ACCOUNT_COLUMNS: Final = (
    *("unit_id", "name", "kind", "state", "line", "main", "key"),
    *("opened_from", "opened_until", "details"),
)
_UNIT_COLUMNS: Final = ("level", "path", "region", "region_name", "county_name")
