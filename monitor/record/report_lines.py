"""Report lines: what units said week by week; a later version supersedes, two editors are told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from sqlalchemy import RowMapping, Select, insert, select, update

from monitor.domain.instants import OPEN
from monitor.domain.report_line import ReportLine, StopReason, Words
from monitor.record.staging import chunks
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

REPORT_LINE = METADATA.tables["report_line"]
ACCOUNT = METADATA.tables["account"]
FIELDS: Final = tuple(each.name for each in fields(ReportLine))
AT_ONCE: Final = 500
"""Accounts asked for by one statement: a statement takes so many values and no more."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote: a person who signed in, a receipt link, or neither: a file at the machine."""

    person_id: int | None = None
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be saved on top of `version` (0: there was none). `line` None keeps it a draft."""

    account_id: int
    week: str
    words: Words
    version: int
    line: ReportLine | None = None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line as it stands. `recorded_at` in microseconds."""

    account_id: int
    words: Mapping[str, str]
    version: int
    submitted: bool
    recorded_at: int


@dataclass(frozen=True, slots=True)
class Submitted:
    """A line that counts, and since when (seconds)."""

    line: ReportLine
    at: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: ids written, ids that were so already, and who was there first."""

    written: tuple[int, ...] = ()
    same: tuple[int, ...] = ()
    clashes: Mapping[int, KeptLine] = field(default_factory=dict)


def standing(tx: Reading, week: str, ids: Collection[int]) -> dict[int, KeptLine]:
    """The newest version of each account's line in a week, draft or not."""
    newest = select(REPORT_LINE).where(
        REPORT_LINE.c.week == week, REPORT_LINE.c.superseded_at == OPEN
    )
    wanted = set(ids)
    return {
        row["account_id"]: _kept(row)
        for row in tx.conn.execute(newest).mappings()
        if row["account_id"] in wanted
    }


def submitted(tx: Reading, week: str, ids: Collection[int]) -> dict[int, Submitted]:
    """The line each account stands by in a week: the last one submitted, whatever was drafted."""
    return _last(tx, select(REPORT_LINE).where(REPORT_LINE.c.week == week), ids)


def before(tx: Reading, week: str, ids: Collection[int]) -> dict[int, dict[str, str]]:
    """What was typed in each account's last submitted line of an earlier week.

    One row is read for each account, however many weeks it has reported.
    """
    earlier, own = REPORT_LINE.alias("earlier"), REPORT_LINE.c.account_id
    newest = (
        select(earlier.c.id)
        .where(earlier.c.account_id == ACCOUNT.c.id, earlier.c.week < week, earlier.c.submitted)
        .order_by(earlier.c.week.desc(), earlier.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    found: dict[int, dict[str, str]] = {}
    for part in chunks(sorted(ids), AT_ONCE):
        last = select(newest).select_from(ACCOUNT).where(ACCOUNT.c.id.in_(part))
        rows = tx.conn.execute(select(own, REPORT_LINE.c.words).where(REPORT_LINE.c.id.in_(last)))
        found |= {row.account_id: dict(row.words) for row in rows}
    return found


def of_account(tx: Reading, account_id: int, weeks: int) -> list[Submitted]:
    """The lines an account stands by, the newest week first."""
    rows = tx.conn.execute(
        select(REPORT_LINE)
        .where(REPORT_LINE.c.account_id == account_id, REPORT_LINE.c.submitted)
        .order_by(REPORT_LINE.c.week, REPORT_LINE.c.version)
    ).mappings()
    by_week = {row["week"]: _submitted(row) for row in rows}
    return [by_week[week] for week in sorted(by_week, reverse=True)[:weeks]]


def newest_id(tx: Reading, week: str, account_id: int) -> int | None:
    """The row an account's line of a week stands in; None where there is none."""
    found = select(REPORT_LINE.c.id).where(
        REPORT_LINE.c.week == week,
        REPORT_LINE.c.account_id == account_id,
        REPORT_LINE.c.superseded_at == OPEN,
    )
    return tx.conn.execute(found).scalar()


def save(tx: Writing, entries: Sequence[Entry], author: Author, key: str) -> Outcome:
    """Write the lines nobody else has written meanwhile; `key` names the sending.

    A line on top of a version that is no longer the newest is not written: it clashes, unless it
    says the same.
    """
    weeks = {each.week for each in entries}
    known = {week: standing(tx, week, [e.account_id for e in entries]) for week in weeks}
    written: list[Entry] = []
    same: list[int] = []
    clashes: dict[int, KeptLine] = {}
    for each in entries:
        there = known[each.week].get(each.account_id)
        alike = _alike(there.words if there else None, each.words)
        if there is None:
            written.append(replace(each, version=0))
        elif alike and (there.submitted or each.line is None):
            same.append(each.account_id)
        elif alike or there.version == each.version:
            written.append(replace(each, version=there.version))
        else:
            clashes[each.account_id] = there
    _write(tx, written, author, key)
    return Outcome(tuple(each.account_id for each in written), tuple(same), clashes)


def _alike(one: Words | None, other: Words) -> bool:
    """Whether two lines say the same, blanks aside."""
    if one is None:
        return False
    return {k: v for k, v in one.items() if v} == {k: v for k, v in other.items() if v}


def _key(key: str, entry: Entry) -> str:
    """One sending of one line: a draft and its submission are two."""
    kind = "d" if entry.line is None else "s"
    return f"{key}:{kind}:{entry.week}:{entry.account_id}"


def _write(tx: Writing, entries: Sequence[Entry], author: Author, key: str) -> None:
    for each in entries:
        tx.conn.execute(
            update(REPORT_LINE)
            .where(
                REPORT_LINE.c.account_id == each.account_id,
                REPORT_LINE.c.week == each.week,
                REPORT_LINE.c.superseded_at == OPEN,
            )
            .values(superseded_at=tx.stamp)
        )
    rows = [
        {
            **_values(each),
            "version": each.version + 1,
            "save_key": _key(key, each),
            "person_id": author.person_id,
            "link_id": author.link_id,
            "recorded_at": tx.stamp,
            "superseded_at": OPEN,
        }
        for each in entries
    ]
    if rows:
        tx.conn.execute(insert(REPORT_LINE), rows)


def _values(entry: Entry) -> dict[str, Any]:
    line = entry.line or ReportLine(entry.account_id, entry.week)
    said = {name: getattr(line, name) for name in FIELDS}
    said["reason"] = line.reason.value if line.reason else None
    return {**said, "submitted": entry.line is not None, "words": dict(entry.words)}


def _last(tx: Reading, query: Select[Any], ids: Collection[int]) -> dict[int, Submitted]:
    wanted = set(ids)
    rows = tx.conn.execute(
        query.where(REPORT_LINE.c.submitted).order_by(REPORT_LINE.c.version)
    ).mappings()
    return {row["account_id"]: _submitted(row) for row in rows if row["account_id"] in wanted}


def _kept(row: RowMapping) -> KeptLine:
    return KeptLine(
        row["account_id"], row["words"], row["version"], row["submitted"], row["recorded_at"]
    )


def _submitted(row: RowMapping) -> Submitted:
    said = {name: row[name] for name in FIELDS}
    said["reason"] = StopReason(row["reason"]) if row["reason"] else None
    return Submitted(ReportLine(**said), row["recorded_at"] // 1_000_000)
