"""Scoped 分发: one week's figures cut to a prefecture or a county."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from monitor.domain.case_matter import Matter
from monitor.domain.filing import Filing
from monitor.domain.judged import Judged
from monitor.domain.unit import Level, Unit
from monitor.domain.week import LONGEST_NAME, Week
from monitor.report import figures

Told = TypeVar("Told", Matter, Filing)


def cities(week: Week) -> dict[str, Week]:
    """By the name of each prefecture with accounts, the week as it concerns that place alone."""
    found = figures.by_place(week.now)
    return {name: _cut(week, name, (name,)) for name in found if name not in ("省级", "本级")}


def counties(week: Week) -> dict[str, Week]:
    """By the name of each county's bureau with accounts, the week as it concerns that one alone."""
    places: dict[tuple[str, str], str] = {}
    for each in figures.official(week.now):
        unit = each.registered.unit
        if not unit.county_name:
            continue
        key = (unit.region_name, unit.county_name)
        if unit.level is Level.COUNTY or key not in places:
            places[key] = unit.name if unit.level is Level.COUNTY else unit.county_name
    return {places[key]: _cut(week, places[key], key) for key in sorted(places)}


def of_unit(week: Week, unit: Unit) -> Week:
    """The week as it concerns one unit and what lies below it, under that unit's name."""
    region = unit.level is Level.PREFECTURE
    name = unit.region_name if region and unit.region_name else unit.name
    place = {
        Level.PREFECTURE: (unit.region_name,),
        Level.COUNTY: (unit.region_name, unit.county_name),
    }.get(unit.level)

    def keep(some: Iterable[Judged]) -> tuple[Judged, ...]:
        return tuple(each for each in some if each.registered.unit.path.startswith(unit.path))

    now = keep(week.now)
    return replace(
        week,
        name=name[:LONGEST_NAME],
        now=now,
        before=None if week.before is None else keep(week.before),
        errands=tuple(
            each
            for each in week.errands
            if (each.unit_name == unit.name if place is None else each.place[: len(place)] == place)
        ),
        cases=_of(week.cases, now),
        filings=_of(week.filings, now),
        pending=(),
        by_county=True,
    )


def _cut(week: Week, name: str, wanted: tuple[str, ...]) -> Week:
    """The week of a place: its region, or its region and county."""

    def keep(some: Iterable[Judged]) -> tuple[Judged, ...]:
        return tuple(each for each in some if _place(each)[: len(wanted)] == wanted)

    now = keep(week.now)
    return replace(
        week,
        name=name,
        now=now,
        before=None if week.before is None else keep(week.before),
        errands=tuple(each for each in week.errands if each.place[: len(wanted)] == wanted),
        cases=_of(week.cases, now),
        filings=_of(week.filings, now),
        pending=(),
        by_county=True,
    )


def _of(some: Iterable[Told], now: Iterable[Judged]) -> tuple[Told, ...]:
    """Those of these accounts."""
    ids = {each.own.account_id for each in now}
    return tuple(each for each in some if each.account_id in ids)


def _place(judged: Judged) -> tuple[str, str]:
    return judged.registered.unit.region_name, judged.registered.unit.county_name
