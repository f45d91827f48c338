"""判: evaluate what is due or has newer evidence, and write what changed."""

from datetime import datetime

from monitor.domain.instants import to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.judge.replies import windows
from monitor.record import due
from monitor.record.store import Reading
from monitor.runs import books, frame
from monitor.runs.evaluate import judge_and_keep
from monitor.runs.parts import Parts


def run(
    parts: Parts, *, everything: bool = False, scheduled_for: datetime | None = None
) -> RunReport | None:
    """Judge all accounts (`everything`) or those due, at the present instant."""

    def work(under: frame.Under) -> RunReport:
        opened, ids = books.settle(parts)
        as_of = to_second(parts.now())
        with parts.store.reading() as tx:
            owed = due.everybody(tx) if everything else _owed(tx, opened, ids, as_of)
        applied = judge_and_keep(parts.store, opened, ids, (as_of, under.known_at), owed)
        counts = {
            "评估账号": len(owed),
            "变更结论": applied.changed,
            "状态变更": applied.changes,
        }
        return RunReport(RunOutcome.DONE, counts)

    return frame.run(parts, "judge", work, {"everything": str(everything)}, scheduled_for)


def _owed(tx: Reading, opened: books.Books, ids: tuple[int, int], as_of: int) -> list[int]:
    return due.due_accounts(tx, as_of, windows((opened.own, opened.upper)), ids)
