"""What the reader of a letter must decide: signatures, applications, 复核申请, 异议, late cases."""

from collections.abc import Iterator, Sequence
from typing import Final

from monitor.domain.case import Side
from monitor.domain.case_matter import Matter
from monitor.domain.lifecycle import Move
from monitor.domain.pending import Pending
from monitor.domain.person import Role
from monitor.domain.scope import Scope
from monitor.record.screens import deciding
from monitor.record.store import Reading

APPLIED: Final = {
    Move.APPLY_OPEN.value: "未送审的开设申请",
    Move.APPLY_CHANGE.value: "未送审的变更申请",
    Move.APPLY_CLOSE.value: "未送审的关停申请",
}
TO_SIGN: Final = "approving"
TO_GRANT: Final = "lifecycle"
LATE: Final = "cases?tab=overdue"
ASKED: Final = "cases?tab=mine"
OBJECTED: Final = "assessing"


def gather(
    tx: Reading, scope: Scope, now: int, cases: Sequence[Matter], *, city: bool
) -> tuple[Pending, ...]:
    """In the order in which they press; nothing where nothing waits. `city` asks what waits for a
    prefecture's own signatures instead of the province's."""
    roles = deciding.CITY if city else deciding.HOUSE
    return (
        *_signatures(tx, scope, now, roles),
        *_applications(tx, scope, now),
        *_cases(cases),
        *_objections(tx, scope, now),
    )


def _signatures(tx: Reading, scope: Scope, now: int, roles: frozenset[Role]) -> Iterator[Pending]:
    for each in deciding.signatures(tx, scope, now, roles):
        yield Pending(f"待审签的{each.sort}", each.count, "件", TO_SIGN, each.due_at)


def _applications(tx: Reading, scope: Scope, now: int) -> Iterator[Pending]:
    for each in deciding.applications(tx, scope, now):
        yield Pending(APPLIED[each.sort], each.count, "项", TO_GRANT)


def _cases(cases: Sequence[Matter]) -> Iterator[Pending]:
    """Pleas the office has to answer, and what is late anywhere: to urge, to name, to lengthen."""
    pleas = [each.due_at for each in cases if each.appealed and each.side is Side.DESK]
    if pleas:
        yield Pending("复核申请", len(pleas), "件", ASKED, min(pleas))
    late = [each for each in cases if each.left < 0]
    own = sum(each.side is Side.DESK for each in late)
    if own:
        yield Pending("承办处室逾期未办的整改单", own, "件", LATE)
    if len(late) > own:
        yield Pending("单位逾期未整改到位的整改单", len(late) - own, "件", LATE)


def _objections(tx: Reading, scope: Scope, now: int) -> Iterator[Pending]:
    if found := deciding.objections(tx, scope, now):
        yield Pending("考核结果的异议", found, "件", OBJECTED)
