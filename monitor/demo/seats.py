"""The units that have accounts: real bureaus, their branches, and invented stations and teams."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from monitor.demo import census
from monitor.demo.dice import roll
from monitor.demo.places import (
    BRANCHES,
    COUNTIES,
    DEPARTMENTS,
    INVENTED,
    MARK,
    PREFECTURES,
    PROVINCE_CODE,
    PROVINCE_ORGAN,
    Place,
)
from monitor.domain.unit import Level, Unit

ORDINALS: Final = ("", "第二", "第三", "第四", "第五", "第六")
TEAMS: Final = ("交警大队", "交警中队")
STATIONS: Final = ("派出所",)
BRANCH_WEIGHTS: Final = (5, 4, 3, 3, 3)


@dataclass(frozen=True, slots=True)
class Seat:
    """The unit an account belongs to. `name` is how its accounts are called, `organ` its own name.

    `real` is False for invented stations and teams; `made` says that the unit itself is not among
    those the product ships.
    """

    name: str
    code: str
    organ: str
    level: Level
    line: str = ""
    real: bool = True
    made: bool = False
    parent: Place | None = None

    @property
    def region_name(self) -> str:
        """The prefecture's name, '' for the province."""
        return self.parent.region_name if self.parent else ""

    @property
    def county(self) -> str:
        """The county's name, '' above it."""
        return self.parent.county if self.parent else ""


Seated = tuple[Seat, tuple[str, ...]]
"""A unit and its platforms."""


@cache
def seated() -> tuple[Seated, ...]:
    """All units with official accounts, and on which platforms; the table of `census`, exactly."""
    own = census.of_prefectures()
    counties = {p.name: [c.unit_code for c in COUNTIES[p.name]] for p in PREFECTURES}
    by_county = census.of_counties(counties)
    left = {
        place: count - own[place] - sum(n for (p, _), n in by_county.items() if p == place)
        for place, count in census.BY_PLACE.items()
    }
    branches, teams, stations = census.of_sub_units(left)
    places = {each.unit_code: each for group in COUNTIES.values() for each in group}
    bureaus = {_bureau(p, Level.PREFECTURE): own[p.name] for p in PREFECTURES}
    county_seats = {_bureau(places[code], Level.COUNTY): n for (_, code), n in by_county.items()}
    return (
        *_level("省厅及厅直", _province()),
        *_level("市州局", bureaus),
        *_level("支队", _branches(branches)),
        *_level("县级局", county_seats),
        *_level("大队", _invented(teams, census.PER_TEAM, TEAMS, Level.TEAM)),
        *_level("派出所", _invented(stations, census.PER_STATION, STATIONS, Level.STATION)),
    )


def _level(level: str, needs: Mapping[Seat, int]) -> Iterator[Seated]:
    seats = {seat.code: seat for seat in needs}
    codes = {seat.code: count for seat, count in needs.items()}
    for code, platforms in census.placed(level, codes).items():
        yield seats[code], tuple(platforms)


def _province() -> dict[Seat, int]:
    """The province's own unit is everywhere; the others share the rest."""
    head = Seat("湖畔", PROVINCE_CODE, PROVINCE_ORGAN, Level.PROVINCE)
    seats = [
        Seat(
            name,
            f"{PROVINCE_CODE[:6]}{digits}",
            organ if organ.startswith("湖北") else f"{PROVINCE_ORGAN}{organ}",
            Level.DEPARTMENT,
            line,
        )
        for digits, organ, line, name in DEPARTMENTS
    ]
    every = len(census.PLATFORMS)
    weights = {seat: 3 + 2 * bool(seat.line) for seat in seats}
    rest = census.total("省厅及厅直") - every
    return {head: every, **census.shared(rest, weights, dict.fromkeys(seats, 6))}


def _bureau(place: Place, level: Level) -> Seat:
    return Seat(place.name, place.unit_code, place.organ, level, parent=place)


def _branches(by_place: Mapping[str, int]) -> dict[Seat, int]:
    found: dict[Seat, int] = {}
    for place in PREFECTURES:
        seats = [
            Seat(
                f"{place.name}{called}",
                f"{place.unit_code[:6]}{digits}",
                f"{place.organ}{organ}{MARK}",
                Level.BRANCH,
                line,
                made=True,
                parent=place,
            )
            for digits, organ, line, called in BRANCHES
        ]
        weights = dict(zip(seats, BRANCH_WEIGHTS, strict=True))
        found |= census.shared(by_place[place.name], weights, dict.fromkeys(seats, 7))
    return found


def _invented(
    by_place: Mapping[str, int], per: tuple[int, int], kinds: tuple[str, ...], level: Level
) -> dict[Seat, int]:
    """Stations or teams of every prefecture, spread over its counties."""
    found: dict[Seat, int] = {}
    for place in PREFECTURES:
        homes = [each for each in COUNTIES[place.name] if each.divided] or [place]
        start = roll(len(INVENTED), "first", place.name, level)
        for number, count in enumerate(census.evenly(by_place[place.name], per)):
            round_, at = divmod(number, len(INVENTED))
            ordinal, kind = divmod(round_, len(kinds))
            name = f"{INVENTED[(start + at) % len(INVENTED)]}{ORDINALS[ordinal]}{kinds[kind]}"
            home = homes[(number + start) % len(homes)]
            digits = 10_001 + number + (20_000 if level is Level.TEAM else 0)
            line = "交管" if level is Level.TEAM else ""
            organ = f"{name}{MARK}"
            code = f"{home.unit_code[:6]}{digits:06d}"
            seat = Seat(name, code, organ, level, line, real=False, made=True, parent=home)
            found[seat] = count
    return found


def made_units() -> list[Unit]:
    """Units the demonstration adds to those the product ships."""
    return [_unit(seat) for seat, _ in seated() if seat.made]


def _unit(seat: Seat) -> Unit:
    assert seat.parent is not None
    return Unit(
        code=seat.code,
        name=seat.organ,
        level=seat.level,
        parent_code=seat.parent.unit_code,
        line=seat.line,
        region=seat.parent.region_code,
        region_name=seat.region_name,
        county_name=seat.county,
    )
