"""不互动: no working way to speak to the account, or, where a rulebook asks, too few answers."""

from typing import Final

from monitor.domain.finding import Outcome
from monitor.judge import replies
from monitor.judge.offers import asked, days, functions_by_platform, lacking
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "不互动"
PARAMETERS: Final = {
    "functions": functions_by_platform,
    "valid_days": days,
    "reply": replies.accepts,
}


@rule(NAME, 2, parameters=PARAMETERS)
def no_interaction(case: Case) -> Verdict | None:
    """Applies where each way the rulebook names was asked for and none works; where one does, and
    the rulebook sets `reply`, also where comments are answered too rarely or too late."""
    found = lacking(case, NAME, "互动功能")
    parameter = case.rulebook.terms[NAME].parameters.get("reply")
    if parameter is None or found is None or not asked(case, NAME, "functions").works:
        return found
    answered = replies.answering(case.facts, parameter)
    if answered is None:
        return found
    untils = [each.until for each in (found, answered) if each.until is not None]
    worse = found if answered.outcome is Outcome.OK else answered
    return Verdict(worse.outcome, worse.sentence, worse.evidence, min(untils, default=None))
