"""What an assessment froze and found: a unit of its roster, a fact, a line, a count, a total."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit of the roster as it was frozen; `unit` and `parent` are codes, `kind` is what a line's
    `only` asks for, `peers` the group it is compared in."""

    unit: str
    unit_id: int
    name: str
    path: str
    level: str
    parent: str = ""
    kind: str = ""
    peers: str = ""
    headcount: float | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One measurement of a unit, or of one of its official accounts (`account`: its id as text).

    `cause` is a `scheme.Cause` where it is missing, `asked` working days since the unit was asked
    in writing; `coverage` and `self_reported` are shares 0..1. See `score.measured`.
    """

    unit: str
    measure: str
    account: str | None = None
    platform: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    samples: float | None = None
    cause: str | None = None
    asked: float | None = None
    coverage: float | None = None
    carried: float | None = None
    self_reported: float | None = None
    sources: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """评分明细: one line of one unit or account; `place` is its position in the scheme."""

    unit: str
    account: str | None
    place: int
    part: str
    indicator: str
    name: str
    most: float
    numerator: float | None
    denominator: float | None
    samples: float | None
    raw: float | None
    share: float | None
    points: float | None
    status: str
    adjusted: float
    coverage: float | None
    self_reported: float | None
    carry: float | None
    sources: str
    note: str


@dataclass(frozen=True, slots=True)
class Count:
    """A deduction (negative points) or a bonus beside the lines."""

    unit: str
    account: str | None
    item: str
    name: str
    points: float


@dataclass(frozen=True, slots=True)
class Total:
    """单位考核结果. `parts` is JSON text of points by part; `low`..`high` 参考位次区间,
    `tier` 并列档; None where the unit has no total, or no interval can be given."""

    unit: str
    peers: str
    parts: str
    base: float | None
    deducted: float | None
    bonus: float | None
    own: float | None
    below: float | None
    final: float | None
    grade: str
    reason: str
    unscored: float | None
    coverage: float | None
    place: int | None = None
    low: int | None = None
    high: int | None = None
    tier: int | None = None
    shift: float | None = None
    out_low: int | None = None
    out_high: int | None = None
    weakest: str = ""
    percentile: int | None = None
