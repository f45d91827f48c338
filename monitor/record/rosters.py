"""The duty roster and the liaisons: read and written by unit; phones are contacts of their own."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, select, update

from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.duty import Duty, Liaison, Part, Phones
from monitor.domain.errors import Conflict
from monitor.domain.unit import Unit
from monitor.record import contacts
from monitor.record.contacts import Given
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA
from monitor.record.units import all_units
from monitor.record.vault import Vault

DUTY: Final = METADATA.tables["duty"]
LIAISON: Final = METADATA.tables["liaison"]
UNIT: Final = METADATA.tables["unit"]
KINDS: Final = {
    ContactKind.DUTY: "duty",
    ContactKind.OFFICE: "office",
    ContactKind.MOBILE: "mobile",
}


def duties(tx: Reading, first: str = "", last: str = "9999") -> list[Duty]:
    """Who is on duty from the first day to the last, by day and unit code."""
    wanted = select(DUTY).where(DUTY.c.day >= first, DUTY.c.day <= last).order_by(DUTY.c.day)
    rows = tx.conn.execute(wanted).all()
    units = _units(tx, rows)
    found = [_duty(row, units[row.unit_id]) for row in rows]
    return sorted(found, key=lambda each: (each.day, each.unit_code))


def liaisons(tx: Reading) -> list[Liaison]:
    """All liaisons, those who left included, by unit code and beginning."""
    rows = tx.conn.execute(select(LIAISON)).all()
    units = _units(tx, rows)
    found = [_liaison(row, units[row.unit_id]) for row in rows]
    return sorted(found, key=lambda each: (each.unit_code, each.part, each.since, each.name))


def liaison(tx: Reading, liaison_id: int) -> Liaison | None:
    """One of them; None where there is none."""
    return next((each for each in liaisons(tx) if each.id == liaison_id), None)


def keep_duty(tx: Writing, vault: Vault, duty: Duty, phones: Phones) -> int:
    """Enter a day's duty or put another in its place; blank phones leave what there is."""
    said = {key: getattr(duty, key) for key in ("leader", "officer", "backup", "remark")}
    key = _kept(tx, DUTY, _unit_id(tx, duty.unit_code), said, day=duty.day)
    _call(tx, vault, Owner(OwnerKind.DUTY, key), phones)
    return key


def keep_liaison(tx: Writing, vault: Vault, given: Liaison, phones: Phones) -> int:
    """Enter a liaison or correct the one of that unit, name and beginning."""
    said = {
        "badge": given.badge,
        "post": given.post,
        "part": given.part.value,
        "until": given.until,
    }
    beginning = {"name": given.name, "since": given.since}
    key = _kept(tx, LIAISON, _unit_id(tx, given.unit_code), said, **beginning)
    _call(tx, vault, Owner(OwnerKind.LIAISON, key), phones)
    return key


def follow(tx: Writing, liaison_id: int, predecessor: int) -> None:
    """Say whom a new liaison takes over from; it waits to be confirmed."""
    tx.conn.execute(
        update(LIAISON)
        .where(LIAISON.c.id == liaison_id)
        .values(predecessor=predecessor, confirmed_at=None)
    )


def end(tx: Writing, liaison_id: int, version: int, until: str) -> None:
    """His last day; Conflict where somebody changed him since `version`."""
    _changed(tx, liaison_id, version, until=until)


def confirm(tx: Writing, liaison_id: int, version: int) -> None:
    """The hand-over is confirmed; Conflict where somebody changed it since `version`."""
    _changed(tx, liaison_id, version, confirmed_at=tx.second)


def _changed(tx: Writing, liaison_id: int, version: int, **said: Any) -> None:
    done = tx.conn.execute(
        update(LIAISON)
        .where(LIAISON.c.id == liaison_id, LIAISON.c.version == version)
        .values(**said, version=version + 1, recorded_at=tx.stamp)
    )
    if done.rowcount != 1:
        raise Conflict("这位联络员的信息刚被别人改过", "", "请刷新后重试")


def _kept(tx: Writing, table: Any, unit_id: int, said: dict[str, Any], **key: str) -> int:
    same = [table.c.unit_id == unit_id, *(table.c[name] == value for name, value in key.items())]
    known: int | None = tx.conn.execute(select(table.c.id).where(*same)).scalar()
    stamp = {"recorded_at": tx.stamp}
    if known is None:
        more = {"version": 1} if "version" in table.c else {}
        return enter(tx, table, unit_id=unit_id, **key, **said, **stamp, **more)
    more = {"version": table.c.version + 1} if "version" in table.c else {}
    tx.conn.execute(update(table).where(table.c.id == known).values(**said, **stamp, **more))
    return known


def _call(tx: Writing, vault: Vault, owner: Owner, phones: Phones) -> None:
    given = [Given(owner, kind, getattr(phones, name)) for kind, name in KINDS.items()]
    contacts.put(tx, vault, [each for each in given if each.value])


def _units(tx: Reading, rows: Sequence[Row[Any]]) -> dict[int | None, Unit]:
    """The units by id; none are read where there is nobody: every page asks who is on duty."""
    return {each.id: each for each in all_units(tx)} if rows else {}


def _unit_id(tx: Reading, code: str) -> int:
    return int(tx.conn.execute(select(UNIT.c.id).where(UNIT.c.code == code)).scalar_one())


def _duty(row: Row[Any], unit: Unit) -> Duty:
    return Duty(
        row.day,
        unit.code,
        row.leader,
        row.officer,
        row.backup,
        row.remark,
        id=row.id,
        unit_name=unit.name,
        path=unit.path,
    )


def _liaison(row: Row[Any], unit: Unit) -> Liaison:
    return Liaison(
        unit.code,
        row.name,
        row.badge,
        row.post,
        Part(row.part),
        row.since,
        row.until,
        row.confirmed_at,
        row.predecessor,
        row.version,
        id=row.id,
        unit_name=unit.name,
        path=unit.path,
    )


def unconfirmed(found: Sequence[Liaison]) -> frozenset[int]:
    """Who left and has no confirmed successor."""
    taken = {each.predecessor for each in found if each.confirmed_at is not None}
    return frozenset(each.id for each in found if each.id is not None and each.id not in taken)
