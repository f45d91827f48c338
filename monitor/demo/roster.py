"""The invented province's accounts, put together from the cast: name, unit, rhythm, registry."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from monitor.demo import cast, places
from monitor.demo.dice import between, hexadecimal, roll
from monitor.demo.places import MARK
from monitor.demo.rhythms import DESK, EVENING, ROLES, Rhythm
from monitor.demo.topics import SERVICES
from monitor.demo.world import WorldAccount
from monitor.domain.unit import Level

FAULTS: Final = frozenset({"unauthorized", "expired", "revoked", "delay"})
VIDEO: Final = frozenset({"douyin", "channels", "kuaishou", "bilibili"})
SITE: Final = "https://demo.invalid"
"""A host that exists nowhere by definition: no link of the demonstration leads anywhere real."""

PATTERNS: Final = {
    "weibo": "平安{}V",
    "douyin": "{}公安",
    "kuaishou": "{}警方",
}
"""Names of main accounts by platform; 平安… where none is said. Names drift, as in life."""

PER_WEEK: Final = {
    Level.PROVINCE: 21,
    Level.DEPARTMENT: 9,
    Level.PREFECTURE: 8,
    Level.COUNTY: 4,
}
FOLLOWERS: Final = {
    Level.PROVINCE: 900_000,
    Level.DEPARTMENT: 300_000,
    Level.PREFECTURE: 120_000,
    Level.COUNTY: 18_000,
}


LEAST_PACED: Final = 2
"""Rhythms below this many posts a week keep what they are."""

FILLERS_OF_100: Final = 6
"""Accounts of a hundred that fill up before the end of a month."""


@dataclass(frozen=True, slots=True)
class Seat:
    """The unit an account belongs to, as the cast names it."""

    name: str
    code: str
    organ: str
    level: Level
    line: str = ""
    real: bool = True


@dataclass(frozen=True, slots=True)
class Resident:
    """One account of the invented province, with all that the demonstration says about it."""

    world: WorldAccount
    seat: Seat
    rhythm: Rhythm
    role: str
    marks: frozenset[str]
    opened: date

    @property
    def source(self) -> str:
        """By what its posts become known: its interface, the export of its back end, or nothing."""
        if "nosource" in self.marks:
            return "无"
        return "接口采集" if self.world.platform == "wechat" else "后台导出"

    @property
    def voice(self) -> tuple[str, str]:
        """Accounts of one unit that copy each other share their plan: films, and texts."""
        kind = "film" if self.world.platform in VIDEO else "text"
        return (self.seat.code + "2" * ("second" in self.marks), kind)


def residents(seed: int) -> tuple[Resident, ...]:
    """All accounts; the same for the same seed."""
    asked = [(seat, word) for seat, words in _seats() for word in words]
    totals = Counter(_role(word) for _, word in asked)
    met: Counter[str] = Counter()
    found = []
    for seat, word in asked:
        role = _role(word)
        base = ROLES[role]
        phase = base.period * met[role] // totals[role] + roll(base.period or 1, seed, role)
        met[role] += 1
        found.append(_resident(seed, seat, word, replace(base, phase=phase)))
    return tuple(found)


def _role(word: str) -> str:
    return word.partition("+")[0].partition(".")[2] or "steady"


def _seats() -> list[tuple[Seat, list[str]]]:
    province = Seat("湖畔", places.PROVINCE_CODE, "湖北省公安厅", Level.PROVINCE)
    real = {place.name: place for place in (*places.PREFECTURES, *places.COUNTIES)}
    found = [(province, cast.PROVINCE.split())]
    for name, words in cast.lines(cast.REAL):
        if name in places.DEPARTMENTS:
            code, organ, line = places.DEPARTMENTS[name]
            found.append((Seat(name, code, organ, Level.DEPARTMENT, line), words))
            continue
        place = real[name]
        level = Level.PREFECTURE if place in places.PREFECTURES else Level.COUNTY
        found.append((Seat(name, place.unit_code, place.organ, level), words))
    return found + [(_invented(name), words) for name, words in cast.lines(cast.INVENTED)]


def _invented(name: str) -> Seat:
    place, kind = name[:2], name[2:]
    _, level, line = places.SUB_UNITS[kind]
    return Seat(name, places.sub_unit_code(place, kind), f"{name}{MARK}", level, line, real=False)


def _resident(seed: int, seat: Seat, word: str, rhythm: Rhythm) -> Resident:
    head, *rest = word.split("+")
    platform, marks = head.partition(".")[0], frozenset(rest)
    rhythm = _paced(seat, platform, rhythm)
    opened = date(2018, 1, 8) + timedelta(days=roll(1500, "opened", seat.code, platform))
    if _role(word) == "never":
        opened = date(2026, 1, 12) if platform == "wechat" else date(2025, 9, 15)
    return Resident(_account(seed, seat, platform, marks), seat, rhythm, _role(word), marks, opened)


def _paced(seat: Seat, platform: str, rhythm: Rhythm) -> Rhythm:
    if rhythm.period or rhythm.per_week < LEAST_PACED:
        return rhythm
    film = platform in VIDEO
    per_week = PER_WEEK.get(seat.level, 2)
    per_week = max(3, per_week // 2) if film else per_week
    busy = platform == "weibo" and seat.level is Level.PROVINCE
    return replace(
        rhythm,
        per_week=60 if busy else per_week,
        clock=EVENING if film else DESK if seat.level is Level.PROVINCE else rhythm.clock,
        workdays=seat.level is Level.COUNTY and not film,
        traffic=seat.line == "交管",
        filler=roll(100, "filler", seat.code, platform) < FILLERS_OF_100,
    )


def _account(seed: int, seat: Seat, platform: str, marks: frozenset[str]) -> WorldAccount:
    uid = f"demo_{platform}_{hexadecimal(10, 'uid', platform, seat.code, *sorted(marks))}"
    return WorldAccount(
        platform=platform,
        uid=uid,
        name=_name(seat, platform, marks),
        unit_code=seat.code,
        appid=f"demo_wx_{hexadecimal(12, 'appid', uid)}" if platform == "wechat" else "",
        secret=hexadecimal(32, "secret", seed, uid) if platform == "wechat" else "",
        followers=_followers(seat, uid),
        menu=_menu(uid, marks),
        comments_open="mute" not in marks,
        fault=next(iter(marks & FAULTS), ""),
    )


def _followers(seat: Seat, uid: str) -> int:
    usual = FOLLOWERS.get(seat.level, 2_000)
    return usual * between(60, 160, "followers", uid) // 100


def _menu(uid: str, marks: frozenset[str]) -> tuple[tuple[str, str], ...]:
    if "bare" in marks:
        return ()
    leaves = SERVICES[:3] if "mute" in marks else SERVICES
    return tuple((name, f"{SITE}/menu/{uid}/{path}") for name, path in leaves)


def _name(seat: Seat, platform: str, marks: frozenset[str]) -> str:
    if "personal" in marks:
        return f"民警王某{MARK}"
    if "second" in marks:
        return f"{seat.name}的日常{MARK}"
    if "renamed" in marks:
        return f"{seat.name}警讯{MARK}"
    if not seat.real or seat.level is Level.DEPARTMENT:
        return f"{seat.name}{MARK}"
    return PATTERNS.get(platform, "平安{}").format(seat.name) + MARK
