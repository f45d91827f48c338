"""催补函: what is missing of a result account by account, and the letters that ask for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import RowMapping, String, and_, cast, select, update

from monitor.domain.instants import OPEN, shanghai_day
from monitor.domain.owing import NAME, Letter, Owed
from monitor.domain.scheme import Cause
from monitor.record import asks
from monitor.record.asks import ASK
from monitor.record.rows import enter, next_serial
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

LETTER: Final = METADATA.tables["ask_letter"]
FACT: Final = METADATA.tables["assessment_fact"]
ROSTER: Final = METADATA.tables["assessment_roster"]
ACCOUNT: Final = METADATA.tables["account"]
REV: Final = METADATA.tables["account_rev"]
LACKS: Final = (Cause.SYSTEM.value, Cause.UNIT.value)
"""What a unit may be asked for: once it was asked, a gap of the first kind becomes the second."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it is entered: its number is drawn before, so that the words may bear it."""

    unit_id: int
    accounts: tuple[int, ...]
    facts: str
    sha256: str
    template: str
    due_at: int


def lacking(tx: Reading, assessment_id: int) -> list[Owed]:
    """What the frozen facts of an assessment lack of accounts, by unit and account."""
    query = (
        select(
            *(ROSTER.c.unit_id, ROSTER.c.unit, ROSTER.c.name.label("unit_name"), ROSTER.c.path),
            *(FACT.c.account, FACT.c.measure, FACT.c.note, ACCOUNT.c.platform),
        )
        .join(
            ROSTER,
            and_(ROSTER.c.assessment_id == FACT.c.assessment_id, ROSTER.c.unit == FACT.c.unit),
        )
        .outerjoin(ACCOUNT, cast(ACCOUNT.c.id, String) == FACT.c.account)
        .where(
            FACT.c.assessment_id == assessment_id,
            FACT.c.account.is_not(None),
            FACT.c.cause.in_(LACKS),
        )
        .order_by(ROSTER.c.unit, FACT.c.account, FACT.c.id)
    )
    found: dict[tuple[str, str], list[RowMapping]] = defaultdict(list)
    for row in tx.conn.execute(query).mappings():
        if str(row["account"]).isdecimal():
            found[row["unit"], row["account"]].append(row)
    names = _names(tx, {int(account) for _, account in found})
    return [_owed(rows, names) for rows in found.values()]


def _names(tx: Reading, accounts: set[int]) -> Mapping[int, str]:
    query = select(REV.c.account_id, REV.c.name).where(
        REV.c.account_id.in_(accounts), REV.c.superseded_at == OPEN, REV.c.valid_until == OPEN
    )
    return {row.account_id: row.name for row in tx.conn.execute(query)}


def _owed(rows: Sequence[RowMapping], names: Mapping[int, str]) -> Owed:
    first, account = rows[0], int(rows[0]["account"])
    notes = dict.fromkeys(row["note"] or "" for row in rows)
    return Owed(
        *(first["unit_id"], first["unit"], first["unit_name"], first["path"], account),
        names.get(account, f"账号{account}"),
        first["platform"] or "",
        tuple(row["measure"] for row in rows),
        "；".join(filter(None, notes)),
    )


def next_number(tx: Writing) -> tuple[int, int, str]:
    """(year, serial, number) of the next letter, to be used in this very transaction."""
    year = shanghai_day(tx.second).year
    serial = next_serial(tx, LETTER, year=year)
    return year, serial, f"{NAME}〔{year}〕{serial:03d}号"


def issue(
    tx: Writing, period: str, number: tuple[int, int, str], written: Written, by: int | None
) -> int:
    """Enter a letter, and what it asks of each account from now on; its id."""
    letter_id = enter(
        tx,
        LETTER,
        period=period,
        unit_id=written.unit_id,
        year=number[0],
        serial=number[1],
        number=number[2],
        accounts=list(written.accounts),
        facts=written.facts,
        sha256=written.sha256,
        template=written.template,
        issued_by=by,
        issued_at=tx.second,
        due_at=written.due_at,
        recorded_at=tx.stamp,
    )
    for account in written.accounts:
        paper = (number[2], tx.second)
        asks.enter(tx, period, written.unit_id, ("", account), paper, by)
    return letter_id


def withdraw(tx: Writing, letter: Letter) -> bool:
    """Take a letter back, and what it asked; False where it was taken back before."""
    done = tx.conn.execute(
        update(LETTER)
        .where(LETTER.c.id == letter.id, LETTER.c.withdrawn_at == OPEN)
        .values(withdrawn_at=tx.stamp)
    )
    mine = (ASK.c.period == letter.period, ASK.c.unit_id == letter.unit_id)
    rows = select(ASK.c.id).where(*mine, ASK.c.paper == letter.number)
    for ask_id in list(tx.conn.execute(rows).scalars()):
        asks.withdraw(tx, ask_id)
    return done.rowcount == 1


def get(tx: Reading, letter_id: int) -> Letter | None:
    """One letter; None where there is none."""
    row = tx.conn.execute(select(LETTER).where(LETTER.c.id == letter_id)).mappings().first()
    return None if row is None else _letter(row)


def of_period(tx: Reading, period: str) -> list[Letter]:
    """All letters of a period, the oldest first, those taken back too."""
    query = select(LETTER).where(LETTER.c.period == period).order_by(LETTER.c.id)
    return [_letter(row) for row in tx.conn.execute(query).mappings()]


def _letter(row: Mapping[Any, Any]) -> Letter:
    names = ("id", "period", "unit_id", "number", "facts", "sha256", "template")
    more = ("issued_at", "due_at", "withdrawn_at")
    accounts = tuple(int(each) for each in row["accounts"] or ())
    return Letter(accounts=accounts, **{name: row[name] for name in (*names, *more)})
