"""What the invented province's accounts are called: names end in (演示), and drift as in life."""

from typing import Final

from monitor.demo.dice import pick
from monitor.demo.fates import Slot
from monitor.demo.places import MARK
from monitor.demo.seats import Seat
from monitor.domain.unit import Level

PATTERNS: Final = {
    "weibo": "平安{}V",
    "douyin": "{}公安",
    "kuaishou": "{}警方",
    "baijiahao": "{}警方在线",
}
"""Names of main accounts by platform; 平安… where none is said. Names drift, as in life."""

SURNAMES: Final = "王李张刘陈杨"


def name(slot: Slot, marks: frozenset[str]) -> str:
    """What an account with these marks calls itself."""
    if "personal" in marks:
        return f"民警{pick(SURNAMES, 'surname', slot.uid)}某{MARK}"
    if "second" in marks:
        return f"{slot.seat.name}的日常{MARK}"
    if marks & {"renamed", "drifted"}:
        return f"{slot.seat.name}警讯{MARK}"
    return plain(slot.seat, slot.platform)


def plain(seat: Seat, platform: str) -> str:
    """What an account is called that nothing happened to."""
    if not seat.real or seat.level in {Level.DEPARTMENT, Level.BRANCH}:
        return f"{seat.name}{MARK}"
    return PATTERNS.get(platform, "平安{}").format(seat.name) + MARK
