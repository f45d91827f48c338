"""The rulebooks that ship, and facts in days to hold against them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from monitor.domain.facts import Facts
from monitor.domain.finding import Judgement
from monitor.domain.instants import DAY, HOUR
from monitor.domain.rulebook import Rulebook
from monitor.judge.evaluate import judge
from monitor.judge.rulebook import parse
from tests.judge.evidence import Look, Post, Record, measure

FOLDER = Path(__file__).parents[2] / "data" / "rulebooks"
NOW = 1_795_363_200
"""Monday 2026-11-23 00:00 in Shanghai."""


def document(name: str) -> dict[str, Any]:
    """A shipped rulebook as its YAML says it, afresh."""
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@cache
def book(name: str) -> Rulebook:
    """A shipped rulebook."""
    return parse(document(name))


def silent(seconds: int, **record: object) -> Record:
    """An account that was last seen posting so long before NOW, looked at until then."""
    last = NOW - seconds
    look = Look(last + 1, NOW, fresh=168 * HOUR)
    usual: dict[str, Any] = {"registered": NOW - 500 * DAY, **record}
    return Record((Post(last, last),), (look,), **usual)


def both(record: Record, as_of: int = NOW) -> tuple[Judgement, Judgement]:
    """本厅口径 and 上级口径."""
    facts = measure(record, as_of)
    return judge(facts, book("hubei-default")), judge(facts, book("gb2019"))


def of(judgement: Judgement, rule: str) -> tuple[str, str] | None:
    """Outcome and sentence of a rule's finding; None where it said nothing."""
    for each in judgement.findings:
        if each.rule == rule:
            return each.outcome.value, each.sentence
    return None


def sentence(facts: Facts, name: str = "hubei-default") -> str:
    """The sentence of the rule 更新."""
    return judge(facts, book(name)).findings[0].sentence
