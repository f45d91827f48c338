"""Forms sent to units and what became of them: 未交, 已交, 有误."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from monitor.domain.form import Form, FormState, Round
from monitor.domain.unit import Unit
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA
from monitor.record.units import all_units

ROUND = METADATA.tables["form_round"]
FORM = METADATA.tables["form"]


def open_round(tx: Writing, title: str, level: str, due_at: int, by: int | None) -> int:
    """Begin a distribution; its id. `due_at` in seconds."""
    return enter(tx, ROUND, title=title, level=level, due_at=due_at, recorded_at=tx.stamp, by=by)


def add(tx: Writing, round_id: int, tokens: Mapping[int, str]) -> None:
    """One form for each unit id, with the token hidden in it."""
    tx.conn.execute(
        insert(FORM),
        [
            {
                "round_id": round_id,
                "unit_id": unit_id,
                "token": token,
                "state": FormState.OUT.value,
                "accounts": 0,
                "problems": [],
                "file": "",
                "sha256": "",
            }
            for unit_id, token in tokens.items()
        ],
    )


def rounds(tx: Reading) -> list[Round]:
    """All distributions, the newest first."""
    rows = tx.conn.execute(select(ROUND).order_by(ROUND.c.id.desc())).mappings()
    return [
        Round(row["id"], row["title"], row["level"], row["due_at"], row["recorded_at"] // 1_000_000)
        for row in rows
    ]


def of_round(tx: Reading, round_id: int | None) -> list[Form]:
    """The forms of one distribution (None: of all) in order of their units' codes."""
    query = select(FORM)
    if round_id is not None:
        query = query.where(FORM.c.round_id == round_id)
    units = {each.id: each for each in all_units(tx)}
    rows = tx.conn.execute(query.order_by(FORM.c.id)).mappings()
    found = [_form(row, units[row["unit_id"]]) for row in rows if row["unit_id"] in units]
    return sorted(found, key=lambda each: (each.unit_code, each.id))


def one(tx: Reading, form_id: int) -> Form | None:
    """One form; None where there is none, or its unit is no more."""
    round_id = tx.conn.execute(select(FORM.c.round_id).where(FORM.c.id == form_id)).scalar()
    if round_id is None:
        return None
    return next((each for each in of_round(tx, round_id) if each.id == form_id), None)


def returned(
    tx: Writing, form: Form, file: str, sha256: str, accounts: int, problems: Sequence[str]
) -> None:
    """Write down what came back: 有误 where it has problems, else 已交."""
    state = FormState.FAULTY if problems else FormState.RETURNED
    tx.conn.execute(
        update(FORM)
        .where(FORM.c.id == form.id)
        .values(
            state=state.value,
            accounts=accounts,
            problems=list(problems),
            file=file,
            sha256=sha256,
            returned_at=tx.second,
        )
    )


def _form(row: RowMapping | Mapping[str, Any], unit: Unit) -> Form:
    return Form(
        id=row["id"],
        round_id=row["round_id"],
        unit_id=row["unit_id"],
        unit_code=unit.code,
        unit_name=unit.name,
        region_name=unit.region_name,
        path=unit.path,
        token=row["token"],
        state=FormState(row["state"]),
        accounts=row["accounts"],
        problems=tuple(row["problems"] or ()),
        file=row["file"],
        returned_at=row["returned_at"],
    )
