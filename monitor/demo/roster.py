"""The invented province's accounts: name, unit, rhythm, registry, and what becomes of them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from monitor.demo import census, names
from monitor.demo.dice import between, hexadecimal, roll
from monitor.demo.fates import SUB_UNITS, Fate, Slot, dealt, uid_of
from monitor.demo.rhythms import (
    DESK,
    EVENING,
    Rhythm,
    anchored,
    in_campaigns,
    with_spring_pause,
)
from monitor.demo.seats import Seat, seated
from monitor.demo.topics import SERVICES
from monitor.demo.truth import Truth, truth_of
from monitor.demo.world import WorldAccount
from monitor.domain.instants import day_start
from monitor.domain.unit import Level

FAULTS: Final = frozenset({"unauthorized", "expired", "revoked", "quota", "changed"})
SOURCELESS: Final = frozenset({"nokey", "noid", "selfreport", "personal", "overstated"})
HISTORY: Final = frozenset({"slack", "sleepy", "zombie"})
"""Roles whose silence on WeChat began before the days its interface is read back."""
VIDEO: Final = frozenset({"douyin", "channels", "kuaishou", "bilibili"})
SITE: Final = "https://demo.invalid"
"""A host that exists nowhere by definition: no link of the demonstration leads anywhere real."""

TEXTS: Final = {
    Level.PROVINCE: 21,
    Level.DEPARTMENT: 6,
    Level.PREFECTURE: 9,
    Level.BRANCH: 3,
    Level.COUNTY: 4,
}
FILMS: Final = {
    Level.PROVINCE: 10,
    Level.DEPARTMENT: 4,
    Level.PREFECTURE: 6,
    Level.BRANCH: 3,
    Level.COUNTY: 3,
}
"""Posts a week by level; smaller units have two of either."""
BUSY_WEIBO: Final = {Level.PROVINCE: 60, Level.DEPARTMENT: 12, Level.PREFECTURE: 12}
FOLLOWERS: Final = {
    Level.PROVINCE: 900_000,
    Level.DEPARTMENT: 300_000,
    Level.PREFECTURE: 120_000,
    Level.BRANCH: 40_000,
    Level.COUNTY: 18_000,
}
FILLERS_OF_100: Final = 6
"""Accounts of a hundred that fill up before the end of a month."""
JOINING: Final = frozenset(
    {"wechat", "weibo", "douyin", "kuaishou", "bilibili", "baijiahao", "channels"}
)
"""Platforms on which one account of four has agreed to be read; on `OUT` every invented one too."""
APPIDS: Final = {"wechat": "demo_wx", "channels": "demo_sph"}
ONE_OF: Final = 4
UNSEEN: Final = frozenset({"late", "new", "announced", "removed", "reopened", "lost"})
"""Marks of accounts nobody got round to."""
OUT: Final = ("kuaishou", 38)
"""The platform that fails once, and for how many of a hundred accounts it is asked for."""
OUT_DAYS: Final = (1, 25)
"""Days after the first one between which those accounts' lists stand still."""
LEAP_DAYS: Final = 13
"""Days before the first one that one account's followers leap, for no reason of its own."""
LEAP_POSTS: Final = 4
SLOW: Final = 2000
"""One of so many followers comes anew each day."""
CAMPAIGNERS_OF_100: Final = 90
PLAIN: Final = frozenset({"bare", "mute", "unfiled"})
"""Marks of stations' accounts of which nine of ten post in campaign weeks only: those no interface
is asked for, so that nobody's rhythm hides an outage, and not 视频号, whose copies come late."""
SMALL_PART: Final = 10
"""The small province has one account in so many of each fate, and one at least."""


@dataclass(frozen=True, slots=True)
class Resident:
    """One account of the invented province, with all that the demonstration says about it."""

    world: WorldAccount
    seat: Seat
    rhythm: Rhythm
    fate: Fate
    opened: date
    ledger_name: str

    @property
    def role(self) -> str:
        """What becomes of it; see `rhythms.ROLES`."""
        return self.fate.role

    @property
    def marks(self) -> frozenset[str]:
        """See `fates`."""
        return self.fate.marks

    @property
    def official(self) -> bool:
        """False for an officer's own account."""
        return "personal" not in self.marks

    @property
    def truth(self) -> Truth:
        """What a fair judge says of it on the first day."""
        return truth_of(self.fate, official=self.official)

    @property
    def source(self) -> str:
        """By what its posts become known: its interface, the export of its back end, or nothing."""
        if self.marks & SOURCELESS:
            return "无"
        return "接口采集" if self.world.platform == "wechat" else "后台导出"

    @property
    def exported(self) -> bool:
        """True where a file speaks of it: for WeChat of what lies before the interface's days."""
        if self.source == "接口采集":
            return self.role in HISTORY or bool(self.marks & {"expired", "revoked"})
        return self.source == "后台导出"

    @property
    def voice(self) -> tuple[str, str]:
        """Accounts of one unit that copy each other share their plan: films, and texts."""
        kind = "film" if self.world.platform in VIDEO else "text"
        return (self.seat.code + "2" * ("second" in self.marks), kind)


@lru_cache(maxsize=4)
def residents(seed: int, first_day: date, *, small: bool = False) -> tuple[Resident, ...]:
    """All accounts; the same for the same seed and first day. A small province is a part of it."""
    slots = [
        Slot(seat, platform, uid_of(seat, platform))
        for seat, platforms in seated()
        for platform in platforms
    ]
    found = [_resident(seed, first_day, slot, fate) for slot, fate in dealt(slots)]
    found = _leaping(_out(found, first_day), first_day) + _personal(seed, first_day)
    return tuple(_part(found) if small else found)


def _out(whole: list[Resident], first_day: date) -> list[Resident]:
    """The same with a platform's outage: of invented units only, as they seem to fall silent."""
    platform, of_hundred = OUT
    asked = [each for each in whole if each.world.joined and each.world.platform == platform]
    count = round(of_hundred * len(asked) / 100)
    hit = {r.world.uid for r in [each for each in asked if not each.seat.real][:count]}
    begins, ends = (day_start(first_day + timedelta(days=days)) for days in OUT_DAYS)
    return [
        replace(each, world=replace(each.world, outage=(begins, ends)))
        if each.world.uid in hit
        else each
        for each in whole
    ]


def _leaping(whole: list[Resident], first_day: date) -> list[Resident]:
    """The same with one invented unit whose followers leap, and whose likes do, days before."""
    leap = day_start(first_day - timedelta(days=LEAP_DAYS))
    one = next(each for each in whole if _may_leap(each))
    changed = replace(
        one,
        world=replace(one.world, leap=leap),
        rhythm=replace(one.rhythm, per_week=LEAP_POSTS, filler=False),
        fate=replace(one.fate, marks=frozenset({"leap"})),
    )
    return [changed if each is one else each for each in whole]


def _may_leap(each: Resident) -> bool:
    world, fate = each.world, each.fate
    plain = fate.role == "steady" and not fate.marks and not world.joined
    return plain and world.platform == "douyin" and each.seat.level is Level.TEAM


def _part(whole: list[Resident]) -> list[Resident]:
    groups: dict[object, list[Resident]] = {}
    for each in whole:
        wechat = each.world.platform == "wechat"
        groups.setdefault((each.fate.role, each.marks, wechat, each.seat.level), []).append(each)
    kept = {
        each.world.uid
        for group in groups.values()
        for each in group[: max(len(group) // SMALL_PART, len(group) < SMALL_PART)]
    }
    return [each for each in whole if each.world.uid in kept]


def _personal(seed: int, first_day: date) -> list[Resident]:
    """Officers' own accounts: in the registry by name, platform and link, and nowhere else."""
    stations = [seat for seat, _ in seated() if seat.level in SUB_UNITS]
    consents = [text for text, count in census.CONSENTS for _ in range(count)]
    platforms = [name for name, count in census.PERSONAL.items() for _ in range(count)]
    found = []
    for number, (platform, consent) in enumerate(zip(platforms, consents, strict=True)):
        seat = stations[roll(len(stations), "officer", number)]
        slot = Slot(seat, platform, uid_of(seat, platform, "officer", str(number)))
        fate = Fate(marks=frozenset({"personal", consent}))
        found.append(_resident(seed, first_day, slot, fate))
    return found


def _resident(seed: int, first_day: date, slot: Slot, fate: Fate) -> Resident:
    seat, platform = slot.seat, slot.platform
    rhythm = anchored(fate.role, first_day, fate.silent)
    if fate.role == "steady":
        rhythm = _paced(seat, platform, rhythm)
    if "spring" in fate.marks:
        rhythm = with_spring_pause(rhythm, first_day)
    joined = _joins(slot, fate)
    if not joined and _campaigns(slot, fate):
        rhythm = in_campaigns(rhythm, first_day)
    opened = date(2018, 1, 8) + timedelta(days=roll(1500, "opened", seat.code, platform))
    if fate.role == "never" or "new" in fate.marks:
        opened = first_day - timedelta(days=fate.silent)
        rhythm = replace(rhythm, since=opened)
    account = replace(_account(seed, slot, fate.marks), joined=joined)
    former = fate.marks & {"drifted", "renamed"}
    plain = names.plain(seat, platform) if former else account.name
    ledger_name = plain if "drifted" in fate.marks else account.name
    return Resident(account, seat, rhythm, fate, opened, ledger_name)


def _paced(seat: Seat, platform: str, rhythm: Rhythm) -> Rhythm:
    film = platform in VIDEO
    per_week = (FILMS if film else TEXTS).get(seat.level, 2)
    if platform == "weibo":
        per_week = BUSY_WEIBO.get(seat.level, per_week)
    return replace(
        rhythm,
        per_week=per_week,
        clock=EVENING if film else DESK if seat.level is Level.PROVINCE else rhythm.clock,
        workdays=seat.level is Level.COUNTY and not film,
        traffic=seat.line == "交管",
        filler=roll(100, "filler", seat.code, platform) < FILLERS_OF_100,
    )


def _account(seed: int, slot: Slot, marks: frozenset[str]) -> WorldAccount:
    seat, platform, uid = slot.seat, slot.platform, slot.uid
    return WorldAccount(
        platform=platform,
        uid=uid,
        name=names.name(slot, marks),
        unit_code=seat.code,
        appid=f"{APPIDS[platform]}_{hexadecimal(12, 'appid', uid)}" if platform in APPIDS else "",
        secret=hexadecimal(32, "secret", seed, uid),
        followers=_followers(seat, uid),
        grows=_followers(seat, uid) // SLOW + 1,
        menu=_menu(uid, marks),
        comments_open="mute" not in marks,
        fault=next(iter(marks & FAULTS), ""),
    )


def _joins(slot: Slot, fate: Fate) -> bool:
    """Whether its owner agreed. What the export says stays true: an authorisation only adds."""
    if slot.platform not in JOINING or fate.role != "steady":
        return False
    if fate.marks & (SOURCELESS | UNSEEN):
        return False
    everybody = slot.platform == OUT[0] and not slot.seat.real
    return everybody or not roll(ONE_OF, "joined", slot.uid)


def _campaigns(slot: Slot, fate: Fate) -> bool:
    """Whether a station says nothing between campaigns."""
    steady = fate.role == "steady" and fate.marks <= PLAIN
    if not steady or slot.seat.level is not Level.STATION or slot.platform == "channels":
        return False
    return roll(100, "campaign", slot.uid) < CAMPAIGNERS_OF_100


def _followers(seat: Seat, uid: str) -> int:
    usual = FOLLOWERS.get(seat.level, 2_000)
    return usual * between(60, 160, "followers", uid) // 100


def _menu(uid: str, marks: frozenset[str]) -> tuple[tuple[str, str], ...]:
    if "bare" in marks:
        return ()
    leaves = SERVICES[:3] if "mute" in marks else SERVICES
    where = "expired" if "dead" in marks else "menu"
    return tuple((name, f"{SITE}/{where}/{uid}/{path}") for name, path in leaves)
