"""失管: nobody can get into the account any more; it can neither post nor be closed."""

from typing import Final

from monitor.domain.account import Kind, State
from monitor.domain.instants import BEGINNING
from monitor.judge.phrases import authority, day, iso, span
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "失管"


@rule(NAME, 1, excluded_too=True)
def lost(case: Case) -> Verdict | None:
    """Says so of every account that stands as 失管待找回, also where that keeps it 不纳入."""
    standing, terms = case.standing, case.rulebook.terms[NAME]
    if standing is None or standing.kind is Kind.PERSONAL or standing.state is not State.LOST:
        return None
    since, as_of = standing.valid_from, case.facts.as_of
    how_long = "" if since <= BEGINNING else f",自{day(since)}起已{span(as_of - since)}"
    sentence = (
        f"截至{day(as_of)},台账状态为失管待找回{how_long},不能发布也不能注销,"
        f"请按平台申诉流程找回,找回无望的申请关停{authority(terms.source, terms.rank)}。"
    )
    evidence = {"state": standing.state.value}
    return Verdict(terms.outcome, sentence, evidence | _since(since))


def _since(second: int) -> dict[str, str]:
    return {} if second <= BEGINNING else {"since": iso(second)}
