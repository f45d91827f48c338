"""Units: the tree of police organs, one revision per change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, insert, select

from monitor.domain.errors import InputError
from monitor.domain.instants import BEGINNING, OPEN, day_start, shanghai_day
from monitor.domain.unit import Level, Unit
from monitor.record.revisions import Wanted, believed, revise
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

UNIT = METADATA.tables["unit"]
UNIT_REV = METADATA.tables["unit_rev"]


def all_units(tx: Reading) -> list[Unit]:
    """All units as believed today, in order of their codes."""
    codes = {row.id: row.code for row in tx.conn.execute(select(UNIT.c.id, UNIT.c.code))}
    units = [unit_of(rows[-1], codes) for rows in believed(tx, UNIT_REV).values()]
    return sorted(units, key=lambda unit: unit.code)


def by_id(tx: Reading, unit_id: int | None) -> Unit | None:
    """One unit as believed today; None where there is none."""
    rows = [] if unit_id is None else believed(tx, UNIT_REV, [unit_id]).get(unit_id, [])
    if not rows:
        return None
    ids = [unit_id, rows[-1]["parent_id"]]
    named = tx.conn.execute(select(UNIT.c.id, UNIT.c.code).where(UNIT.c.id.in_(ids)))
    return unit_of(rows[-1], {row.id: row.code for row in named})


def by_code(tx: Reading, code: str) -> Unit | None:
    """The unit with an organ code as believed today; None where there is none."""
    found = tx.conn.execute(select(UNIT.c.id).where(UNIT.c.code == code)).scalar()
    return by_id(tx, found)


def unit_of(row: RowMapping | Mapping[str, Any], codes: Mapping[int, str]) -> Unit:
    """The unit a revision states."""
    return Unit(
        code=codes[row["unit_id"]],
        name=row["name"],
        level=Level(row["level"]),
        parent_code=codes.get(row["parent_id"]),
        line=row["line"],
        region=row["region"],
        region_name=row["region_name"],
        county_name=row["county_name"],
        valid_from=_day(row["valid_from"], BEGINNING),
        valid_until=_day(row["valid_until"], OPEN),
        id=row["unit_id"],
        path=row["path"],
    )


def _day(second: int, never: int) -> date | None:
    return None if second == never else shanghai_day(second)


def save(tx: Writing, units: Sequence[Unit]) -> int:
    """Enter units, with those below them where a path moves; how many changed.

    InputError where a parent is not known, or a unit stands below itself.
    """
    known = {unit.code: unit for unit in all_units(tx)}
    merged = known | {unit.code: unit for unit in units}
    ids = _identify(tx, [unit.code for unit in units])
    paths: dict[str, str] = {}
    for code in merged:
        _trace(code, merged, ids, paths)
    given = {unit.code for unit in units}
    touched = {code for code in merged if code in given or paths[code] != known[code].path}
    wanted = {ids[code]: _wanted(merged[code], ids, paths[code]) for code in touched}
    return len(revise(tx, UNIT_REV, wanted))


def _identify(tx: Writing, codes: Sequence[str]) -> dict[str, int]:
    ids = {row.code: row.id for row in tx.conn.execute(select(UNIT.c.id, UNIT.c.code))}
    new = sorted(set(codes) - set(ids))
    if new:
        tx.conn.execute(insert(UNIT), [{"code": code} for code in new])
        ids = {row.code: row.id for row in tx.conn.execute(select(UNIT.c.id, UNIT.c.code))}
    return ids


def _trace(
    code: str, units: Mapping[str, Unit], ids: Mapping[str, int], paths: dict[str, str]
) -> None:
    """Fill in the paths of a unit and of those above it."""
    chain: list[str] = []
    at: str | None = code
    while at is not None and at not in paths:
        if at in chain:
            raise InputError(f"机构{code}是自己的上级", f"机构代码 {at}", "请更正上级机构代码")
        if at not in units:
            raise InputError(
                f"上级机构代码{at}不在机构表里", f"机构代码 {chain[-1]}", "请先导入上级机构"
            )
        chain.append(at)
        at = units[at].parent_code
    above = "/" if at is None else paths[at]
    for each in reversed(chain):
        above = paths[each] = f"{above}{ids[each]}/"


def _wanted(unit: Unit, ids: Mapping[str, int], path: str) -> Wanted:
    values = {
        "name": unit.name,
        "level": unit.level.value,
        "parent_id": None if unit.parent_code is None else ids[unit.parent_code],
        "path": path,
        "line": unit.line,
        "region": unit.region,
        "region_name": unit.region_name,
        "county_name": unit.county_name,
    }
    since = None if unit.valid_from is None else day_start(unit.valid_from)
    until = OPEN if unit.valid_until is None else day_start(unit.valid_until)
    return Wanted(values, since, until)
