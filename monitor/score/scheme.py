"""Scheme 考核方案: read strictly from its data sheet; nonsense is named with its line."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from monitor.domain.bulletin import Longer, Period, Sort
from monitor.domain.errors import InputError
from monitor.domain.scheme import (
    Bonus,
    Gate,
    Grade,
    Missing,
    Parts,
    Rollup,
    Scheme,
    Section,
    Spread,
)
from monitor.domain.sheet import Part
from monitor.domain.unit import Level
from monitor.score.catalogue import PARTS
from monitor.score.scheme_lines import indicator, item, key, measure_of

FULL: Final = 100.0
MOST: Final = 100_000.0
"""No scheme gives more points."""
SORTS: Final[Mapping[str, Sort | Longer]] = {
    "月": Sort.MONTH,
    "季": Sort.QUARTER,
    "半年": Longer.HALF,
    "年": Longer.YEAR,
}
"""The periods a scheme may be of, the shortest first."""
ANY: Final = "自定"
PERIODS: Final = (*SORTS, ANY)
EXACT: Final = 1e-9


def parse(
    content: Mapping[str, Any],
    where: str = "考核方案",
    lines: Mapping[str, int] | None = None,
    sha256: str = "",
) -> Scheme:
    """The scheme a sheet describes; InputError names line, item and what was expected.

    `lines` gives the line of each path (`sections[0].max`), as the sheet was written.
    """
    sheet = Part(content, "", where, lines or {})
    found = _scheme(sheet, sha256, top=True)
    sheet.done()
    return found


def _scheme(sheet: Part, sha256: str, *, top: bool) -> Scheme:
    subs = tuple(_sub(each) for each in sheet.parts("schemes", optional=True)) if top else ()
    sections = tuple(_section(each) for each in sheet.parts("sections", optional=bool(subs)))
    if subs and sections:
        raise sheet.wrong("sections", "与 schemes 只能写一个")
    full = _full(sheet, sections)
    grades = _grades(sheet)
    found = Scheme(
        name=sheet.text("name"),
        version=sheet.whole("version", 1, 1_000_000) if top else 1,
        title=sheet.text("title"),
        source=sheet.text("source"),
        rank=sheet.rank() if top else "",
        valid_from=_day(sheet) if top else date.min,
        period=_one_of(sheet, "period", PERIODS) if top else "",
        full=full,
        decimals=sheet.whole("decimals", 0, 6) if sheet.has("decimals") else 2,
        sections=sections,
        deductions=tuple(item(each) for each in sheet.parts("deductions", optional=True)),
        most_deducted=sheet.number("most_deducted", 0, MOST, MOST),
        bonus=_bonus(sheet),
        gates=tuple(_gate(each, grades) for each in sheet.parts("gates", optional=True)),
        grades=grades,
        missing=_missing(sheet),
        rollup=_rollup(sheet.part("rollup")) if sheet.has("rollup") else None,
        levels=_levels(sheet, "levels"),
        per_account=sheet.yes("per_account", default=False),
        subs=subs,
        parts=_parts(sheet) if top and sheet.has("parts") else None,
        sha256=sha256,
    )
    _each_once(sheet, found)
    _goes_together(sheet, found, top=top)
    _weights_make_a_hundred(sheet, subs)
    return found


def _full(sheet: Part, sections: Iterable[Section]) -> float:
    """The points of all sections, which must be what the sheet promises."""
    full = sheet.number("full", 1, MOST, FULL)
    listed = [each.max for each in sections]
    if listed and abs(sum(listed) - full) > EXACT:
        raise sheet.wrong("sections", f"各部分满分合计{sum(listed):g},应为{full:g}")
    return full


def _section(part: Part) -> Section:
    indicators = tuple(indicator(each) for each in part.parts("indicators"))
    found = Section(key(part), part.text("name"), part.number("max", 0, MOST), indicators)
    total = sum(each.max for each in indicators)
    if abs(total - found.max) > EXACT:
        raise part.wrong("max", f"写的是{found.max:g},而各指标满分合计{total:g}")
    part.done()
    return found


def _sub(part: Part) -> tuple[float, Scheme]:
    weight = part.number("weight", 0, 100)
    found = _scheme(part, "", top=False)
    part.done()
    return weight, found


def _weights_make_a_hundred(sheet: Part, subs: tuple[tuple[float, Scheme], ...]) -> None:
    total = sum(weight for weight, _ in subs)
    if subs and abs(total - 100) > EXACT:
        raise sheet.wrong("schemes", f"的 weight 合计{total:g},应为100")


def _bonus(sheet: Part) -> Bonus:
    if not sheet.has("bonus"):
        return Bonus(0.0, 0.0, ())
    part = sheet.part("bonus")
    found = Bonus(
        part.number("max", 0, MOST),
        part.number("opens_above", 0, MOST, 0.0),
        tuple(item(each) for each in part.parts("items")),
    )
    part.done()
    return found


def _gate(part: Part, grades: tuple[Grade, ...]) -> Gate:
    effects = [name for name in ("cap", "fixed", "fails", "bars") if part.has(name)]
    if len(effects) != 1:
        raise part.wrong("", "应写且只写一个后果:cap、fixed、fails 或 bars")
    found = Gate(
        id=key(part),
        name=part.text("name"),
        measure=measure_of(part),
        over=part.number("over", 0, MOST, 0.0),
        cap=part.number("cap", 0, MOST) if part.has("cap") else None,
        fixed=part.number("fixed", 0, MOST) if part.has("fixed") else None,
        fails=part.yes("fails", default=False),
        bars=part.text("bars", ""),
    )
    if found.bars and found.bars not in {each.name for each in grades}:
        raise part.wrong("bars", "不是本方案的档次")
    part.done()
    return found


def _grades(sheet: Part) -> tuple[Grade, ...]:
    """The grades from the best down; the last begins at 0, so that every total has one."""
    found = []
    parts = sheet.parts("grades", optional=True)
    for part in parts:
        found.append(Grade(part.text("name"), part.number("at_least", 0, MOST)))
        part.done()
    floors = [each.at_least for each in found]
    if floors != sorted(set(floors), reverse=True):
        raise sheet.wrong("grades", "应按 at_least 从高到低写,且不重复")
    if found and floors[-1] != 0:
        raise parts[-1].wrong("at_least", "最后一档应从0起")
    return tuple(found)


def _missing(sheet: Part) -> Missing:
    if not sheet.has("missing"):
        return Missing(Spread.PROPORTIONAL, 40.0, 10.0)
    part = sheet.part("missing")
    found = Missing(
        part.word("spread", Spread) if part.has("spread") else Spread.PROPORTIONAL,
        part.number("limit", 0, MOST, 40.0),
        part.number("asked_days", 0, 365, 10.0),
    )
    part.done()
    return found


def _rollup(part: Part) -> Rollup:
    found = Rollup(
        _levels(part, "levels"),
        _levels(part, "below_levels"),
        part.number("own", 0, 100),
        part.number("below", 0, 100),
    )
    if abs(found.own + found.below - 100) > EXACT:
        raise part.wrong("below", "与 own 合计应为100")
    if not found.levels or not found.below_levels:
        raise part.wrong("levels", "与 below_levels 都要写")
    part.done()
    return found


def fits(scheme: Scheme, period: Period) -> None:
    """InputError where a scheme is not of periods like this one."""
    sort = SORTS.get(scheme.period)
    if sort is not None and sort is not period.sort:
        told = f"“{scheme.title}”按{scheme.period}考核,不能用于{period.said}"
        raise InputError(told, period.code, f"请选择按{scheme.period}的周期")


def _parts(sheet: Part) -> Parts:
    part = sheet.part("parts")
    found = Parts(part.text("scheme"), _one_of(part, "period", tuple(SORTS)[:-1]))
    part.done()
    return found


def _goes_together(sheet: Part, found: Scheme, *, top: bool) -> None:
    """分期得分 needs its parts, shorter than the scheme's own period; carrying needs units."""
    if (PARTS in found.measures()) != (found.parts is not None) and top:
        raise sheet.wrong("parts", f"与测量项目“{PARTS}”应同时写")
    order = [*SORTS, ANY]
    if found.parts and order.index(found.parts.period) >= order.index(found.period):
        raise sheet.wrong("parts.period", f"应短于方案的周期“{found.period}”")
    if found.per_account and any(each.carries for each in found.indicators()):
        raise sheet.wrong("per_account", "逐账号计分时不能结转")


def _levels(part: Part, name: str) -> frozenset[str]:
    known = {each.value for each in Level}
    found = part.texts(name)
    for number, each in enumerate(found):
        if each not in known:
            raise part.wrong(f"{name}[{number}]", f"应为{'、'.join(known)}之一")
    return frozenset(found)


def _day(sheet: Part) -> date:
    value = sheet.raw("valid_from")
    if type(value) is not date:
        raise sheet.wrong("valid_from", "应为日期,如 2026-01-01")
    return value


def _one_of(part: Part, name: str, words: tuple[str, ...]) -> str:
    value = part.raw(name)
    if value not in words:
        raise part.wrong(name, f"应为{'、'.join(words)}之一")
    return str(value)


def _each_once(sheet: Part, found: Scheme) -> None:
    ids = [each.id for each in found.indicators()] + [each.id for each in found.sections]
    ids += [each.id for each in (*found.deductions, *found.bonus.items)]
    ids += [each.id for each in found.gates]
    twice = next((each for each in ids if ids.count(each) > 1), "")
    if twice:
        raise sheet.wrong("sections", f"里编号“{twice}”写了两次")
