"""差: a rule that people overturn too often falls back from problem to hint, by a dated row."""

from datetime import datetime

from monitor.domain.instants import DAY
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import audit, case_errors
from monitor.runs import case_book, frame
from monitor.runs.parts import Parts


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Count what people said within the office's window, and write down who fell back."""

    def work(_under: frame.Under) -> RunReport:
        rules = case_book.rules(parts)
        limit, fallen = rules.tolerance, 0
        with parts.store.writing(durable=True) as tx:
            since = tx.second - limit.window_days * DAY
            for each in case_errors.rates(tx, since, rules.reasons):
                often = each.verified >= limit.least and each.percent >= limit.percent
                if often and each.rule not in case_errors.fallen(tx, each.platform):
                    key = case_errors.fall_back(tx, each)
                    audit.add(tx, None, "退为提示", "rule_fallback", str(key), each.rule)
                    fallen += 1
        return RunReport(RunOutcome.DONE, {"退为提示": fallen})

    return frame.run(parts, "case-errors", work, scheduled_for=scheduled_for)
