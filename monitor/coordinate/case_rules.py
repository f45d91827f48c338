"""Case rules read strictly from their data sheet; what makes no sense is named with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

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
from monitor.domain.errors import InputError

E = TypeVar("E", bound=StrEnum)
RANKS: Final = ("国家规定", "省级规定", "外地做法", "本厅设定")
MOST: Final = 3650
"""No number of the sheet is larger; a typing mistake is."""


@dataclass
class _Part:
    """A mapping of the sheet, where it stands, and which of its keys were read."""

    content: Mapping[str, Any]
    path: str
    where: str
    lines: Mapping[str, int]
    read: set[str] = field(default_factory=set)

    def wrong(self, key: str, told: str, remedy: str = "改正后重试") -> InputError:
        at = f"{self.path}.{key}" if self.path and key else self.path or key
        line = self.lines.get(at) or self.lines.get(self.path, 1)
        return InputError(f"“{at}”{told}", f"{self.where} 第{line}行", remedy)

    def raw(self, key: str) -> Any:
        self.read.add(key)
        return self.content.get(key)

    def text(self, key: str) -> str:
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "应为文字且不能为空")
        return value.strip()

    def whole(self, key: str, low: int = 1, high: int = MOST) -> int:
        value = self.raw(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(key, f"应为{low}至{high}之间的整数")
        return value

    def yes(self, key: str, *, default: bool) -> bool:
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, "应为 true 或 false")
        return default if value is None else value

    def word(self, key: str, kind: type[E]) -> E:
        return self.known(key, self.raw(key), kind)

    def known(self, key: str, value: object, kind: type[E]) -> E:
        found = next((each for each in kind if each.value == value), None)
        if found is None:
            raise self.wrong(key, f"应为{'、'.join(kind)}之一")
        return found

    def listed(self, key: str) -> list[Any]:
        value = self.raw(key)
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise self.wrong(key, "应为列表且不能为空")
        return list(value)

    def part(self, key: str) -> "_Part":
        return self._inner(self.raw(key), key)

    def parts(self, key: str) -> list["_Part"]:
        return [self._inner(each, f"{key}[{n}]") for n, each in enumerate(self.listed(key))]

    def done(self) -> None:
        unknown = [str(key) for key in self.content if key not in self.read]
        if unknown:
            known = "、".join(sorted(self.read))
            raise self.wrong(unknown[0], "没有这一项", f"可用的项:{known}")

    def _inner(self, value: object, key: str) -> "_Part":
        if not isinstance(value, Mapping):
            raise self.wrong(key, "应为一组“名称: 值”")
        at = f"{self.path}.{key}" if self.path else key
        return _Part(value, at, self.where, self.lines)


def parse(mapping: Mapping[str, Any], where: str, lines: Mapping[str, int]) -> CaseRules:
    """The rules a sheet lays down; InputError names line, item and what was expected.

    `lines` gives the line of each path (`kinds[0].days`), as the sheet was written.
    """
    sheet = _Part(mapping, "", where, lines)
    kinds = tuple(map(_kind, sheet.parts("kinds")))
    _each_once(sheet, kinds)
    found = CaseRules(
        version=sheet.whole("version", 1, 1_000_000),
        source=sheet.text("source"),
        rank=_rank(sheet),
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


def _kind(part: _Part) -> KindRule:
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
        rank=_rank(part),
        days=days,
        hours=hours,
    )
    part.done()
    return found


def _closing(part: _Part) -> Closing:
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


def _each_once(sheet: _Part, kinds: tuple[KindRule, ...]) -> None:
    names = [name for each in kinds for name in sorted(each.covers)]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise sheet.wrong("kinds", f"里“{twice}”写进了两类", "每个名称只能属于一类")
    if OTHER not in names:
        raise sheet.wrong("kinds", f"里缺少“{OTHER}”一类")


def _measures(sheet: _Part) -> tuple[Measure, ...]:
    words = sheet.listed("measures")
    found = tuple(sheet.known(f"measures[{n}]", each, Measure) for n, each in enumerate(words))
    if set(found) != set(Measure) or len(found) != len(Measure):
        raise sheet.wrong("measures", f"应由轻到重各写一次:{'、'.join(Measure)}")
    return found


def _repeats(sheet: _Part) -> tuple[tuple[int, Measure], ...]:
    found = []
    for part in sheet.parts("repeats"):
        found.append((part.whole("nth", 2), part.word("measure", Measure)))
        part.done()
    return tuple(found)


def _reasons(sheet: _Part) -> Mapping[Reason, bool]:
    found: dict[Reason, bool] = {}
    for part in sheet.parts("reasons"):
        found[part.word("name", Reason)] = part.yes("blames", default=True)
        part.done()
    return MappingProxyType(found)


def _turns(sheet: _Part) -> Mapping[tuple[State, Side], int]:
    found: dict[tuple[State, Side], int] = {}
    for part in sheet.parts("turns"):
        found[part.word("state", State), part.word("side", Side)] = part.whole("days")
        part.done()
    return MappingProxyType(found)


def _steps(sheet: _Part) -> tuple[Step, ...]:
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


def _tolerance(part: _Part) -> Tolerance:
    found = Tolerance(part.whole("window_days"), part.whole("least"), part.whole("percent", 1, 100))
    part.done()
    return found


def _words(sheet: _Part) -> Mapping[Paper, str]:
    found = {}
    for part in sheet.parts("papers"):
        found[part.word("name", Paper)] = part.text("word")
        part.done()
    if set(found) != set(Paper) or len(set(found.values())) != len(found):
        raise sheet.wrong("papers", f"应各写一次,字号用字不重复:{'、'.join(Paper)}")
    return MappingProxyType(found)


def _rank(part: _Part) -> str:
    rank = part.text("rank")
    if rank not in RANKS:
        raise part.wrong("rank", f"应为{'、'.join(RANKS)}之一")
    return rank
