"""Case rules read strictly from their data sheet; what makes no sense is named with its line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from monitor.domain.case import Measure, Reason, Side, State
from monitor.domain.case_rules import (
    OTHER,
    Audience,
    CaseRules,
    Closing,
    KindRule,
    Paper,
    Step,
    Tolerance,
)
from monitor.domain.sheet import MOST, Part


def parse(mapping: Mapping[str, Any], where: str, lines: Mapping[str, int]) -> CaseRules:
    """The rules a sheet lays down; InputError names line, item and what was expected.

    `lines` gives the line of each path (`kinds[0].days`), as the sheet was written.
    """
    sheet = Part(mapping, "", where, lines)
    kinds = tuple(map(_kind, sheet.parts("kinds")))
    _each_once(sheet, kinds)
    found = CaseRules(
        version=sheet.whole("version", 1, 1_000_000),
        source=sheet.text("source"),
        rank=sheet.rank(),
        kinds=kinds,
        measures=_measures(sheet),
        repeats=_repeats(sheet),
        reasons=_reasons(sheet),
        turns=_turns(sheet),
        steps=_steps(sheet),
        tolerance=_tolerance(sheet.part("errors")),
        appeal_days=sheet.whole("appeal_days"),
        fresh_days=sheet.whole("fresh_days"),
        most_days=sheet.whole("most_days"),
        look_again_days=sheet.whole("look_again_days"),
        words=_words(sheet),
    )
    sheet.done()
    long = next((n for n, each in enumerate(kinds) if each.days > found.most_days), None)
    if long is not None:
        raise sheet.wrong(f"kinds[{long}].days", f"不能超过 most_days 的{found.most_days}天")
    return found


def _kind(part: Part) -> KindRule:
    days = part.whole("days", 0) if part.raw("days") is not None else 0
    hours = part.whole("hours", 0) if part.raw("hours") is not None else 0
    if bool(days) == bool(hours):
        raise part.wrong("days", "与 hours 应写且只写一个")
    covers = part.listed("covers")
    if not all(isinstance(each, str) and each.strip() for each in covers):
        raise part.wrong("covers", "应为问题名称的列表")
    found = KindRule(
        name=part.text("name"),
        covers=frozenset(covers),
        measure=part.word("measure", Measure),
        closing=_closing(part.part("close")),
        source=part.text("source"),
        rank=part.rank(),
        days=days,
        hours=hours,
    )
    part.done()
    return found


def _closing(part: Part) -> Closing:
    posts = part.whole("posts", 0) if part.raw("posts") is not None else 0
    within = part.whole("within_days", 0) if part.raw("within_days") is not None else 0
    if bool(posts) != bool(within):
        raise part.wrong("posts", "与 within_days 应一起写")
    words = part.text("words") if part.raw("words") is not None else ""
    found = Closing(posts, within, part.yes("cleared", default=False), words)
    if found == Closing():
        raise part.wrong("", "没有写明销号条件")
    part.done()
    return found


def _each_once(sheet: Part, kinds: tuple[KindRule, ...]) -> None:
    names = [name for each in kinds for name in sorted(each.covers)]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise sheet.wrong("kinds", f"里“{twice}”写进了两类", "每个名称只能属于一类")
    if OTHER not in names:
        raise sheet.wrong("kinds", f"里缺少“{OTHER}”一类")


def _measures(sheet: Part) -> tuple[Measure, ...]:
    words = sheet.listed("measures")
    found = tuple(sheet.known(f"measures[{n}]", each, Measure) for n, each in enumerate(words))
    if set(found) != set(Measure) or len(found) != len(Measure):
        raise sheet.wrong("measures", f"应由轻到重各写一次:{'、'.join(Measure)}")
    return found


def _repeats(sheet: Part) -> tuple[tuple[int, Measure], ...]:
    found = []
    for part in sheet.parts("repeats"):
        found.append((part.whole("nth", 2), part.word("measure", Measure)))
        part.done()
    return tuple(found)


def _reasons(sheet: Part) -> Mapping[Reason, bool]:
    found: dict[Reason, bool] = {}
    for part in sheet.parts("reasons"):
        found[part.word("name", Reason)] = part.yes("blames", default=True)
        part.done()
    return MappingProxyType(found)


def _turns(sheet: Part) -> Mapping[tuple[State, Side], int]:
    found: dict[tuple[State, Side], int] = {}
    for part in sheet.parts("turns"):
        found[part.word("state", State), part.word("side", Side)] = part.whole("days")
        part.done()
    return MappingProxyType(found)


def _steps(sheet: Part) -> tuple[Step, ...]:
    found = []
    for part in sheet.parts("steps"):
        to = part.listed("to")
        heard = tuple(part.known(f"to[{n}]", each, Audience) for n, each in enumerate(to))
        found.append(Step(part.text("name"), part.whole("day", -MOST), heard))
        part.done()
    days = [each.day for each in found]
    if days != sorted(set(days)):
        raise sheet.wrong("steps", "应按 day 从小到大写,且不重复")
    return tuple(found)


def _tolerance(part: Part) -> Tolerance:
    found = Tolerance(part.whole("window_days"), part.whole("least"), part.whole("percent", 1, 100))
    part.done()
    return found


def _words(sheet: Part) -> Mapping[Paper, str]:
    found = {}
    for part in sheet.parts("papers"):
        found[part.word("name", Paper)] = part.text("word")
        part.done()
    if set(found) != set(Paper) or len(set(found.values())) != len(found):
        raise sheet.wrong("papers", f"应各写一次,字号用字不重复:{'、'.join(Paper)}")
    return MappingProxyType(found)
