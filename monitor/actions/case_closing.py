"""A case and its account's closure are one: what a move of the case does to the account's life."""

from pathlib import Path
from typing import Final

from monitor.actions import life_moving
from monitor.actions.life_moving import Doing, Found
from monitor.coordinate import lifecycle
from monitor.domain import case
from monitor.domain.account import State
from monitor.domain.errors import Conflict
from monitor.domain.lifecycle import Field, Move, Side
from monitor.domain.person import Person
from monitor.record.store import Writing

ENDING: Final = frozenset({State.CLOSING, State.ANNOUNCED})
ENDED: Final = frozenset({State.CLOSED, State.REMOVED})


def follow(
    tx: Writing, person: Person, account_id: int, done: tuple[case.Move, str], data_dir: Path
) -> None:
    """Do to the account what a move of its case `(move, words)` means: 转关停程序 applies for the
    closure, 恢复整改 gives it up. Conflict where the account does not allow it."""
    move, words = done
    if move is case.Move.TO_CLOSURE:
        _apply(tx, person, life_moving.found_at(tx, account_id), words, data_dir)
    if move is case.Move.RESUME:
        _give_up(tx, person, life_moving.found_at(tx, account_id), words, data_dir)
    if move is case.Move.SHUT:
        _closed(life_moving.found_at(tx, account_id))


def _apply(tx: Writing, person: Person, found: Found, words: str, data_dir: Path) -> None:
    if found.life.state in ENDING | ENDED:
        return
    told = lifecycle.barred(found.life, Move.APPLY_CLOSE)
    if told:
        raise Conflict(told, found.account.name, "请先在账号页办结,再转关停程序")
    _move(tx, person, found, (Move.APPLY_CLOSE, words), data_dir)


def _give_up(tx: Writing, person: Person, found: Found, words: str, data_dir: Path) -> None:
    if found.life.state in ENDED:
        raise Conflict("账号已登记关停", found.account.name, "请办理关停核验")
    if found.life.state in ENDING:
        _move(tx, person, found, (Move.RESTORE, words), data_dir)


def _closed(found: Found) -> None:
    if found.life.state not in ENDED:
        told = f"账号现为{found.life.state},还没有登记关停"
        raise Conflict(told, found.account.name, "请在账号页登记关停,登记后本单自动办结")


def _move(
    tx: Writing, person: Person, found: Found, done: tuple[Move, str], data_dir: Path
) -> None:
    move, words = done
    given = {Field.WHY.value: life_moving.short(words)}
    doing = Doing(move, found.account.id or 0, found.version, given)
    life_moving.move(tx, person, found, (Side.UNIT, doing, ""), data_dir)
