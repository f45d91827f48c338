"""What people did about cases, as 问题清单 tells it: read for many cases at once."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select

from monitor.domain.bulletin import Handling, Sort
from monitor.domain.case import Move, Side
from monitor.record.bulletins import BULLETIN, NAMED
from monitor.record.cases import MOVE
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

PERSON = METADATA.tables["person"]
VERIFYING = (Move.CONFIRM, Move.REJECT)
"""Moves by which a person says that it is so; the last word counts."""
SAYING = (Move.EXPLAIN, Move.APPEAL, Move.HAND_IN)
"""Moves by which the unit speaks."""


def of(tx: Reading, case_ids: Sequence[int]) -> Mapping[int, Handling]:
    """Who verified each case and when, what its unit said last, the newest bulletin that named it.
    Cases of which nothing is known are left out; `nth` stands in the case's own row."""
    verified = {row.case_id: row for row in tx.conn.execute(_verified(case_ids))}
    said = {row.case_id: row.words for row in tx.conn.execute(_said(case_ids))}
    issues = {row.case_id: row.number for row in tx.conn.execute(_issues(case_ids))}
    return {
        each: Handling(
            verifier=(verified[each].name or "") if each in verified else "",
            verified_at=verified[each].at if each in verified else None,
            said=said.get(each, ""),
            issue=issues.get(each, ""),
        )
        for each in {*verified, *said, *issues}
    }


def _verified(case_ids: Sequence[int]) -> Select[tuple[int, int, str | None]]:
    return (
        select(MOVE.c.case_id, MOVE.c.at, PERSON.c.name)
        .outerjoin(PERSON, PERSON.c.id == MOVE.c.person_id)
        .where(MOVE.c.case_id.in_(case_ids), MOVE.c.move.in_([each.value for each in VERIFYING]))
        .order_by(MOVE.c.id)
    )


def _said(case_ids: Sequence[int]) -> Select[tuple[int, str]]:
    mine = (MOVE.c.side == Side.UNIT.value, MOVE.c.words != "")
    spoken = MOVE.c.move.in_([each.value for each in SAYING])
    rows = select(MOVE.c.case_id, MOVE.c.words).where(MOVE.c.case_id.in_(case_ids), spoken, *mine)
    return rows.order_by(MOVE.c.id)


def _issues(case_ids: Sequence[int]) -> Select[tuple[int, str]]:
    left = (BULLETIN.c.issued_at.is_not(None), BULLETIN.c.sort == Sort.QUARTER.value)
    return (
        select(NAMED.c.case_id, BULLETIN.c.number)
        .join(BULLETIN, BULLETIN.c.id == NAMED.c.bulletin_id)
        .where(NAMED.c.case_id.in_(case_ids), *left)
        .order_by(BULLETIN.c.issued_at, BULLETIN.c.id)
    )
