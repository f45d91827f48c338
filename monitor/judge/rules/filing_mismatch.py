"""备案与平台状态不一致: closed on paper and there, or in use on paper and gone there."""

from typing import Any, Final

from monitor.domain.account import Kind, State
from monitor.domain.facts import Facts, Presence, Standing
from monitor.domain.instants import BEGINNING, DAY
from monitor.domain.numbers import Provenance
from monitor.judge.phrases import authority, day, instant, iso, within
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "备案与平台状态不一致"
CLOSED: Final = frozenset({State.CLOSED, State.REMOVED})
IN_USE: Final = frozenset({State.ACTIVE, State.PAUSED, State.LOST, State.UNCHECKED})


@rule(NAME, 2, excluded_too=True)
def filing_mismatch(case: Case) -> Verdict | None:
    """Looks both ways: at closed and removed accounts that are there, at those in use that are
    not. Accounts on their way to closing are neither yet."""
    standing, terms = case.standing, case.rulebook.terms[NAME]
    if standing is None or standing.kind is Kind.PERSONAL:
        return None
    found = None
    if standing.state in CLOSED:
        found = _posting(case.facts, standing) or _there(case.facts, standing)
        found = found or _still_filed(case.facts, standing)
    elif standing.state in IN_USE:
        found = _gone(case.facts, standing)
    if found is None:
        return None
    told, evidence = found
    sentence = f"{told}{authority(terms.source, terms.rank)}。"
    return Verdict(terms.outcome, sentence, {"state": standing.state.value, **evidence})


Found = tuple[str, dict[str, Any]] | None


def _posting(facts: Facts, standing: Standing) -> Found:
    """Closed, and posting: the day of the closure itself proves nothing."""
    first = facts.newest_from
    if first is None or standing.valid_from <= BEGINNING:
        return None
    if not standing.valid_from + DAY <= first <= standing.valid_until:
        return None
    last = facts.newest_until or first
    told = f"台账状态为{standing.state},但{within(first, last)}仍有作品"
    return told, {"posted_from": iso(first), "posted_until": iso(last)}


def _there(facts: Facts, standing: Standing) -> Found:
    """Removed, and its page was seen since: a page may stand between 已关停 and 已注销."""
    seen = facts.presence
    if standing.state is not State.REMOVED or seen is None or not seen.stands:
        return None
    if not standing.valid_from + DAY <= seen.at <= standing.valid_until:
        return None
    told = f"台账状态为{standing.state},但{_looked(seen)}账号仍在"
    return told, _evidence(seen)


def _still_filed(facts: Facts, standing: Standing) -> Found:
    if standing.state is not State.REMOVED or not standing.filed:
        return None
    told = f"截至{day(facts.as_of)},账号已注销,台账仍载有备案,请核对备案是否注销"
    return told, {"filed": True}


def _gone(facts: Facts, standing: Standing) -> Found:
    """In use, and its page was last found gone: unless something came from it since."""
    seen = facts.presence
    if seen is None or seen.stands or _since(facts, seen.at):
        return None
    filed = "、已备案" if standing.filed else ""
    told = (
        f"台账状态为{standing.state}{filed},但{_looked(seen)}{seen.said},"
        "请核对账号ID、是否已注销和备案"
    )
    return told, _evidence(seen) | {"filed": standing.filed}


def _since(facts: Facts, second: int) -> bool:
    """Whether a post, or a list that was read, lies after an instant: then the page stood again."""
    posted = facts.newest_from is not None and facts.newest_from >= second
    return posted or any(each.b > second and each.grade > 0 for each in facts.coverage)


def _looked(seen: Presence) -> str:
    by = "巡查见" if seen.source is Provenance.PATROL else "接口返回"
    return f"{instant(seen.at)}{by}"


def _evidence(seen: Presence) -> dict[str, Any]:
    return {
        "seen_at": iso(seen.at),
        "seen": seen.said,
        "by": seen.source.value,
        "grade": seen.grade,
    }
