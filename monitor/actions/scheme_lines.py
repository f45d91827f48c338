"""What a 考核方案 says, line by line, and where two of them differ: for the page to draw."""

from typing import Final

from monitor.actions.scorecards import SYMBOLS, scheme_of
from monitor.domain.assessment_kept import SchemeRevision
from monitor.domain.scheme import Indicator, Scheme
from monitor.report.scorecard import symbol
from monitor.report.scorecard_tables import how

BLANK: Final = "—"


def lines(kept: SchemeRevision) -> list[tuple[str, str, str, str, str]]:
    """Part, line, points, measurement, method of each; deductions, bonus and gates last."""
    scheme = scheme_of(kept)
    schemes = (scheme, *(sub for _, sub in scheme.subs))
    rows = [
        (part.name, f"{line.id} {line.name}", f"{line.max:g}", _measured(line), _how(line))
        for one in schemes
        for part in one.sections
        for line in part.indicators
    ]
    return rows + _beside(scheme)


def _measured(line: Indicator) -> str:
    return "、".join(dict.fromkeys(line.measures)) or BLANK


def _how(line: Indicator) -> str:
    return how(line.scoring, symbol(line, SYMBOLS))


def _beside(scheme: Scheme) -> list[tuple[str, str, str, str, str]]:
    rows = [
        (
            "扣分",
            f"{each.id} {each.name}",
            f"至多{each.most:g}",
            each.measure,
            f"每个{each.each:g}分",
        )
        for each in scheme.deductions
    ]
    rows += [
        (
            "加分",
            f"{each.id} {each.name}",
            f"至多{each.most:g}",
            each.measure,
            f"每个{each.each:g}分",
        )
        for each in scheme.bonus.items
    ]
    for gate in scheme.gates:
        then = f"总分不超过{gate.cap:g}" if gate.cap is not None else f"不评{gate.bars}"
        if gate.fixed is not None:
            then = f"总分记{gate.fixed:g}"
        rows.append(("否决、封顶", f"{gate.id} {gate.name}", BLANK, gate.measure, then))
    return rows


def differing(one: SchemeRevision, other: SchemeRevision) -> list[tuple[str, str, str]]:
    """Lines that are not alike in two schemes: which, and what each says of it."""
    left, right = _by_name(one), _by_name(other)
    return [
        (name, left.get(name, "没有"), right.get(name, "没有"))
        for name in dict.fromkeys([*left, *right])
        if left.get(name) != right.get(name)
    ]


def _by_name(kept: SchemeRevision) -> dict[str, str]:
    return {
        f"{part} {name}": f"{points}分；{measured}；{method}"
        for part, name, points, measured, method in lines(kept)
    }
