"""Lines of a scheme 指标, read strictly: what is measured, and how it becomes points."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.scheme import (
    Absent,
    Indicator,
    Item,
    Method,
    Pool,
    Scoring,
    Status,
)
from monitor.domain.sheet import Part
from monitor.score.catalogue import (
    COOPERATION,
    MANUAL,
    MEASUREMENTS,
    MOST_FOR_COOPERATION,
    UNTAKEN,
    manual,
)

LONGEST_ID: Final = 20
LARGEST: Final = 1e12
"""No number of a scheme is larger; a typing mistake is."""

NUMBERS: Final[Mapping[Method, tuple[tuple[str, float | None], ...]]] = MappingProxyType(
    {
        Method.TARGET: (("target", None),),
        Method.LINEAR: (("low_at", None), ("full_at", None), ("low_points", 0.0)),
        Method.BANDS: (),
        Method.MINMAX: (("low", None), ("high", None)),
        Method.LOG: (("full_at", None),),
        Method.PERCENTILE: (("least_peers", 5.0),),
        Method.RANKED: (),
        Method.EACH: (("each", None),),
        Method.PERCENT: (("each", None), ("base", 0.0)),
        Method.TASK: (("target", None), ("multiple", 1.0)),
        Method.DEDUCT: (("each", None),),
        Method.PLAIN: (("weight", None),),
    }
)
"""The numbers of each method, with what they are where they are left out (None: never left out)."""
COUNTED: Final = frozenset({Method.EACH, Method.DEDUCT})
"""Methods that may count several things at once (`items`), each with its own points."""


def key(part: Part) -> str:
    """The id of a line: short, unique in its scheme, and what files and screens call it by."""
    found = part.text("id")
    if len(found) > LONGEST_ID or ":" in found:
        raise part.wrong("id", f"应不超过{LONGEST_ID}字,且不含冒号")
    return found


def measure_of(part: Part) -> str:
    """The key of the measured frame: one of the catalogue, or that of a manual line."""
    word = part.text("measure")
    if word == MANUAL:
        name = part.text("name")
        if any(each in name for each in UNTAKEN):
            raise part.wrong("name", "不得要求或统计干警、群众的点赞、转发、跟评")
        return manual(part.text("id"))
    if word not in MEASUREMENTS:
        raise part.wrong(
            "measure", "不在测量项目中", f"可写“{MANUAL}”,或见 docs/reference/考核方案.md"
        )
    return word


def item(part: Part) -> Item:
    """One thing that is counted, with its points."""
    found = Item(
        key(part),
        part.text("name"),
        measure_of(part),
        part.number("each", 0, LARGEST),
        part.number("most", 0, LARGEST, LARGEST),
    )
    part.done()
    return found


def indicator(part: Part) -> Indicator:
    """One line; InputError where its method and what it measures do not go together."""
    items = tuple(item(each) for each in part.parts("items", optional=True))
    most = part.number("max", 0, LARGEST)
    scoring = _scoring(part.part("score"), most, counted=bool(items))
    if bool(items) == part.has("measure"):
        raise part.wrong("measure", "与 items 应写且只写一个")
    if items and scoring.method not in COUNTED:
        raise part.wrong("items", f"只用于{'、'.join(sorted(COUNTED))}")
    platforms = _platforms(part)
    measure = "" if items else measure_of(part)
    found = Indicator(
        id=key(part),
        name=part.text("name"),
        max=most,
        scoring=scoring,
        measure=measure,
        items=items,
        pool=_pool(part, measure, platforms),
        platforms=platforms,
        absent=part.word("absent", Absent) if part.has("absent") else Absent.LEFT_OUT,
        least=part.number("least", 0, LARGEST, 0),
        few=_few(part),
        least_coverage=part.number("least_coverage", 0, 1, 0),
        only=frozenset(part.texts("only")),
        empty_is_zero=part.yes("empty_is_zero", default=False),
        per_head=part.yes("per_head", default=False),
        carries=_carries(part, scoring),
        source=part.text("source", ""),
    )
    _cooperation_stays_small(part, found)
    part.done()
    return found


def _pool(part: Part, measure: str, platforms: Mapping[str, float]) -> Pool:
    """How accounts are put together: as written, else as the measurement is counted."""
    if not part.has("pool"):
        known = MEASUREMENTS.get(measure)
        usual = known.pool if known else Pool.RATIO
        return Pool.PLATFORMS if platforms else usual
    found = part.word("pool", Pool)
    if (found is Pool.PLATFORMS) != bool(platforms):
        raise part.wrong("pool", "平台加权须同时写 platforms,其他方式不写")
    return found


def _platforms(part: Part) -> Mapping[str, float]:
    if not part.has("platforms"):
        return MappingProxyType({})
    inner = part.part("platforms")
    names = [str(each) for each in inner.content]
    strange = next((each for each in names if each not in PLATFORMS), "")
    if strange:
        raise inner.wrong(strange, "不是平台", f"可用:{'、'.join(PLATFORMS)}")
    found = {each: inner.number(each, 0, 100) for each in names}
    if abs(sum(found.values()) - 100) > 1e-9:  # noqa: PLR2004
        raise inner.wrong("", f"权重合计{sum(found.values()):g},应为100")
    return MappingProxyType(found)


def _carries(part: Part, scoring: Scoring) -> bool:
    found = part.yes("carry", default=False)
    if found and scoring.method is not Method.TASK:
        raise part.wrong("carry", f"只用于{Method.TASK.value}")
    return found


def _few(part: Part) -> Status:
    if not part.has("few"):
        return Status.FEW
    found = part.word("few", Status)
    if found not in (Status.FEW, Status.NOT_APPLICABLE):
        raise part.wrong("few", "应为样本不足或不适用")
    return found


def _scoring(part: Part, most: float, *, counted: bool) -> Scoring:
    """The method with its numbers; points of the paper become shares of the line's `most`."""
    method = part.word("method", Method)
    numbers = {
        name: part.number(name, -LARGEST, LARGEST, default)
        for name, default in NUMBERS[method]
        if not (counted and name == "each")
    }
    if "low_points" in numbers:
        numbers["low_share"] = _share(part, "low_points", numbers.pop("low_points"), most)
    bands: tuple[tuple[float, float], ...] = ()
    if method is Method.BANDS:
        bands, numbers["down"] = _bands(part, most)
    if method is Method.RANKED:
        bands = _places(part, most)
    found = Scoring(method, MappingProxyType(numbers), bands)
    _refuse_nonsense(part, found)
    part.done()
    return found


def _share(part: Part, name: str, points: float, most: float) -> float:
    if not 0 <= points <= most:
        raise part.wrong(name, f"应为0至该项满分{most:g}之间的数")
    return points / most if most else 0.0


def _bands(part: Part, most: float) -> tuple[tuple[tuple[float, float], ...], float]:
    """(floor, share) from the best band down, and 1 where less is better: there floors are
    negative, as the values will be."""
    parts = part.parts("bands")
    down = parts[0].has("at_most")
    name, sign = ("at_most", -1.0) if down else ("at_least", 1.0)
    found = []
    for each in parts:
        floor = each.number(name, -LARGEST, LARGEST) * sign
        points = each.number("points", 0, LARGEST)
        found.append((floor, _share(each, "points", points, most)))
        each.done()
    floors = [floor for floor, _ in found]
    shares = [share for _, share in found]
    if floors != sorted(set(floors), reverse=True) or shares != sorted(shares, reverse=True):
        raise part.wrong("bands", "应从得分最高的一档写起,界限依次放宽,不重复")
    return tuple(found), float(down)


def _places(part: Part, most: float) -> tuple[tuple[float, float], ...]:
    """(place, share) of the first places; those behind get nothing."""
    found = []
    for number, each in enumerate(part.listed("points")):
        if not isinstance(each, int | float) or isinstance(each, bool):
            raise part.wrong(f"points[{number}]", "应为数")
        found.append((float(number + 1), _share(part, f"points[{number}]", float(each), most)))
    shares = [share for _, share in found]
    if shares != sorted(shares, reverse=True):
        raise part.wrong("points", "应从第一名写起,由高到低")
    return tuple(found)


def _refuse_nonsense(part: Part, scoring: Scoring) -> None:
    numbers = scoring.numbers
    positive = {
        Method.TARGET: "target",
        Method.TASK: "target",
        Method.LOG: "full_at",
        Method.PLAIN: "weight",
    }.get(scoring.method)
    if positive is not None and numbers[positive] <= 0:
        raise part.wrong(positive, "应大于0")
    if scoring.method is Method.LINEAR and numbers["low_at"] == numbers["full_at"]:
        raise part.wrong("full_at", "不能与 low_at 相同")
    if scoring.method is Method.MINMAX and numbers["high"] <= numbers["low"]:
        raise part.wrong("high", "应大于 low")
    negative = min(numbers.get("each", 0.0), numbers.get("multiple", 0.0))
    if negative < 0:
        raise part.wrong("each" if "each" in numbers else "multiple", "不能小于0")


def _cooperation_stays_small(part: Part, found: Indicator) -> None:
    """Co-operation is shown; what an office gives it stays small, there being no precedent."""
    if COOPERATION & set(found.measures) and found.max > MOST_FOR_COOPERATION:
        raise part.wrong("max", f"协同响应没有公开先例,不得超过{MOST_FOR_COOPERATION:g}分")
