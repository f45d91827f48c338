"""Scorecard 考核得分明细: a result as it was stored, in the words of screens, files and papers."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import floor, isnan
from typing import Final

from monitor.domain.assessed import Count, Line, Listed, Total
from monitor.domain.scheme import Indicator, Method, Scheme, Status

NO_DATA: Final = "—"
PERCENT: Final = "%"
MANUAL: Final = "人工"
NUDGE: Final = 1e-9
"""As the engine rounds: half up, a hair of binary error notwithstanding."""
FULL_AT: Final[Mapping[Method, str]] = {
    Method.TARGET: "target",
    Method.LINEAR: "full_at",
    Method.MINMAX: "high",
    Method.LOG: "full_at",
    Method.TASK: "target",
}
"""Which number of a method is the value at which a line has all its points."""
WHY: Final[Mapping[Status, str]] = {
    Status.NORMAL: "",
    Status.NOT_APPLICABLE: "本单位没有这一项,分值由其他项分摊",
    Status.FEW: "样本太少,分值由其他项分摊",
    Status.SYSTEM: "系统或平台未能取得数据,分值由其他项分摊,不影响单位",
    Status.FLOOR: "经书面催报仍未提供,只按有证据的计",
}
"""What follows from missing data, where nobody wrote a word of it."""
CLEAR: Final = "正常"


@dataclass(frozen=True, slots=True)
class Plea:
    """An objection as a result shows it: whose (code), against which line, where it stands."""

    unit: str
    indicator: str
    state: str


@dataclass(frozen=True)
class Sheet:
    """A whole result with what explains it.

    `as_of` and `exported_at` are seconds; `symbols` are those of measurements by key; `before` the
    totals of the last period by unit code; `standard` what accounts were looked at under.
    """

    period: str
    kind: str
    stage: str
    scheme: Scheme
    as_of: int
    checksum: str
    roster: tuple[Listed, ...]
    totals: tuple[Total, ...]
    lines: tuple[Line, ...]
    counts: tuple[Count, ...]
    symbols: Mapping[str, str]
    exported_at: int
    exported_by: str
    standard: str = ""
    before: Mapping[str, float] = field(default_factory=dict)
    pleas: tuple[Plea, ...] = ()
    desk_url: str = ""
    assessment: int = 0
    """The id of what was assessed, for links to its page; 0 where it was only computed."""
    asked: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What was asked for in writing, by (unit code, indicator): the words beside the line."""
    among: tuple[Total, ...] = ()
    """All totals, where `totals` are only those somebody may see: how far tie groups span."""

    @cached_property
    def listed(self) -> dict[str, Listed]:
        """The roster by code."""
        return {each.unit: each for each in self.roster}

    @cached_property
    def of_unit(self) -> dict[str, list[Line]]:
        """Lines by unit code, in the order of the scheme."""
        found: dict[str, list[Line]] = defaultdict(list)
        for each in self.lines:
            found[each.unit].append(each)
        return found

    @cached_property
    def counted(self) -> dict[str, list[Count]]:
        """Deductions and bonus by unit code."""
        found: dict[str, list[Count]] = defaultdict(list)
        for each in self.counts:
            found[each.unit].append(each)
        return found

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The lines of the scheme by id, those of its parts too."""
        schemes = (self.scheme, *(sub for _, sub in self.scheme.subs))
        return {line.id: line for one in schemes for line in one.indicators()}

    @cached_property
    def parts(self) -> dict[str, dict[str, float]]:
        """Points of each part by unit code and part id."""
        return {each.unit: json.loads(each.parts) for each in self.totals}

    @cached_property
    def scored_parts(self) -> tuple[tuple[str, str], ...]:
        """(id, name) of the parts that have points."""
        if self.scheme.subs:
            return tuple((sub.name, sub.title) for _, sub in self.scheme.subs)
        return tuple((each.id, each.name) for each in self.scheme.sections if each.max > 0)

    @cached_property
    def tiers(self) -> dict[tuple[str, int], tuple[int, int]]:
        """The first and last place of each tie group."""
        spans: dict[tuple[str, int], list[int]] = defaultdict(list)
        for each in self.among or self.totals:
            if each.tier and each.place is not None:
                spans[each.peers, each.tier].append(each.place)
        return {
            key: (min(places), max(*places, min(places) + len(places) - 1))
            for key, places in spans.items()
        }

    def rounded(self, value: float | None) -> float | None:
        """Points as they are printed; None where there are none."""
        if value is None or isnan(value):
            return None
        scale = 10.0**self.scheme.decimals
        return floor(value * scale + 0.5 + NUDGE) / scale

    def name(self, unit: str) -> str:
        """What a unit is called."""
        found = self.listed.get(unit)
        return unit if found is None else found.name

    def symbol(self, line: Line) -> str:
        """`%`, `条`, `小时`: the unit of a line's value; what people give are per cent too."""
        return symbol(self.indicators.get(line.indicator), self.symbols)

    def of(self, unit: str) -> Total | None:
        """The total of a unit; None where it is not in the result."""
        return next((each for each in self.totals if each.unit == unit), None)


def symbol(indicator: Indicator | None, symbols: Mapping[str, str]) -> str:
    """The unit of an indicator's value; '' for none."""
    if indicator is None:
        return ""
    if indicator.measure == MANUAL or indicator.measure.startswith(f"{MANUAL}:"):
        return PERCENT
    return symbols.get(indicator.measure, "")


def in_symbol(value: float | None, sign: str, decimals: int = 2) -> float | None:
    """A value as its symbol has it: 0.95 is 95 of %; None stays None."""
    if value is None or isnan(value):
        return None
    return round(value * 100 if sign == PERCENT else value, decimals)


def full_at(indicator: Indicator | None) -> float | None:
    """The value at which a line has all its points; None where the method names none."""
    if indicator is None:
        return None
    scoring = indicator.scoring
    if scoring.method is Method.BANDS and scoring.bands and not scoring.numbers.get("down"):
        return scoring.bands[0][0]
    key = FULL_AT.get(scoring.method)
    return None if key is None else scoring.numbers.get(key)


def place(sheet: Sheet, total: Total) -> str:
    """组内位次 as far as the data supports it: `3`, or `2—5` for all of one tie group."""
    if total.place is None:
        return NO_DATA
    if not total.tier:
        return str(total.place)
    return span(*sheet.tiers[total.peers, total.tier])


def interval(total: Total) -> str:
    """参考位次区间: `2—6`; '—' where none can be given."""
    if total.low is None or total.high is None:
        return NO_DATA
    return span(total.low, total.high)


def span(low: int, high: int) -> str:
    """`3`, or `2—5`."""
    return str(low) if low == high else f"{low}—{high}"


def missing(line: Line) -> str:
    """Why a line is not scored as usual: what was noted, else what follows from its status."""
    status = Status(line.status)
    if status is Status.NORMAL:
        return line.note
    return f"{WHY[status]}。{line.note}" if line.note else WHY[status]


def health(sheet: Sheet, total: Total) -> str:
    """运营健康结论 in a word."""
    hit = [gate for gate in sheet.scheme.gates if gate.name in total.reason]
    if any(gate.cap is not None or gate.fixed is not None or gate.fails for gate in hit):
        return "封顶或否决"
    taken = {each.id for each in sheet.scheme.deductions}
    lost = any(each.item in taken for each in sheet.counted.get(total.unit, ()))
    return "有扣分" if hit or lost else CLEAR


def pleas(found: Iterable[Plea]) -> str:
    """`采纳1件、待复核1件`; `无`."""
    told: dict[str, int] = defaultdict(int)
    for each in found:
        told[each.state] += 1
    return "、".join(f"{state}{number}件" for state, number in told.items()) or "无"
