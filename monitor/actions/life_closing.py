"""An account's closure and its case are one: what a move of the account does to its live case."""

from typing import Final

from monitor.actions import case_moving, life_moving
from monitor.actions.case_moving import Doing as Pressing
from monitor.actions.case_moving import Hand, House
from monitor.actions.life_moving import Doing, Found
from monitor.coordinate import case_moves, lifecycle
from monitor.domain import case
from monitor.domain.account import State
from monitor.domain.lifecycle import Field, Life, Move, Side
from monitor.domain.person import Permission, Person
from monitor.record import cases
from monitor.record.store import Writing

CLOSED: Final = "账号已登记关停,本单随之办结。"
SIDES: Final = {Side.UNIT: case.Side.UNIT, Side.ABOVE: case.Side.DESK}


def move(
    tx: Writing, person: Person, found: Found, what: tuple[Side, Doing, str], house: House
) -> None:
    """Make one move of an account's life, and the one of its live case that goes with it: applied
    for, the case is 转关停程序; given up, it is put right after all; closed, it is 已关停."""
    side, doing, _ = what
    after = life_moving.move(tx, person, found, what, house.data_dir)
    live = cases.live_of(tx, [doing.account_id]).get(doing.account_id)
    kept = cases.get(tx, live) if live is not None else None
    wanted = None if kept is None else _wanted(doing.move, (found.life, after), kept.case.state)
    if kept is None or wanted is None:
        return
    words = doing.given.get(Field.WHY.value, "").strip() or CLOSED
    hand = Hand(person, _side(side, wanted), Permission.CONFIRM)
    pressing = Pressing(wanted, ((kept.id, kept.version),), words)
    case_moving.made(tx, hand, pressing, kept, house)


def _wanted(move: Move, lived: tuple[Life, Life], state: case.State) -> case.Move | None:
    before, after = lived
    if move is Move.APPLY_CLOSE:
        ready = state in case_moves.TABLE[case.Move.TO_CLOSURE].states
        return case.Move.TO_CLOSURE if ready else None
    if state is not case.State.CLOSING:
        return None
    if move is Move.CLOSE:
        return case.Move.SHUT
    left = before.state in {State.CLOSING, State.ANNOUNCED} and after.state in lifecycle.LIVING
    return case.Move.RESUME if left else None


def _side(side: Side, wanted: case.Move) -> case.Side:
    """A unit may ask for a closure; what ends a case is written down as its office's."""
    return SIDES[side] if wanted is case.Move.TO_CLOSURE else case.Side.DESK
