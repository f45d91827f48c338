"""合并办理: the problems of one case become lines of another of the same unit."""

from dataclasses import replace

from monitor.domain.account import PLATFORMS
from monitor.domain.case import Case, Move, Problem, Side, State
from monitor.domain.errors import Conflict, InputError
from monitor.record import accounts, cases
from monitor.record.cases import Kept, Moved
from monitor.record.store import Reading, Writing

TAKES = frozenset({State.UNVERIFIED})
"""A case takes in others while nobody has yet asked for its approval."""


def absorb(tx: Writing, kept: Kept, into: int | None, by: tuple[int, str]) -> None:
    """Add the problems of `kept` to the case `into`, each with the account it is about; `by` is
    who says so, and why. Conflict where that case does not take it."""
    target = None if into is None else cases.get(tx, into)
    if target is None or not fits(kept, target):
        raise Conflict(
            "只能并入同一承办处室、同一单位、尚在待核实的整改单", kept.number, "请刷新后重选"
        )
    after = merged(target.case, told(tx, kept, target))
    if not cases.put(tx, target, after, target.due_at):
        raise Conflict("要并入的整改单刚被别人办理过", target.number, "请刷新后再办")
    given = {"from": kept.number}
    cases.note(tx, target, after, Moved(Move.MERGE, Side.DESK, by[0], None, by[1], given))


def fits(kept: Kept, target: Kept) -> bool:
    """Whether one case may be merged into another."""
    one, two = kept.place, target.place
    same = (one.desk_id, one.unit_id) == (two.desk_id, two.unit_id)
    return same and kept.id != target.id and target.case.state in TAKES


def merged(case: Case, problems: tuple[Problem, ...]) -> Case:
    """A case with more lines."""
    return replace(case, problems=(*case.problems, *problems))


def told(tx: Reading, kept: Kept, target: Kept) -> tuple[Problem, ...]:
    """The problems as they read in the other case: with the account's name where it is another."""
    if kept.place.account_id == target.place.account_id:
        return kept.case.problems
    account = accounts.by_id(tx, kept.place.account_id)
    if account is None:
        raise InputError("台账里没有这个账号了", kept.number, "请先核对台账")
    name = f"“{account.name}”({PLATFORMS.get(account.platform, account.platform)}):"
    return tuple(replace(each, sentence=f"{name}{each.sentence}") for each in kept.case.problems)
