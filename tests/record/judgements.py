"""Judgements a test makes up, and applying them to one account."""

from dataclasses import replace
from datetime import date
from typing import Any

from monitor.domain.facts import Facts
from monitor.domain.finding import UPDATE_RULE, Finding, Judgement, Outcome
from monitor.domain.instants import DAY
from monitor.domain.rulebook import Rulebook
from monitor.record import findings, rulebooks
from monitor.record.findings import Applied
from monitor.record.store import Store
from tests.record.builders import facts_of, stamp

LIMIT = 14 * DAY
OWN = Rulebook("own", 1, "本厅", "本厅", date(2026, 1, 1), (), None, 1, frozenset(), False, 0, {})
UPPER = replace(OWN, name="upper", upper=True)
AS_OF = 40 * DAY


def keep_books(store: Store) -> tuple[int, int]:
    """The rows of both rulebooks."""
    with store.writing() as tx:
        return rulebooks.ensure(tx, OWN, "own"), rulebooks.ensure(tx, UPPER, "upper")


def judgement(facts: Facts, book: Rulebook, outcome: Outcome, **values: Any) -> Judgement:
    """A judgement whose update finding has this outcome; other findings by (rule, outcome)."""
    others = values.pop("others", ())
    status = values.pop("status", outcome.value)
    rules = ((UPDATE_RULE, outcome), *others)
    told = tuple(Finding(rule, 1, each, {"days": 3}, f"{rule}一句话。") for rule, each in rules)
    whole = {
        "status_max": status,
        "cutoff": None,
        "last_post_from": facts.newest_from,
        "last_post_until": facts.newest_until,
        "silence_min": 0,
        "silence_max": None,
        "grade": 4,
        "breach_at": None,
        "next_at": None,
        "limit": LIMIT,
        **values,
    }
    return Judgement(
        account_id=facts.account_id,
        rulebook=book.name,
        rulebook_version=book.version,
        as_of=facts.as_of,
        known_at=facts.known_at,
        status=status,
        outcome=outcome,
        findings=told,
        **whole,
    )


def evaluate(
    store: Store, ids: tuple[int, int], key: int, outcome: Outcome, **values: Any
) -> Applied:
    """Judge one account so under 本厅口径 (正常 under 上级口径), at a known_at after everything."""
    as_of = values.pop("as_of", AS_OF)
    facts = facts_of(store, key, as_of, values.pop("known_at", stamp(store)))
    own = judgement(facts, OWN, outcome, **values)
    return findings.apply(store, [(facts, own, judgement(facts, UPPER, Outcome.OK))], ids)
