"""无服务: no working service entry; by default a hint, for no national rule fails it."""

from typing import Final

from monitor.domain.finding import Outcome
from monitor.judge.offers import (
    answers,
    asked,
    carried_by_both,
    days,
    evidence,
    functions_by_platform,
)
from monitor.judge.phrases import authority, day
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "无服务"
PARAMETERS: Final = {"functions": functions_by_platform, "valid_days": days}


@rule(NAME, 1, parameters=PARAMETERS)
def no_service(case: Case) -> Verdict | None:
    """Applies only where each entry the rulebook names was asked for and none works."""
    terms, found = case.rulebook.terms[NAME], asked(case, NAME, "functions")
    if found.works:
        return Verdict(Outcome.OK, "有可用的服务功能。", until=found.until)
    if found.works is None:
        if terms.outcome is not Outcome.FAIL:
            return None
        unknown = "、".join(found.unknown)
        sentence = f"未核查{unknown},服务功能暂不作认定(数据不足)。核查或填报一次即可认定。"
        return Verdict(Outcome.UNDECIDED, sentence, {"unknown": list(found.unknown)}, found.until)
    if carried_by_both(case):
        return Verdict(Outcome.OK, "按不互动无服务列出。", until=found.until)
    sentence = (
        f"截至{day(case.facts.as_of)},{answers(found.answers)}均不可用,"
        f"未提供服务功能{authority(terms.source, terms.rank)}。"
    )
    return Verdict(terms.outcome, sentence, {"answers": evidence(found.answers)}, found.until)
