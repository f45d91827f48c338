"""What a case stands on, frozen: findings under both rulebooks, last post, coverage; as text."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import RowMapping, func, select

from monitor.domain.case import Problem
from monitor.domain.finding import UPDATE_RULE, Outcome
from monitor.domain.instants import OPEN
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ACCOUNT = METADATA.tables["account"]
FALLBACK = METADATA.tables["rule_fallback"]
FINDING = METADATA.tables["finding"]
RULEBOOK = METADATA.tables["rulebook"]
DAY = METADATA.tables["account_day"]
COVERAGE = METADATA.tables["coverage"]
REVOKED = METADATA.tables["coverage_revocation"]
LOOK = METADATA.tables["look"]
POST = METADATA.tables["post"]
POST_KEY = METADATA.tables["post_key"]
STRETCHES: Final = 50
_CANON: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Frozen:
    """The problems of an account, and the text of what they stand on with its hash."""

    problems: tuple[Problem, ...]
    facts: str
    sha256: str


def canonical(values: Mapping[str, Any]) -> Frozen:
    """Plain values as one text that is always the same, without problems."""
    text = _CANON(dict(values))
    return Frozen((), text, sha256(text.encode()).hexdigest())


def freeze(tx: Reading, account_id: int, recorded: int) -> Frozen:
    """Everything that fails of an account under 本厅口径 or 上级口径, as known now; no problem at
    all where nothing does. `recorded` is the second it is frozen at."""
    day = tx.conn.execute(select(DAY).where(DAY.c.account_id == account_id)).mappings().first()
    if day is None:
        return canonical({"account_id": account_id})
    rows = _findings(tx, account_id, (day["rulebook_id"], day["upper_rulebook_id"]))
    hints = _hints(tx, account_id)
    failing = [row for row in rows if row["rule"] not in hints]
    problems = tuple(_problems(failing, day["rulebook_id"], day["sentence"]))
    kept = canonical(
        {
            "account_id": account_id,
            "as_of": day["as_of"],
            "known_at": day["known_at"],
            "frozen_at": recorded,
            "coverage": _coverage(tx, account_id),
            "findings": [_plain(row) for row in rows],
            "last_post": _last_post(tx, account_id),
            "silence": [day["silence_min"], day["silence_max"]],
        }
    )
    return Frozen(problems, kept.facts, kept.sha256)


def _hints(tx: Reading, account_id: int) -> frozenset[str]:
    """Rules that erred too often on the account's platform: they conclude, and open no case."""
    platform = select(ACCOUNT.c.platform).where(ACCOUNT.c.id == account_id).scalar_subquery()
    standing = (FALLBACK.c.until.is_(None), FALLBACK.c.platform == platform)
    return frozenset(tx.conn.execute(select(FALLBACK.c.rule).where(*standing)).scalars())


def looked_at(tx: Reading, account_id: int) -> int | None:
    """When somebody or something last looked at an account with proof (seconds)."""
    revoked = select(REVOKED.c.coverage_id)
    proven = select(func.max(COVERAGE.c.looked_at)).where(
        COVERAGE.c.account_id == account_id, COVERAGE.c.id.not_in(revoked)
    )
    looked = select(func.max(LOOK.c.looked_until)).where(LOOK.c.account_id == account_id)
    found = [tx.conn.execute(query).scalar() for query in (proven, looked)]
    return max((each for each in found if each is not None), default=None)


def judged(tx: Reading, account_id: int) -> tuple[int, str] | None:
    """As of which second an account was last judged, and how; None where it never was."""
    row = tx.conn.execute(
        select(DAY.c.as_of, DAY.c.outcome).where(DAY.c.account_id == account_id)
    ).first()
    return None if row is None else (int(row.as_of), str(row.outcome))


def _findings(tx: Reading, account_id: int, books: tuple[int, int]) -> list[RowMapping]:
    rows = tx.conn.execute(
        select(FINDING, RULEBOOK.c.name.label("book"), RULEBOOK.c.version.label("book_version"))
        .join(RULEBOOK, RULEBOOK.c.id == FINDING.c.rulebook_id)
        .where(
            FINDING.c.account_id == account_id,
            FINDING.c.superseded_at == OPEN,
            FINDING.c.rulebook_id.in_(books),
        )
        .order_by(FINDING.c.rule, FINDING.c.id)
    )
    return list(rows.mappings())


def _problems(rows: Iterable[RowMapping], own_book: int, today: str) -> list[Problem]:
    """One line for each rule that fails by either book; what is held for a person is none yet."""
    by_rule: dict[str, dict[bool, RowMapping]] = {}
    for row in rows:
        by_rule.setdefault(row["rule"], {})[row["rulebook_id"] == own_book] = row
    return [
        _problem(rule, pair, today if rule == UPDATE_RULE else "")
        for rule, pair in by_rule.items()
        if any(each["outcome"] == Outcome.FAIL and not each["held"] for each in pair.values())
    ]


def _problem(rule: str, pair: Mapping[bool, RowMapping], today: str) -> Problem:
    own, upper = pair.get(True), pair.get(False)
    first = own if own is not None and own["outcome"] == Outcome.FAIL else upper or own
    if first is None:
        raise LookupError(rule)
    return Problem(
        kind=first["status"] if rule == UPDATE_RULE and first["status"] else rule,
        sentence=(today if first is own and today else first["sentence"]),
        upper=_said(upper),
        own=_said(own),
        finding_id=first["id"],
    )


def _said(row: RowMapping | None) -> str:
    if row is None:
        return ""
    told = row["status"]
    return row["outcome"] if told in ("", row["outcome"]) else f"{row['outcome']}({told})"


def _plain(row: RowMapping) -> dict[str, Any]:
    names = ("id", "rule", "rule_version", "book", "book_version", "as_of", "known_at", "outcome")
    more = ("status", "status_max", "cutoff", "silence_min", "silence_max", "grade", "breach_at")
    return {name: row[name] for name in (*names, *more, "evidence", "sentence")}


def _coverage(tx: Reading, account_id: int) -> list[dict[str, Any]]:
    """The newest stretches that stand, the last first."""
    columns = ("id", "route_id", "a", "b", "grade", "looked_at", "recorded_at")
    rows = tx.conn.execute(
        select(*(COVERAGE.c[name] for name in columns))
        .where(
            COVERAGE.c.account_id == account_id,
            COVERAGE.c.id.not_in(select(REVOKED.c.coverage_id)),
        )
        .order_by(COVERAGE.c.b.desc(), COVERAGE.c.id.desc())
        .limit(STRETCHES)
    )
    return [dict(row) for row in rows.mappings()]


def _last_post(tx: Reading, account_id: int) -> dict[str, Any] | None:
    row = (
        tx.conn.execute(
            select(POST.c.published_from, POST.c.published_until, POST_KEY.c.title, POST_KEY.c.url)
            .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
            .where(POST.c.account_id == account_id, POST.c.superseded_at == OPEN)
            .order_by(POST.c.published_until.desc(), POST.c.key_id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else dict(row)
