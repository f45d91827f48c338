"""备案与平台状态不一致: closed on paper and still posting, or gone and still filed."""

from typing import Final

from monitor.domain.account import Kind, State
from monitor.domain.facts import Facts, Standing
from monitor.domain.instants import BEGINNING, DAY
from monitor.judge.phrases import authority, day, iso, within
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "备案与平台状态不一致"


@rule(NAME, 1, excluded_too=True)
def filing_mismatch(case: Case) -> Verdict | None:
    """Looks at closed and removed accounts only; the day of the closure itself proves nothing."""
    standing, terms = case.standing, case.rulebook.terms[NAME]
    if standing is None or standing.kind is Kind.PERSONAL:
        return None
    if standing.state not in {State.CLOSED, State.REMOVED}:
        return None
    state, said = standing.state.value, authority(terms.source, terms.rank)
    if _posted_since(case.facts, standing):
        first, last = case.facts.newest_from or 0, case.facts.newest_until or 0
        sentence = f"台账状态为{state},但{within(first, last)}仍有作品{said}。"
        evidence = {"state": state, "posted_from": iso(first), "posted_until": iso(last)}
        return Verdict(terms.outcome, sentence, evidence)
    if standing.state is State.REMOVED and standing.filed:
        sentence = (
            f"截至{day(case.facts.as_of)},账号已注销,台账仍载有备案,请核对备案是否注销{said}。"
        )
        return Verdict(terms.outcome, sentence, {"state": state, "filed": True})
    return None


def _posted_since(facts: Facts, standing: Standing) -> bool:
    if facts.newest_from is None or standing.valid_from <= BEGINNING:
        return False
    return standing.valid_from + DAY <= facts.newest_from <= standing.valid_until
