"""复查: who posted before he was told is marked, and a closed case is looked at once more."""

from collections.abc import Iterable
from datetime import datetime

from monitor.coordinate.case import follow, open_case
from monitor.coordinate.case_moves import Act
from monitor.domain.case import Move, Side, Source
from monitor.domain.case_rules import CaseRules
from monitor.domain.finding import Outcome
from monitor.domain.instants import to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import audit, case_checks, case_facts, case_looks, cases
from monitor.record.case_looks import FINE, WORSE, Again
from monitor.record.cases import Kept, Moved, Opened
from monitor.record.store import Reading, Writing
from monitor.runs import case_book, frame
from monitor.runs.parts import Parts


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Mark 自行恢复, put due looks on the patrol's list, and settle those that were made."""

    def work(_under: frame.Under) -> RunReport:
        rules, now = case_book.rules(parts), to_second(parts.now())
        with parts.store.reading() as tx:
            back = [each.id for each in cases.every_live(tx) if _recovered(tx, each, rules, now)]
            due = case_looks.ripe(tx, now)
        marked = sum(_mark(parts, each, rules) for each in back)
        with parts.store.writing() as tx:
            asked = case_looks.ask(tx, [each.id for each in due if each.asked_at is None])
        settled = [_settle(parts, each, rules) for each in due]
        counts = {"自行恢复": marked, "列入巡查": asked, FINE: settled.count(FINE)}
        return RunReport(RunOutcome.DONE, {**counts, WORSE: settled.count(WORSE)})

    return frame.run(parts, "recheck", work, scheduled_for=scheduled_for)


def _recovered(tx: Reading, kept: Kept, rules: CaseRules, now: int) -> bool:
    """A case about silence alone, whose account spoke before the unit was told."""
    kinds = [rules.of(each.kind) for each in kept.case.problems if each.confirmed is not False]
    silent = bool(kinds) and all(each.closing.posts for each in kinds)
    return silent and not kept.case.recovered and case_checks.recovered(tx, kept, now)


def _mark(parts: Parts, case_id: int, rules: CaseRules) -> bool:
    with parts.store.writing(durable=True) as tx:
        kept = cases.get(tx, case_id)
        if kept is None or not kept.live or not _recovered(tx, kept, rules, tx.second):
            return False
        after = follow(kept.case, Act(Move.RECOVERED, 0, Side.DESK), tx.second)
        if not cases.put(tx, kept, after, kept.due_at):
            return False
        cases.note(tx, kept, after, Moved(Move.RECOVERED, Side.DESK, None))
        audit.add(tx, None, f"整改·{Move.RECOVERED}", "case", str(kept.id), "")
        return True


def _settle(parts: Parts, again: Again, rules: CaseRules) -> str:
    """What came of a look that was made since it was due; '' where nobody looked yet, or the
    look decided nothing."""
    with parts.store.writing(durable=True) as tx:
        looked = case_facts.looked_at(tx, again.account_id)
        judged = case_facts.judged(tx, again.account_id)
        if looked is None or looked < again.due_at or judged is None or judged[0] < looked:
            return ""
        if judged[1] == Outcome.UNDECIDED:
            return ""
        kept = cases.get(tx, again.case_id)
        next_id = None if kept is None else _again(tx, kept, rules)
        outcome = FINE if next_id is None else WORSE
        if not case_looks.settle(tx, again.id, looked, outcome, next_id):
            return ""
        audit.add(tx, None, "销号后复查", "case", str(again.case_id), outcome)
        return outcome


def _again(tx: Writing, kept: Kept, rules: CaseRules) -> int | None:
    """The case that goes on: a new one where the same sort of problem is back, the live one where
    somebody opened one meanwhile; None where the account is well."""
    frozen = case_facts.freeze(tx, kept.place.account_id, tx.second)
    if not _sorts(rules, (each.kind for each in frozen.problems)) & _sorts(
        rules, (each.kind for each in kept.case.problems if each.confirmed)
    ):
        return None
    live = cases.live_of(tx, [kept.place.account_id]).get(kept.place.account_id)
    if live is not None:
        return live
    case = open_case(frozen.problems, transit=kept.place.transit_id is not None)
    opened = Opened(Source.SYSTEM.value, frozen.facts, frozen.sha256, None)
    fresh = cases.begin(tx, kept.place, opened, case)
    audit.add(tx, None, "生成整改单", "case", str(fresh.id), "销号后复查")
    return fresh.id


def _sorts(rules: CaseRules, kinds: Iterable[str]) -> frozenset[str]:
    """Silence of any length is one sort of problem, as is each other kind."""
    return frozenset(
        "更新" if rules.of(each).closing.posts else rules.of(each).name for each in kinds
    )
