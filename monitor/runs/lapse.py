"""逾: approvals nobody finished by their due second become 待改期, as a move of their own."""

from datetime import datetime

from monitor.coordinate import approval as machine
from monitor.domain.approval import Move
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import approvals, audit
from monitor.record.approvals import Moved
from monitor.record.store import Writing
from monitor.runs import frame
from monitor.runs.parts import Parts


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Write down what time alone has done; whoever was faster by hand is left as he left it."""

    def work(_under: frame.Under) -> RunReport:
        with parts.store.reading() as tx:
            over = approvals.lapsed(tx, int(parts.now().timestamp()))
        done = 0
        for approval_id in over:
            with parts.store.writing(durable=True) as tx:
                done += _lapse(tx, approval_id)
        return RunReport(RunOutcome.DONE, {"逾期待改期": done})

    return frame.run(parts, "lapse", work, scheduled_for=scheduled_for)


def _lapse(tx: Writing, approval_id: int) -> int:
    """One approval in one transaction, read again under the lock."""
    kept = approvals.get(tx, approval_id)
    if kept is None:
        return 0
    after = machine.settle(kept.approval, tx.second)
    if after == kept.approval or not approvals.put(tx, kept, kept.subject, after, {}):
        return 0
    approvals.note(tx, kept.id, kept.approval, after, Moved(Move.LAPSE, None))
    audit.add(tx, None, Move.LAPSE.value, "approval", str(kept.id), after.state.value)
    return 1
