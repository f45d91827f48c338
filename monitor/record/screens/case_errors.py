"""整改: 认定差错率 by rule and platform, within what somebody may see."""

from dataclasses import dataclass

from sqlalchemy import select

from monitor.access.declared import shown
from monitor.domain.case_rules import CaseRules
from monitor.domain.instants import DAY
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import case_errors
from monitor.record.case_errors import Fallback, Rate
from monitor.record.cases import CASE
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading


@dataclass(frozen=True, slots=True)
class Errors:
    """How often people overturned what rules concluded, and the rules that are hints now."""

    rates: tuple[Rate, ...] = ()
    fallen: tuple[Fallback, ...] = ()


@shown(Permission.SEE_CASES)
def errors(tx: Reading, scope: Scope, now: int, rules: CaseRules | None = None) -> Errors:
    """What was verified within the window the office set; nothing for an empty scope."""
    if rules is None or scope.empty:
        return Errors()
    seen = visible(tx, scope, now)
    mine = CASE.c.account_id.in_(select(seen.c.judged_id))
    since = now - rules.tolerance.window_days * DAY
    return Errors(case_errors.rates(tx, since, rules.reasons, mine), _standing(tx))


@shown(Permission.SEE_CASES, Permission.SEE_HEALTH)
def hints(tx: Reading, scope: Scope, now: int) -> tuple[Fallback, ...]:
    """The rules that are hints at `now` and open no case."""
    return () if scope.empty else tuple(each for each in _standing(tx) if each.since <= now)


def _standing(tx: Reading) -> tuple[Fallback, ...]:
    return tuple(each for each in case_errors.fallbacks(tx) if each.until is None)
