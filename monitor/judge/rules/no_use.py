"""不互动无服务: neither a way to speak nor a service entry works."""

from typing import Final

from monitor.judge.offers import BOTH_RULE, answers, asked, days, evidence, functions_by_platform
from monitor.judge.phrases import authority, day
from monitor.judge.rule import Case, Verdict, rule

PARAMETERS: Final = {
    "interaction": functions_by_platform,
    "service": functions_by_platform,
    "valid_days": days,
}


@rule(BOTH_RULE, 1, parameters=PARAMETERS)
def no_use(case: Case) -> Verdict | None:
    """Applies only where both are surely missing; what is unknown is left to the single rules."""
    terms = case.rulebook.terms[BOTH_RULE]
    interaction = asked(case, BOTH_RULE, "interaction")
    if interaction.works is not False:
        return None
    service = asked(case, BOTH_RULE, "service")
    if service.works is not False:
        return None
    found = interaction.answers + service.answers
    sentence = (
        f"截至{day(case.facts.as_of)},{answers(found)}均不可用,"
        f"既未提供有效互动功能也未提供服务功能{authority(terms.source, terms.rank)}。"
    )
    until = min(each for each in (interaction.until, service.until) if each is not None)
    return Verdict(terms.outcome, sentence, {"answers": evidence(found)}, until)
