"""Offers: which functions a rulebook asks for, and what is known of them of an account."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.account import PLATFORMS
from monitor.domain.facts import Facts, Service
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY
from monitor.domain.service import Function
from monitor.judge.phrases import authority, day, iso
from monitor.judge.rule import Case, Verdict

VALID_DAYS: Final = 180
"""An answer older than this says nothing any more, unless the rulebook names another age."""

BOTH_RULE: Final = "不互动无服务"
"""Where a rulebook uses this rule, it carries what lacks both; the two others then keep silent."""

OTHERS: Final = "其他"


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known of a group of functions: `works` is None where it cannot be told.

    `until` is the second from which an answer it rests on is too old, None where it rests on none.
    """

    works: bool | None
    answers: tuple[Service, ...]
    unknown: tuple[str, ...]
    until: int | None


def offer(facts: Facts, functions: Sequence[str], valid_days: int) -> Offer:
    """One that works is enough; that none works is known only when each of them was asked for."""
    oldest = facts.as_of - valid_days * DAY
    fresh = tuple(
        [
            each
            for each in facts.services
            if each.function in functions and each.works is not None and each.checked_at >= oldest
        ]
    )
    if not fresh:
        return Offer(works=None, answers=(), unknown=tuple(functions), until=None)
    until = min([each.checked_at for each in fresh]) + valid_days * DAY + 1
    if any(each.works for each in fresh):
        return Offer(works=True, answers=fresh, unknown=(), until=until)
    answered = {each.function for each in fresh}
    unknown = tuple([name for name in functions if name not in answered])
    return Offer(works=None if unknown else False, answers=fresh, unknown=unknown, until=until)


def asked(case: Case, rule: str, parameter: str) -> Offer:
    """What is known of the functions that the rulebook's terms of `rule` name for the platform.

    其他 stands for the platforms they do not name.
    """
    parameters = case.rulebook.terms[rule].parameters
    by_platform = parameters[parameter]
    names = by_platform.get(case.platform, by_platform[OTHERS])
    valid_days = int(parameters.get("valid_days", VALID_DAYS))
    return offer(case.facts, names, valid_days)


def lacking(case: Case, rule: str, what: str) -> Verdict | None:
    """The verdict of a rule that one group of functions, called `what`, has to work."""
    terms, found = case.rulebook.terms[rule], asked(case, rule, "functions")
    if found.works:
        return Verdict(Outcome.OK, f"有可用的{what}。", until=found.until)
    if found.works is None:
        if terms.outcome is not Outcome.FAIL:
            return None
        unknown = "、".join(found.unknown)
        sentence = f"未核查{unknown},{what}暂不作认定(数据不足)。核查或填报一次即可认定。"
        return Verdict(Outcome.UNDECIDED, sentence, {"unknown": list(found.unknown)}, found.until)
    if carried_by_both(case):
        return Verdict(Outcome.OK, f"按{BOTH_RULE}列出。", until=found.until)
    known = f"截至{day(case.facts.as_of)},{answers(found.answers)}均不可用"
    sentence = f"{known},未提供有效{what}{authority(terms.source, terms.rank)}。"
    return Verdict(terms.outcome, sentence, {"answers": evidence(found.answers)}, found.until)


def carried_by_both(case: Case) -> bool:
    """Whether 不互动无服务 already names what this account lacks."""
    if BOTH_RULE not in case.rulebook.terms:
        return False
    parts = (asked(case, BOTH_RULE, "interaction"), asked(case, BOTH_RULE, "service"))
    return all(each.works is False for each in parts)


def functions_by_platform(value: object) -> bool:
    """Whether a rulebook's parameter maps platforms, 其他 among them, to names of functions."""
    if not isinstance(value, dict) or OTHERS not in value:
        return False
    known = {each.value for each in Function}
    return all(
        (platform == OTHERS or platform in PLATFORMS)
        and isinstance(names, list)
        and bool(names)
        and known.issuperset(names)
        for platform, names in value.items()
    )


def days(value: object) -> bool:
    """Whether a rulebook's parameter is a whole number of days, at least one, or left out."""
    return value is None or (type(value) is int and value >= 1)


def answers(found: Iterable[Service]) -> str:
    """`评论留言(2026年11月20日核查)、私信(2026年11月1日填报)`."""
    return "、".join(
        f"{each.function.value}({day(each.checked_at)}{'核查' if each.measured else '填报'})"
        for each in found
    )


def evidence(found: Iterable[Service]) -> list[dict[str, Any]]:
    """The answers as plain values."""
    return [
        {
            "function": each.function.value,
            "works": each.works,
            "checked_at": iso(each.checked_at),
            "measured": each.measured,
            "detail": each.detail,
        }
        for each in found
    ]
