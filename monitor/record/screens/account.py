"""账号: all that stands of one account: who it is, what was concluded, and what changed."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import select

from monitor.access.declared import shown
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.listing import ACCOUNT_DAY
from monitor.record.screens.scoping import (
    ACCOUNT,
    ACCOUNT_REV,
    held,
    may_see,
    may_see_results,
    visible,
)
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

FINDING: Final = METADATA.tables["finding"]
RULEBOOK: Final = METADATA.tables["rulebook"]
CHANGE: Final = METADATA.tables["change"]
UNIT_REV: Final = METADATA.tables["unit_rev"]


@dataclass(frozen=True, slots=True)
class Identity:
    """An account, its unit, and the moving figures of today; seconds, None where unknown."""

    account_id: int
    platform: str
    uid: str | None
    name: str
    kind: str
    state: str
    line: str
    main: bool
    key: bool
    opened_from: int | None
    opened_until: int | None
    details: dict[str, Any]
    unit_code: str
    unit_name: str
    level: str
    region_name: str
    county_name: str
    registered_at: int
    day: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Concluded:
    """One rule's open finding under one rulebook; `upper` marks 上级口径."""

    rulebook: str
    rulebook_version: int
    upper: bool
    rule: str
    rule_version: int
    outcome: str
    status: str
    status_max: str
    as_of: int
    cutoff: int | None
    silence_min: int | None
    silence_max: int | None
    grade: int | None
    breach_at: int | None
    sentence: str
    evidence: dict[str, Any]
    recorded_at: int


@dataclass(frozen=True, slots=True)
class Altered:
    """Something about an account became otherwise: at a second, what, from what, to what."""

    at: int
    what: str
    before: str
    after: str


@shown(Permission.SEE_ACCOUNTS)
def identity(tx: Reading, scope: Scope, now: int, account_id: int) -> Identity | None:
    """The account, or None where it does not exist or stands outside the scope."""
    seen = visible(tx, scope, now, ACCOUNT.c.id == account_id, official=False)
    row = tx.conn.execute(select(seen)).mappings().first()
    if row is None:
        return None
    names = set(Identity.__dataclass_fields__) - {"day"}
    day = tx.conn.execute(select(ACCOUNT_DAY).where(ACCOUNT_DAY.c.account_id == row["judged_id"]))
    today = day.mappings().first()
    return Identity(**{name: row[name] for name in names}, day=dict(today) if today else None)


@shown(Permission.SEE_ACCOUNTS)
def concluded(tx: Reading, scope: Scope, now: int, account_id: int) -> tuple[Concluded, ...]:
    """Open findings of the two rulebooks the account is judged by, 本厅口径 before 上级口径."""
    if not may_see_results(tx, scope, now, account_id):
        return ()
    upper = FINDING.c.rulebook_id == ACCOUNT_DAY.c.upper_rulebook_id
    own = FINDING.c.rulebook_id == ACCOUNT_DAY.c.rulebook_id
    rows = tx.conn.execute(
        select(
            FINDING,
            RULEBOOK.c.name.label("rulebook"),
            RULEBOOK.c.version.label("rulebook_version"),
            upper.label("upper"),
        )
        .join(RULEBOOK, RULEBOOK.c.id == FINDING.c.rulebook_id)
        .join(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == FINDING.c.account_id)
        .where(
            FINDING.c.account_id == account_id,
            FINDING.c.superseded_at == OPEN,
            upper | own,
        )
        .order_by(upper, FINDING.c.rule)
    )
    names = Concluded.__dataclass_fields__
    found = [Concluded(**{name: row[name] for name in names}) for row in rows.mappings()]
    return tuple(sorted(found, key=lambda each: (bool(each.upper), each.rule)))


@shown(Permission.SEE_ACCOUNTS)
def altered(tx: Reading, scope: Scope, now: int, account_id: int) -> tuple[Altered, ...]:
    """Changes of the registry and of the status, newest first; at most 100."""
    if not may_see(tx, scope, now, account_id):
        return ()
    concluded = [] if held(tx, scope, now) else _status_changes(tx, account_id)
    found = [*_revised(tx, account_id), *concluded]
    oldest_first = sorted(found, key=lambda each: each.at)
    return tuple(oldest_first[:-101:-1])


_TOLD: Final = {
    "name": "账号名称",
    "state": "账号状态",
    "kind": "账号归属",
    "line": "警种条线",
    "main": "主账号",
    "key": "重点账号",
    "unit_name": "主办单位",
}


def _revised(tx: Reading, account_id: int) -> list[Altered]:
    """What differs between one revision and the next, by the names people know."""
    unit = (
        select(UNIT_REV.c.name)
        .where(UNIT_REV.c.unit_id == ACCOUNT_REV.c.unit_id)
        .order_by(UNIT_REV.c.superseded_at.desc(), UNIT_REV.c.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = tx.conn.execute(
        select(ACCOUNT_REV, unit.label("unit_name"))
        .where(ACCOUNT_REV.c.account_id == account_id)
        .order_by(ACCOUNT_REV.c.recorded_at, ACCOUNT_REV.c.valid_from)
    ).mappings()
    revisions = [dict(row) for row in rows]
    found = [Altered(revisions[0]["recorded_at"] // 1_000_000, "登记入册", "", "")]
    for before, after in pairwise(revisions):
        found += _differences(before, after)
    return found


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[Altered]:
    at = after["recorded_at"] // 1_000_000
    found = [
        Altered(at, label, _say(before[name]), _say(after[name]))
        for name, label in _TOLD.items()
        if before[name] != after[name]
    ]
    older, newer = before["details"], after["details"]
    return found + [
        Altered(at, header, str(older.get(header, "")), str(newer.get(header, "")))
        for header in sorted({*older, *newer})
        if older.get(header, "") != newer.get(header, "")
    ]


def _say(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value or "")


def _status_changes(tx: Reading, account_id: int) -> list[Altered]:
    own = CHANGE.c.rulebook_id == ACCOUNT_DAY.c.rulebook_id
    rows = tx.conn.execute(
        select(CHANGE.c.at, CHANGE.c.rule, CHANGE.c.before, CHANGE.c.after)
        .join(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == CHANGE.c.account_id)
        .where(CHANGE.c.account_id == account_id, own)
        .order_by(CHANGE.c.at.desc())
        .limit(100)
    )
    return [Altered(row.at, f"状态({row.rule})", row.before, row.after) for row in rows]
