"""Campaign rules read strictly from their sheet; what makes no sense is named with its line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from monitor.coordinate.forced_asks import FORBIDDEN
from monitor.domain.account import PLATFORMS
from monitor.domain.campaign import Kind, Order
from monitor.domain.campaign_rules import (
    Audience,
    CampaignRules,
    Clock,
    Forbidden,
    KindRule,
    Quiet,
    Step,
)
from monitor.domain.sheet import Part

LAST_HOUR: Final = 23
WEEK: Final = 168
LONGEST: Final = 100_000


def parse(mapping: Mapping[str, Any], where: str, lines: Mapping[str, int]) -> CampaignRules:
    """The rules a sheet lays down; InputError names line, item and what was expected.

    `lines` gives the line of each path (`kinds[0].hours`), as the sheet was written.
    """
    sheet = Part(mapping, "", where, lines)
    found = CampaignRules(
        version=sheet.whole("version", 1, 1_000_000),
        source=sheet.text("source"),
        rank=sheet.rank(),
        kinds=_kinds(sheet),
        most=sheet.whole("most", 1, LONGEST),
        lengths=_lengths(sheet),
        clocks=tuple(map(_clock, sheet.parts("clocks"))),
        through=_through(sheet),
        steps=_steps(sheet),
        quiet=_quiet(sheet.part("quiet")),
        forbidden=_forbidden(sheet.part("forbidden")),
    )
    sheet.done()
    return found


def _kinds(sheet: Part) -> Mapping[Kind, KindRule]:
    found = {}
    for part in sheet.parts("kinds"):
        kind = part.word("name", Kind)
        found[kind] = KindRule(
            kind=kind,
            order=part.word("order", Order),
            signs=part.yes("signs", default=False),
            capped=part.yes("capped", default=True),
            night=part.yes("night", default=False),
            hours=part.whole("hours", 1, WEEK),
        )
        part.done()
    if set(found) != set(Kind):
        raise sheet.wrong("kinds", f"应各写一次:{'、'.join(Kind)}")
    return MappingProxyType(found)


def _lengths(sheet: Part) -> Mapping[str, int]:
    found = {}
    for part in sheet.parts("lengths"):
        platform = part.text("platform")
        if platform not in PLATFORMS:
            raise part.wrong("platform", f"应为{'、'.join(PLATFORMS)}之一")
        found[platform] = part.whole("chars", 1, LONGEST)
        part.done()
    return MappingProxyType(found)


def _clock(part: Part) -> Clock:
    kinds = part.listed("kinds")
    found = Clock(
        name=part.text("name"),
        hours=part.whole("hours", 1, WEEK),
        kinds=frozenset(part.known(f"kinds[{n}]", each, Kind) for n, each in enumerate(kinds)),
        source=part.text("source"),
        rank=part.rank(),
    )
    part.done()
    return found


def _through(sheet: Part) -> frozenset[Order]:
    orders = enumerate(sheet.texts("through"))
    return frozenset(sheet.known(f"through[{n}]", each, Order) for n, each in orders)


def _steps(sheet: Part) -> tuple[Step, ...]:
    found = []
    for part in sheet.parts("steps"):
        to = part.listed("to")
        heard = tuple(part.known(f"to[{n}]", each, Audience) for n, each in enumerate(to))
        found.append(Step(part.text("name"), part.whole("minute", -WEEK * 60, WEEK * 60), heard))
        part.done()
    minutes = [each.minute for each in found]
    if minutes != sorted(set(minutes)):
        raise sheet.wrong("steps", "应按 minute 从小到大写,且不重复")
    return tuple(found)


def _quiet(part: Part) -> Quiet:
    found = Quiet(part.whole("from", 0, LAST_HOUR), part.whole("until", 0, LAST_HOUR))
    part.done()
    return found


def _forbidden(part: Part) -> Forbidden:
    found = Forbidden(
        rule=part.text("rule"),
        **{name: _words(part, name) for name in FORBIDDEN},
    )
    part.done()
    return found


def _words(part: Part, key: str) -> tuple[str, ...]:
    words = part.listed(key)
    if not all(isinstance(each, str) and len(each.strip()) > 1 for each in words):
        raise part.wrong(key, "应为两个字以上的词的列表")
    return tuple(each.strip() for each in words)
