"""Ladder 逐级提醒, pure: read strictly from its sheet, and who hears of which account."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from monitor.access import scopes
from monitor.domain.ladder import Rung, Silent
from monitor.domain.person import Person, Role
from monitor.domain.sheet import Part


def parse(content: Mapping[str, Any], name: str, lines: Mapping[str, int]) -> tuple[Rung, ...]:
    """The rungs in order; InputError names the line of what makes no sense."""
    sheet = Part(content, "", name, lines)
    sheet.whole("version")
    sheet.text("source")
    sheet.rank()
    parts = sheet.parts("steps")
    rungs = tuple(_rung(each) for each in parts)
    for part, (before, after) in zip(parts[1:], pairwise(rungs), strict=True):
        if after.days <= before.days:
            raise part.wrong("days", "应大于前一步的天数")
    sheet.done()
    return rungs


def _rung(part: Part) -> Rung:
    to = tuple(part.known("to", each, Role) for each in part.listed("to"))
    found = Rung(part.whole("days", 1, 365), to, part.text("ask"))
    part.done()
    return found


def hears(people: Iterable[Person], rung: Rung, silent: Silent) -> tuple[Person, ...]:
    """Those who hold one of the rung's roles where the account is; editors of the whole house."""
    return tuple(
        each
        for each in people
        if each.active
        and any(
            grant.role in rung.to and scopes.covers(scopes.united([grant]), silent.path, "")
            for grant in each.held
        )
    )
