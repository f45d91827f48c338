"""Doubt 存疑: what a rule that erred too often concludes is a hint, and says so."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from monitor.domain.finding import UPDATE_RULE, Finding, Judgement, Outcome

EASED_FROM: Final = "eased_from"
"""Evidence: what the rule would have concluded."""
SAID: Final = "该规则在本平台认定差错较多,暂作提示,不作疑似问题。"


def eased(judgement: Judgement, doubted: Collection[str]) -> Judgement:
    """The judgement with every failure of a doubted rule turned into a hint.

    Where silence itself is doubted, status and outcome read 提醒: nothing is counted, told or put
    to a unit as a failure that rests on it. Bounds and sentences stay: the evidence is not touched.
    """
    if not doubted:
        return judgement
    findings = tuple(
        _eased(each, judgement) if each.rule in doubted and each.outcome is Outcome.FAIL else each
        for each in judgement.findings
    )
    if UPDATE_RULE not in doubted or judgement.outcome is not Outcome.FAIL:
        return replace(judgement, findings=findings)
    return replace(
        judgement,
        status=Outcome.HINT.value,
        status_max=Outcome.HINT.value,
        outcome=Outcome.HINT,
        breach_at=None,
        findings=findings,
    )


def _eased(finding: Finding, judgement: Judgement) -> Finding:
    was = judgement.status if finding.rule == UPDATE_RULE else finding.outcome.value
    return replace(
        finding,
        outcome=Outcome.HINT,
        evidence={**finding.evidence, EASED_FROM: was},
        sentence=f"{finding.sentence}{SAID}",
    )
