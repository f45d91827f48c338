"""未备案: the ledger says that the account was never filed."""

from typing import Final

from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY
from monitor.judge.offers import days
from monitor.judge.phrases import authority, day
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "未备案"
GRACE_DAYS: Final = 7
"""Five working days after the opening, where the rulebook names no other time."""


@rule(NAME, 2, parameters={"grace_days": days}, excluded_too=True)
def unfiled(case: Case) -> Verdict | None:
    """Applies where the ledger denies a filing; where it says nothing, nothing is known."""
    standing, terms = case.standing, case.rulebook.terms[NAME]
    if standing is None or standing.filed or (case.excluded and not case.only_new):
        return None
    if standing.filed is None:
        if terms.outcome is not Outcome.FAIL:
            return None
        return Verdict(Outcome.UNDECIDED, "台账未写明是否备案,暂不作认定。请在台账中补填。")
    grace = int(terms.parameters.get("grace_days", GRACE_DAYS)) * DAY
    opened = case.facts.opened_until
    if opened is not None and case.facts.as_of - opened <= grace:
        return Verdict(Outcome.OK, "新开设账号尚在备案时限内。", until=opened + grace + 1)
    sentence = (
        f"截至{day(case.facts.as_of)},台账载明该账号未备案{authority(terms.source, terms.rank)}。"
    )
    return Verdict(terms.outcome, sentence, {"filed": False})
