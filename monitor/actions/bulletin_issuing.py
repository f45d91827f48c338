"""What follows an approved bulletin: the gate once more, its number, the mark on its cases."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from monitor.actions import approval_terms as terms
from monitor.actions import case_moving
from monitor.actions.case_moving import Doing, Hand, House
from monitor.coordinate import gate
from monitor.coordinate.case_moves import TABLE
from monitor.domain.approval import State
from monitor.domain.bulletin import Candidate, Gate, Sort
from monitor.domain.case import Move, Side
from monitor.domain.errors import Conflict
from monitor.domain.instants import shanghai_day
from monitor.domain.manuscript import SUBJECT
from monitor.domain.person import Permission, Person
from monitor.record import approvals, audit, bulletins, cases
from monitor.record.bulletins import Kept
from monitor.record.store import Reading, Writing
from monitor.report import bulletin
from monitor.report.case_letter import say_day


def issue(tx: Writing, person: Person, kept: Kept, house: House) -> str:
    """Number an approved bulletin and mark its cases; its number."""
    if kept.issued_at is not None:
        raise Conflict("已经印发", kept.number, "请刷新后再看")
    approval = approvals.of_subject(tx, SUBJECT, kept.manuscript_id) if kept.manuscript_id else None
    if approval is None or approval.approval.state is not State.APPROVED:
        raise Conflict("还没有签发,不能编号印发", kept.period, "请先送审,签发后再办")
    if kept.sort is Sort.QUARTER:
        _still_open(tx, kept, house)
    number = bulletins.issue(tx, kept, person.id)
    if kept.sort is Sort.QUARTER:
        _mark(tx, person, kept, number, house)
    audit.add(tx, person.id, f"印发{kept.sort}", "bulletin", str(kept.id), number)
    return number


def values(tx: Reading, kept: Kept, *, public: bool) -> dict[str, Any]:
    """What a bulletin's template is filled with: what was frozen, and its number and day."""
    frozen = bulletins.content(tx, kept)["public" if public else "within"]
    if kept.issued_at is None:
        return bulletin.issued(frozen, "草稿", say_day(shanghai_day(kept.drafted_at)))
    return bulletin.issued(frozen, kept.number, say_day(shanghai_day(kept.issued_at)))


def sifted(candidates: Iterable[Candidate], now: int, data_dir: Path) -> Gate:
    """The gate of cases as they are shown, by the office's calendar."""
    return gate.sift(candidates, now, terms.calendar(data_dir))


def standing(tx: Writing, kept: Kept, house: House) -> Gate:
    """The gate of a bulletin's cases as they are now."""
    found = [case for each in bulletins.named(tx, kept.id) if (case := cases.get(tx, each))]
    told = bulletins.told(tx, [each.id for each in found])
    candidates = [
        Candidate(
            each.id,
            each.number,
            each.place.account_id,
            "",
            "",
            "",
            "",
            each.case,
            told.get(each.id),
        )
        for each in found
    ]
    return sifted(candidates, tx.second, house.data_dir)


def _still_open(tx: Writing, kept: Kept, house: House) -> None:
    """What may not be named any more stops the whole: what was signed named it."""
    now = standing(tx, kept, house)
    gone = [f"{each.candidate.number}{'、'.join(each.reasons)}" for each in now.dropped]
    wrong = kept.entering - len(now.entering) - len(gone)
    if wrong:
        gone.append(f"{wrong}件经核实不属实或已合并")
    if gone:
        raise Conflict(f"草稿后情况有变:{';'.join(gone[:5])}", kept.period, "请重新生成草稿并送审")


def _mark(tx: Writing, person: Person, kept: Kept, number: str, house: House) -> None:
    """已通报 on the cases that are still under way; what is over is named and needs no mark."""
    hand = Hand(person, Side.DESK, Permission.ASSIGN_CASE)
    for case_id in bulletins.named(tx, kept.id):
        found = cases.get(tx, case_id)
        if found is None or found.case.state not in TABLE[Move.NAMED].states:
            continue
        which = (found.id, found.version)
        case_moving.one(tx, hand, Doing(Move.NAMED, (which,), number), which, house)
