"""Whose turn an account is, as a condition on the accounts somebody may see."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Subquery, and_, false, not_, or_

from monitor.record.screens.scoping import below
from monitor.record.store import Reading
from monitor.record.turns import Turn, live


def whose(tx: Reading, seen: Subquery, now: int, person_id: int | None) -> ColumnElement[bool]:
    """Accounts of one person's turns; with None those of nobody's.

    A turn deeper in the tree goes before one above it; a part whose person left is nobody's.
    """
    turns = live(tx, now)
    if person_id is None:
        return not_(or_(false(), *(_owned(tx, seen, each, turns) for each in turns)))
    mine = [each for each in turns if each.person_id == person_id]
    return or_(false(), *(_owned(tx, seen, each, turns) for each in mine))


def _owned(tx: Reading, seen: Subquery, turn: Turn, turns: Sequence[Turn]) -> ColumnElement[bool]:
    deeper = {each.path for each in turns if each.path.startswith(turn.path)} - {turn.path}
    return and_(
        below(tx, seen.c.path, turn.path),
        seen.c.account_id % turn.parts == turn.part - 1,
        *(not_(below(tx, seen.c.path, path)) for path in sorted(deeper)),
    )
