"""Automatic re-check 自动复查: what the records say of each condition under which a case closes."""

import json
from dataclasses import dataclass

from sqlalchemy import func, select

from monitor.domain.case import Problem
from monitor.domain.case_rules import CaseRules
from monitor.domain.finding import UPDATE_RULE, Outcome
from monitor.domain.instants import DAY, OPEN
from monitor.record.case_facts import FINDING, POST
from monitor.record.cases import Kept
from monitor.record.store import Reading


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of one problem: `met` is None where a person must look."""

    kind: str
    told: str
    met: bool | None = None


def measured(tx: Reading, kept: Kept, rules: CaseRules, now: int) -> tuple[Check, ...]:
    """The conditions of all problems of a case that stand, as the records are at `now`."""
    return tuple(
        check
        for problem in kept.case.problems
        if problem.confirmed is not False
        for check in _checks(tx, kept, problem, rules, now)
    )


def recovered(tx: Reading, kept: Kept, now: int) -> bool:
    """自行恢复: something was published after what the case was opened on, before it was put to
    the unit, and still stands."""
    until = kept.case.assigned_at if kept.case.assigned_at is not None else now
    return _posted(tx, kept.place.account_id, last_seen(kept) + 1, until) > 0


def last_seen(kept: Kept) -> int:
    """The last second of the newest post the case was opened on; its opening without one."""
    facts = json.loads(kept.facts)
    post = facts.get("last_post")
    return int(post["published_until"]) if post else kept.opened_at


def _checks(tx: Reading, kept: Kept, problem: Problem, rules: CaseRules, now: int) -> list[Check]:
    closing, account_id = rules.of(problem.kind).closing, _account(tx, kept, problem)
    found = []
    if closing.posts:
        since = max(now - closing.within_days * DAY, last_seen(kept) + 1)
        posts = _posted(tx, account_id, since, now)
        told = f"近{closing.within_days}天发布{posts}条,须满{closing.posts}条"
        found.append(Check(problem.kind, told, posts >= closing.posts))
    if closing.cleared:
        fails = _fails(tx, account_id, problem.kind)
        told = f"系统{'仍' if fails else '已不再'}得出“{problem.kind}”"
        found.append(Check(problem.kind, told, not fails))
    if closing.words:
        found.append(Check(problem.kind, closing.words))
    return found


def _account(tx: Reading, kept: Kept, problem: Problem) -> int:
    """The account a problem is about: that of its finding, which another case may have brought."""
    if problem.finding_id is None:
        return kept.place.account_id
    found = select(FINDING.c.account_id).where(FINDING.c.id == problem.finding_id)
    return int(tx.conn.execute(found).scalar() or kept.place.account_id)


def _posted(tx: Reading, account_id: int, since: int, until: int) -> int:
    """Posts that still stand and were surely published in [since, until)."""
    counted = (
        select(func.count())
        .select_from(POST)
        .where(
            POST.c.account_id == account_id,
            POST.c.superseded_at == OPEN,
            POST.c.deleted_seen_at.is_(None),
            POST.c.published_from >= since,
            POST.c.published_until < until,
        )
    )
    return int(tx.conn.execute(counted).scalar_one())


def _fails(tx: Reading, account_id: int, kind: str) -> bool:
    """Whether a rule still finds this of the account, by either standard."""
    rows = tx.conn.execute(
        select(FINDING.c.rule, FINDING.c.status).where(
            FINDING.c.account_id == account_id,
            FINDING.c.superseded_at == OPEN,
            FINDING.c.outcome.in_([Outcome.FAIL.value, Outcome.HINT.value]),
        )
    )
    return any(kind in (row.rule, row.status if row.rule == UPDATE_RULE else "") for row in rows)
