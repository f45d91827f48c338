"""Robots 群机器人: entered by unit; the right to send by one is sealed, and opened to send only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import delete, select, update

from monitor.domain.robot import Robot
from monitor.record.rows import enter
from monitor.record.screens.scoping import present
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault

ROBOT: Final = METADATA.tables["robot"]
UNIT_REV: Final = METADATA.tables["unit_rev"]
SHOWN: Final = 4
"""Of an address the last characters are shown, so that two can be told apart."""


@dataclass(frozen=True, slots=True)
class Given:
    """A robot as it is entered: whose group, which sort, what it is called, its own address part
    and secret."""

    unit_id: int
    channel: str
    name: str
    token: str = field(repr=False)
    secret: str = field(default="", repr=False)


def purpose(row: Mapping[str, Any]) -> str:
    """What a robot's address is sealed for: it opens for this group's robot only."""
    return f"robot:{row['unit_id']}:{row['channel']}:{row['name']}"


def put(tx: Writing, vault: Vault, given: Given) -> int:
    """Enter a robot; its id. Its address is sealed and forgotten."""
    key = {"unit_id": given.unit_id, "channel": given.channel, "name": given.name}
    plain = json.dumps({"token": given.token, "secret": given.secret})
    return enter(
        tx,
        ROBOT,
        **key,
        sealed=vault.seal(plain, purpose(key)),
        hint=given.token[-SHOWN:],
        tried="",
        recorded_at=tx.stamp,
    )


def named(tx: Reading, unit_id: int, channel: str, name: str) -> bool:
    """Whether the unit has a robot of that sort and name."""
    same = (ROBOT.c.unit_id == unit_id, ROBOT.c.channel == channel, ROBOT.c.name == name)
    return tx.conn.execute(select(ROBOT.c.id).where(*same)).first() is not None


def get(tx: Reading, robot_id: int, now: int) -> Robot | None:
    """A robot with its unit's path; None where it was taken away."""
    return next((each for each in _read(tx, now) if each.id == robot_id), None)


def in_use(tx: Reading, now: int) -> tuple[Robot, ...]:
    """All robots, by id."""
    return tuple(_read(tx, now))


def opened(tx: Reading, vault: Vault, robot_id: int) -> dict[str, str] | None:
    """A robot's own means; None where it was taken away, CannotRun where they do not open."""
    row = tx.conn.execute(select(ROBOT).where(ROBOT.c.id == robot_id)).mappings().first()
    if row is None:
        return None
    return dict(json.loads(vault.unseal(bytes(row["sealed"]), purpose(dict(row)))))


def tried(tx: Writing, robot_id: int, said: str) -> None:
    """Write down what came of a trial message."""
    tx.conn.execute(
        update(ROBOT).where(ROBOT.c.id == robot_id).values(tried_at=tx.second, tried=said)
    )


def remove(tx: Writing, robot_id: int) -> bool:
    """Forget a robot and its address; False where it is gone already."""
    return tx.conn.execute(delete(ROBOT).where(ROBOT.c.id == robot_id)).rowcount == 1


def _read(tx: Reading, now: int) -> list[Robot]:
    rows = tx.conn.execute(
        select(ROBOT.c.id, ROBOT.c.channel, ROBOT.c.name, UNIT_REV.c.path)
        .select_from(ROBOT)
        .join(UNIT_REV, UNIT_REV.c.unit_id == ROBOT.c.unit_id)
        .where(present(UNIT_REV, "unit_id", now))
        .order_by(ROBOT.c.id)
    )
    return [Robot(*row) for row in rows]
