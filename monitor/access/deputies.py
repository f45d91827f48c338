"""Deputies (B岗): what somebody holds together with what was lent, and who may be whose deputy."""

from collections.abc import Iterable

from monitor.access import permissions
from monitor.access.scopes import in_force
from monitor.domain.person import Grant

LONGEST_DAYS = 366


def held(own: Iterable[Grant], lent: Iterable[Grant], now: int) -> tuple[Grant, ...]:
    """All grants in force. What was lent falls away where the roles may not be one person's: the
    person stood in for may have become an administrator since. Lent rights are not lent on."""
    mine = in_force(own, now)
    more = in_force(lent, now)
    together = {each.role for each in (*mine, *more)}
    return mine if permissions.excluded(together) else (*mine, *more)


def fault(own: Iterable[Grant], lent: Iterable[Grant]) -> str:
    """Why somebody with the grants `own` cannot be the deputy of one with `lent`; '' if he can."""
    roles = [each.role for each in lent]
    if not roles:
        return "被代人员还没有角色,不需要B岗"
    return permissions.excluded([*(each.role for each in own), *roles])
