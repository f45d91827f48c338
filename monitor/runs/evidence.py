"""据: what would have been frozen as evidence had a case been opened at a second that is past."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from monitor.domain.case import Problem
from monitor.domain.finding import UPDATE_RULE, Finding, Judgement, Outcome
from monitor.domain.instants import to_micro
from monitor.record import case_facts, cases_past, runlog
from monitor.record.case_facts import Frozen
from monitor.record.store import Reading
from monitor.runs import books, evaluate
from monitor.runs.books import Books
from monitor.runs.parts import Parts

Key = tuple[int, int]
"""An account and a second."""


def frozen_at(parts: Parts, wanted: Iterable[Key]) -> dict[Key, Frozen]:
    """Evidence of accounts as of seconds, as known today; an account of which nothing failed then
    has no problems."""
    groups: dict[int, list[int]] = defaultdict(list)
    for account_id, as_of in wanted:
        groups[as_of].append(account_id)
    found: dict[Key, Frozen] = {}
    with parts.store.reading() as tx:
        known_at = runlog.known_now(tx, to_micro(parts.now()))
        for as_of, ids in sorted(groups.items()):
            opened = books.open_books(parts, as_of=as_of)
            for facts, own, upper in evaluate.evaluate(tx, opened, as_of, known_at, ids):
                found[facts.account_id, as_of] = _frozen(tx, opened, own, upper)
    return found


def _frozen(tx: Reading, opened: Books, own: Judgement, upper: Judgement) -> Frozen:
    current = cases_past.current(tx, own.account_id)
    problems = tuple(_problems(own, upper, current))
    kept = case_facts.canonical(
        {
            "account_id": own.account_id,
            "as_of": own.as_of,
            "known_at": own.known_at,
            "frozen_at": own.as_of,
            "findings": [
                _plain(each, judged, current.get(each.rule))
                for judged in (own, upper)
                for each in judged.findings
                if each.outcome is Outcome.FAIL
            ],
            "last_post": cases_past.last_post(tx, own.account_id, own.as_of),
            "silence": [own.silence_min, own.silence_max],
        }
    )
    return replace(kept, problems=problems)


def _problems(own: Judgement, upper: Judgement, current: Mapping[str, int]) -> Iterable[Problem]:
    """One line for each rule that failed by either book, the office's own words first."""
    mine, national = _failing(own), _failing(upper)
    for rule in dict.fromkeys((*mine, *national)):
        first = mine.get(rule) or national[rule]
        judged = own if rule in mine else upper
        yield Problem(
            kind=judged.status if rule == UPDATE_RULE else rule,
            sentence=first.sentence,
            upper=_said(upper, rule),
            own=_said(own, rule),
            finding_id=current.get(rule),
        )


def _failing(judged: Judgement) -> dict[str, Finding]:
    return {each.rule: each for each in judged.findings if each.outcome is Outcome.FAIL}


def _said(judged: Judgement, rule: str) -> str:
    found = next((each for each in judged.findings if each.rule == rule), None)
    if found is None:
        return ""
    status = judged.status if rule == UPDATE_RULE else ""
    outcome = found.outcome.value
    return outcome if status in ("", outcome) else f"{outcome}({status})"


def _plain(finding: Finding, judged: Judgement, finding_id: int | None) -> dict[str, Any]:
    return {
        "id": finding_id,
        **asdict(finding),
        "outcome": finding.outcome.value,
        "evidence": dict(finding.evidence),
        "book": judged.rulebook,
        "book_version": judged.rulebook_version,
        "as_of": judged.as_of,
        "cutoff": judged.cutoff,
    }
