"""Overdue filings of a scope, for the letters that tell of them."""

from monitor.coordinate.term import ahead
from monitor.domain.calendar import Calendar
from monitor.domain.filing import Filing
from monitor.domain.scope import Scope
from monitor.record.screens import lives
from monitor.record.screens.lives import Lived
from monitor.record.store import Reading


def overdue(tx: Reading, scope: Scope, now: int, days: Calendar) -> tuple[Filing, ...]:
    """Filings whose five working days are over at `now` (seconds), the longest overdue first."""
    found: list[Filing] = []
    offset = 0
    while rows := lives.clocks(tx, scope, now, offset=offset).rows:
        late = [_filing(each, each.at, now, days) for each in rows if each.at and each.at < now]
        found += late
        if len(late) < len(rows):
            break
        offset += len(rows)
    return tuple(found)


def _filing(each: Lived, due_at: int, now: int, days: Calendar) -> Filing:
    return Filing(
        account_id=each.account_id,
        account=each.name,
        platform=each.platform,
        unit_name=each.unit_name,
        what=each.told,
        due_at=due_at,
        over=-ahead(due_at, now, days),
    )
