"""Scheme 考核方案: what is measured, how it becomes points, and what bounds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

BY_HAND: Final = "人工:"
"""How the keys of what people fill in begin; an id follows."""


class Cause(StrEnum):
    """Why a measurement is missing, or counts for nothing."""

    NOT_APPLICABLE = "不适用"
    FEW = "样本不足"
    SYSTEM = "系统原因"
    UNIT = "单位原因"
    VOID = "经认定作废"


class Status(StrEnum):
    """How a line was scored."""

    NORMAL = "正常"
    NOT_APPLICABLE = "不适用"
    FEW = "样本不足"
    SYSTEM = "不计分-系统原因"
    FLOOR = "按下限计"

    @property
    def counts(self) -> bool:
        """Whether the line has points of its own; the weight of the others is spread."""
        return self in (Status.NORMAL, Status.FLOOR)


class Method(StrEnum):
    """How a value becomes a share of the points of its line."""

    TARGET = "目标比"
    LINEAR = "线性"
    BANDS = "分档"
    MINMAX = "极差"
    LOG = "对数"
    PERCENTILE = "百分位"
    RANKED = "名次分"
    EACH = "每单位"
    PERCENT = "每百分点"
    TASK = "任务完成"
    DEDUCT = "倒扣"
    PLAIN = "原值"


class Pool(StrEnum):
    """How the rows of a unit's accounts become one value."""

    RATIO = "合并比率"
    SUM = "合计"
    MEAN = "平均"
    MEDIAN = "中位数"
    PLATFORMS = "平台加权"


class Spread(StrEnum):
    """Where the points of lines that are not scored go."""

    PROPORTIONAL = "按比例"
    EVEN = "均摊"
    EVEN_IN_PART = "部分内均摊"


class Absent(StrEnum):
    """What a platform counts for on which a unit has no account."""

    ZERO = "计零"
    LEFT_OUT = "重分配"


@dataclass(frozen=True, slots=True)
class Scoring:
    """A method with its numbers; `bands` are (at least, share), the highest first."""

    method: Method
    numbers: Mapping[str, float] = field(default_factory=dict)
    bands: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is counted: `each` points a count, at most `most` of them; `measure` is the
    key of the measured frame."""

    id: str
    name: str
    measure: str
    each: float
    most: float


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line 二级指标 of at most `max` points.

    `measure` is the key of the measured frame, '' where `items` are counted instead. `carries`:
    what was left undone in the last period is owed too. `least`
    samples are needed, else it is `few`; under `least_coverage` (0..1) it is nobody's fault. `only`
    names the kinds of unit it applies to, all where empty. `per_head` divides by the headcount.
    """

    id: str
    name: str
    max: float
    scoring: Scoring
    measure: str = ""
    items: tuple[Item, ...] = ()
    pool: Pool = Pool.RATIO
    platforms: Mapping[str, float] = field(default_factory=dict)
    absent: Absent = Absent.LEFT_OUT
    least: float = 0
    few: Status = Status.FEW
    least_coverage: float = 0.0
    only: frozenset[str] = frozenset()
    empty_is_zero: bool = False
    per_head: bool = False
    carries: bool = False
    source: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """The keys of the measured frame it reads."""
        return (self.measure,) if self.measure else tuple(each.measure for each in self.items)


@dataclass(frozen=True, slots=True)
class Section:
    """One part 一级指标; its lines make up its `max` points."""

    id: str
    name: str
    max: float
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """What happens where a value exceeds `over`: the total is `cap`ped or `fixed`, fails outright,
    or the grade `bars` is out of reach."""

    id: str
    name: str
    measure: str
    over: float = 0.0
    cap: float | None = None
    fixed: float | None = None
    fails: bool = False
    bars: str = ""


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points on top, at most `most`, only for who has more than `opens_above` before them."""

    most: float
    opens_above: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade 档次 and the total it begins at."""

    name: str
    at_least: float


@dataclass(frozen=True, slots=True)
class Missing:
    """`limit`: from more than so many points not scored on, no grade and no place. `asked_days`:
    working days since a unit was asked in writing from which a gap is its own."""

    spread: Spread
    limit: float
    asked_days: float


@dataclass(frozen=True, slots=True)
class Rollup:
    """The total of a unit of `levels`: `own` per cent its own, `below` per cent the median of the
    units of `below_levels` under it; all its own where there are none."""

    levels: frozenset[str]
    below_levels: frozenset[str]
    own: float
    below: float


@dataclass(frozen=True, slots=True)
class Parts:
    """分期: the shorter periods (月, 季, 半年) whose settled totals under `scheme` are read."""

    scheme: str
    period: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A whole scheme. `per_account` scores each account and gives a unit the mean of its own.

    `subs` are whole schemes with their weights in per cent; such a scheme has no sections.
    """

    name: str
    version: int
    title: str
    source: str
    rank: str
    valid_from: date
    period: str
    full: float
    decimals: int
    sections: tuple[Section, ...]
    deductions: tuple[Item, ...]
    most_deducted: float
    bonus: Bonus
    gates: tuple[Gate, ...]
    grades: tuple[Grade, ...]
    missing: Missing
    rollup: Rollup | None = None
    levels: frozenset[str] = frozenset()
    per_account: bool = False
    subs: tuple[tuple[float, "Scheme"], ...] = ()
    parts: Parts | None = None
    sha256: str = ""

    def indicators(self) -> Iterator[Indicator]:
        """The lines in order."""
        for section in self.sections:
            yield from section.indicators

    def by_hand(self, *, whole: bool) -> dict[str, str]:
        """The names of what people fill in, by id: lines that posts are drawn for; `whole`: all
        that may be entered of a unit as a whole, deductions, bonus and gates too."""
        lines = [each for each in self.indicators() if each.measure.startswith(BY_HAND)]
        if not whole:
            return {each.id: each.name for each in lines}
        counted = [item for each in self.indicators() for item in each.items]
        counted += [*self.deductions, *self.bonus.items]
        found = {each.id: each.name for each in lines}
        found |= {each.id: each.name for each in counted if each.measure.startswith(BY_HAND)}
        found |= {each.id: each.name for each in self.gates if each.measure.startswith(BY_HAND)}
        for _, sub in self.subs:
            found |= sub.by_hand(whole=True)
        return found

    def measures(self) -> frozenset[str]:
        """All keys the measured frame may hold for it, those of its parts too."""
        own = [key for each in self.indicators() for key in each.measures]
        own += [each.measure for each in (*self.deductions, *self.bonus.items)]
        own += [each.measure for each in self.gates]
        return frozenset(own).union(*(sub.measures() for _, sub in self.subs))
