"""Co-operation 协同响应: tasks due in the span, published in time, as their moves were known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any, Final

from monitor.domain.assessed import Fact
from monitor.domain.campaign import SURE, Kind, State, TaskState
from monitor.domain.instants import HOUR
from monitor.domain.measuring import Span
from monitor.domain.scheme import Cause
from monitor.record.facts_at import fetch
from monitor.record.score_frame import FRAME, Framed, fact, over
from monitor.record.store import Reading

RESPONSE: Final = "协同响应率"
TIME: Final = "协同响应用时中位"
KEYS: Final = frozenset({RESPONSE, TIME})
LEFT_OUT: Final = frozenset({TaskState.EXCUSED.value, TaskState.UNKNOWN.value})
THERE: Final = frozenset({each.value for each in SURE} | {TaskState.REPORTED.value})
_TASKS: Final = f"""
WITH {FRAME}
SELECT t.account_id, coalesce((
    SELECT m.after FROM campaign_task_move m WHERE m.task_id = t.id AND m.recorded_at <= :known_at
    ORDER BY m.id DESC LIMIT 1), '{TaskState.TO_PUBLISH.value}'),
  t.published_at, t.due_at, coalesce(t.opens_at, c.issued_at)
FROM frame f JOIN campaign_task t ON t.account_id = f.account_id
  AND t.due_at >= :since AND t.due_at < :end
JOIN campaign c ON c.id = t.campaign_id AND c.issued_at < :as_of
  AND c.kind <> '{Kind.DRILL.value}' AND c.state <> '{State.CANCELLED.value}'
ORDER BY t.account_id, t.id
"""


def measure(tx: Reading, span: Span, frame: Mapping[int, Framed]) -> Iterator[Fact]:
    """Of every account the tasks published in time over those it had to publish, and the median
    hours from its turn to its post. 免发 and 无法核验 are in neither."""
    tasks: dict[int, list[Any]] = defaultdict(list)
    for row in fetch(tx, _TASKS, over(span)):
        if row[1] not in LEFT_OUT:
            tasks[row[0]].append(row)
    for key, account in frame.items():
        mine = tasks[key]
        there = [row for row in mine if row[1] in THERE and row[2] is not None]
        punctual = [row for row in there if row[2] <= row[3]]
        unverified = sum(row[1] == TaskState.REPORTED.value for row in punctual)
        yield fact(
            account,
            RESPONSE,
            numerator=len(punctual),
            denominator=len(mine),
            self_reported=unverified / len(mine) if mine else None,
        )
        waits = [max(0, row[2] - row[4]) / HOUR for row in there]
        if waits:
            yield fact(account, TIME, value=median(waits), samples=len(waits))
        else:
            cause = Cause.NOT_APPLICABLE.value
            yield fact(account, TIME, cause=cause, note="统计期内没有已发布的协同任务")
