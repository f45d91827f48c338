"""判: evaluate what is due or has newer evidence, and write what changed."""

from datetime import datetime

from monitor.domain.instants import to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import due, findings
from monitor.runs import books, frame
from monitor.runs.evaluate import evaluate
from monitor.runs.parts import Parts


def run(
    parts: Parts, *, everything: bool = False, scheduled_for: datetime | None = None
) -> RunReport | None:
    """Judge all accounts (`everything`) or those due, at the present instant."""

    def work(under: frame.Under) -> RunReport:
        opened = books.open_books(parts)
        as_of = to_second(parts.now())
        with parts.store.writing() as tx:
            ids = books.keep(tx, opened)
        with parts.store.reading() as tx:
            owed = None if everything else due.due_accounts(tx, as_of)
            judged = evaluate(tx, opened, as_of, under.known_at, owed)
        own = opened.own
        applied = findings.apply(parts.store, judged, ids, own.least_failing_limit, own.least_grade)
        counts = {
            "评估账号": len(judged),
            "变更结论": applied.changed,
            "状态变更": applied.changes,
        }
        return RunReport(RunOutcome.DONE, counts)

    return frame.run(parts, "judge", work, {"everything": str(everything)}, scheduled_for)
