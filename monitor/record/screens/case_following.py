"""整改: beside a case 自动复查 of its conditions, reminders told, and the look after its end."""

from dataclasses import dataclass

from sqlalchemy import select

from monitor.access.declared import shown
from monitor.domain.case import OVER
from monitor.domain.case_rules import CaseRules
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import case_checks, case_looks, case_papers, cases
from monitor.record.case_checks import Check
from monitor.record.case_looks import Again
from monitor.record.case_papers import Issued
from monitor.record.case_steps import STEP
from monitor.record.screens.cases import Wanted, listing
from monitor.record.store import Reading


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder: which step, when, and how many people it reached."""

    step: str
    at: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Followed:
    """Everything beside the moves; `next_number` is the case that was opened again."""

    checks: tuple[Check, ...] = ()
    told: tuple[Told, ...] = ()
    again: Again | None = None
    next_number: str = ""
    papers: tuple[Issued, ...] = ()


@shown(Permission.SEE_CASES)
def followed(
    tx: Reading, scope: Scope, now: int, case_id: int = 0, rules: CaseRules | None = None
) -> Followed:
    """What follows one case; nothing for whom it is not shown."""
    if not listing(tx, scope, now, Wanted(case=case_id, over=True)).total:
        return Followed()
    kept = cases.get(tx, case_id)
    looks = case_looks.of_case(tx, case_id)
    again = looks[-1] if looks else None
    following = cases.get(tx, again.next_id) if again is not None and again.next_id else None
    live = kept is not None and rules is not None and kept.case.state not in OVER
    return Followed(
        case_checks.measured(tx, kept, rules, now) if live and kept and rules else (),
        _told(tx, case_id),
        again,
        following.number if following is not None else "",
        case_papers.of_case(tx, case_id),
    )


def _told(tx: Reading, case_id: int) -> tuple[Told, ...]:
    rows = tx.conn.execute(select(STEP).where(STEP.c.case_id == case_id).order_by(STEP.c.id))
    return tuple(
        Told(row["step"], row["told_at"], len(row["told_to"] or ())) for row in rows.mappings()
    )
