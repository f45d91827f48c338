"""Matter 办理事项: one case as a reminder tells it to whom it concerns."""

from dataclasses import dataclass

from monitor.domain.case import Side


@dataclass(frozen=True, slots=True)
class Matter:
    """A case that runs out: which, what for, in whose hands, and how much time is left.

    `left` is working days until `due_at` (seconds), below 0 that many over it; `step` is why it is
    told now; `appealed`: a 复核申请 of the unit waits for its answer.
    """

    case_id: int
    account_id: int
    number: str
    account: str
    platform: str
    unit_name: str
    problems: str
    side: Side
    holder: str
    due_at: int
    left: int
    step: str
    appealed: bool = False
