"""What becomes of each invented account: dealt out once, in the figures the demonstration promises.

A fate is a rhythm, the silence it had reached on the first day, and marks. Marks say what hinders
its sources (nokey, unauthorized, expired, revoked, quota, changed, late, noid, drifted,
selfreport), what the registry says (unfiled, renamed, removed, reopened, announced, new, lost,
second), what the account offers (mute: no way to speak, bare: no service), and tell stories.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from monitor.demo.dice import hexadecimal, roll
from monitor.demo.seats import Seat
from monitor.domain.unit import Level

SUB_UNITS: Final = frozenset({Level.TEAM, Level.STATION})


@dataclass(frozen=True, slots=True)
class Slot:
    """An account to be: its unit and platform."""

    seat: Seat
    platform: str
    uid: str


@dataclass(frozen=True, slots=True)
class Fate:
    """The rhythm's role, whole days since the last post on the first day, and marks."""

    role: str = "steady"
    silent: int = 0
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Deal:
    """So many accounts share a fate: of them `wechat` on WeChat; `real` ones may be among them."""

    count: int
    wechat: int = 0
    role: str = "steady"
    silent: tuple[int, int] = (0, 0)
    marks: str = ""
    real: bool = False


HINT: Final = (10, 11)
DEALS: Final = (
    # The registry sets these aside, new accounts for their first thirty days: 不纳入.
    Deal(6, role="ended", silent=(400, 600), marks="removed"),
    Deal(4, marks="reopened"),
    Deal(1, role="ended", silent=(400, 600), marks="announced"),
    Deal(9, silent=(12, 12), marks="new"),
    # What goes wrong goes wrong in invented units.
    Deal(1, role="slack", silent=(19, 19), marks="borrowed"),
    Deal(45, wechat=14, role="slack", silent=(17, 26)),
    Deal(34, wechat=10, role="sleepy", silent=(34, 80)),
    Deal(28, wechat=4, role="zombie", silent=(95, 330)),
    Deal(12, role="ended", silent=(400, 600), marks="merged"),
    Deal(9, role="never", silent=(200, 300)),
    # Nothing can be told of these: 数据不足, and why.
    Deal(46, wechat=46, marks="nokey", real=True),
    Deal(12, wechat=12, marks="unauthorized", real=True),
    Deal(21, wechat=21, marks="expired", real=True),
    Deal(10, wechat=10, marks="revoked", real=True),
    Deal(27, marks="late", real=True),
    Deal(7, wechat=7, marks="quota", real=True),
    Deal(7, wechat=7, marks="changed", real=True),
    Deal(8, marks="noid", real=True),
    Deal(7, marks="drifted", real=True),
    Deal(5, marks="selfreport", real=True),
    # Some lapse for a week and come back.
    Deal(20, wechat=5, role="hint", silent=HINT, marks="bare"),
    Deal(72, wechat=20, role="hint", silent=HINT, real=True),
    # The rest is well, and lacks this or that.
    Deal(26, wechat=6, marks="mute"),
    Deal(60, wechat=20, marks="bare"),
    Deal(160, wechat=50, marks="bare", real=True),
    Deal(17, wechat=4, marks="unfiled"),
    Deal(9, wechat=2, marks="renamed"),
    Deal(8, marks="limited", real=True),
    Deal(5, wechat=5, marks="dead", real=True),
    Deal(12, wechat=3, marks="spring", real=True),
    # And two were looked at: one reports more than the looker saw, one posted a trial at night.
    Deal(1, marks="overstated"),
    Deal(1, marks="nightly"),
)
LOST: Final = Fate("zombie", 150, frozenset({"lost"}))
LOST_PAIRS: Final = 5
PAIRS: Final = 3
TWO_ON: Final = "douyin"
"""An account whose keys were lost got a second one: five old ones were reported, three go on."""


def uid_of(seat: Seat, platform: str, *more: str) -> str:
    """The platform's own id of an account."""
    return f"demo_{platform}_{hexadecimal(10, 'uid', platform, seat.code, *more)}"


def dealt(slots: Sequence[Slot]) -> list[tuple[Slot, Fate]]:
    """Every slot with its fate, in the order given; ValueError where slots are too few."""
    pack = _Pack(slots)
    for number in range(LOST_PAIRS + PAIRS):
        pack.pair(LOST if number < LOST_PAIRS else Fate(marks=frozenset({"twin"})))
    for deal in DEALS:
        for platform_is, count in ((True, deal.wechat), (False, deal.count - deal.wechat)):
            pack.deal(deal, count, wechat=platform_is)
    return [pack.fate(slot) for slot in slots]


class _Pack:
    """Slots without a fate, shuffled for good, and the fates dealt so far."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self._left = sorted(slots, key=lambda slot: roll(1 << 40, "fate", slot.uid))
        self._fates: dict[str, tuple[Slot, Fate]] = {}

    def fate(self, slot: Slot) -> tuple[Slot, Fate]:
        """What was dealt to a slot; where nothing was, it is well."""
        return self._fates.get(slot.uid, (slot, Fate()))

    def deal(self, deal: Deal, count: int, *, wechat: bool) -> None:
        """Give a deal's fate to `count` slots."""
        low, high = deal.silent
        for _ in range(count):
            slot = self._take(lambda each: _suits(each, deal, wechat=wechat))
            silent = low + roll(high - low + 1, "silent", slot.uid)
            if slot.platform == "wechat":
                # Its interface knows nothing older than a year.
                silent = min(silent, 200)
            marks = frozenset(deal.marks.split())
            self._fates[slot.uid] = (slot, Fate(deal.role, silent, marks))

    def pair(self, first: Fate) -> None:
        """An account with a fate, and a second one of the same unit on the same platform."""
        old = self._take(
            lambda each: _sub_unit(each) and each.platform == TWO_ON and self._met(each)
        )
        new = self._take(lambda each: _neighbours(old, each))
        self._fates[old.uid] = (old, first)
        second = Fate(marks=frozenset({"second"}))
        self._fates[new.uid] = (replace(new, seat=old.seat), second)

    def _met(self, slot: Slot) -> bool:
        return any(_neighbours(slot, each) for each in self._left)

    def _take(self, suits: Callable[[Slot], bool]) -> Slot:
        for at, slot in enumerate(self._left):
            if suits(slot):
                return self._left.pop(at)
        raise ValueError("too few accounts for this fate")


def _sub_unit(slot: Slot) -> bool:
    return slot.seat.level in SUB_UNITS


def _suits(slot: Slot, deal: Deal, *, wechat: bool) -> bool:
    return (slot.platform == "wechat") is wechat and (deal.real or _sub_unit(slot))


def _neighbours(old: Slot, other: Slot) -> bool:
    """Alike but for the unit, so that the table's figures stay what they are."""
    mine, its = old.seat, other.seat
    alike = (mine.level, mine.region_name, old.platform) == (
        its.level,
        its.region_name,
        other.platform,
    )
    return alike and mine.code != its.code
