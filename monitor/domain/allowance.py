"""Allowance 调用额度: how many calls a platform lets one token, application or address make."""

from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.instants import DAY, HOUR, MINUTE, day_start, shanghai_day


class Per(StrEnum):
    """Whom a platform counts."""

    TOKEN = "账号授权"  # a word for people, no secret
    APPLICATION = "应用"
    ADDRESS = "出口地址"


class Window(StrEnum):
    """The stretch of time in which it counts; only DAY begins anew, at Shanghai midnight."""

    MINUTE = "每分钟"
    HOUR = "每小时"
    DAY = "每日"
    ROLLING_DAY = "每24小时"

    @property
    def seconds(self) -> int:
        """Its length."""
        return {Window.MINUTE: MINUTE, Window.HOUR: HOUR}.get(self, DAY)

    @property
    def slot(self) -> int:
        """Seconds of the slots in which calls are counted; short beside the window."""
        slots = {Window.MINUTE: 1, Window.HOUR: MINUTE, Window.ROLLING_DAY: 900}
        return slots.get(self, DAY)

    def slot_at(self, second: int) -> int:
        """The first second of the slot that holds `second`."""
        if self is Window.DAY:
            return day_start(shanghai_day(second))
        return second - second % self.slot

    def since(self, second: int) -> int:
        """Slots that begin after this second still count at `second`.

        A rolling window counts one slot more than it is long: a call leaves only when its whole
        slot has left.
        """
        if self is Window.DAY:
            return self.slot_at(second) - 1
        return self.slot_at(second) - self.seconds - self.slot


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most `most` calls of kind `of` ('': all of them) in any `window`, counted `per` whom."""

    per: Per
    most: int
    window: Window
    of: str = ""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One allowance of one holder: `reader` is the reader's key, `who` an account id or a host."""

    reader: str
    allowance: Allowance
    who: str = ""

    @property
    def key(self) -> str:
        """How the store names it; holds no secret."""
        of = self.allowance.of or "*"
        return "/".join(
            (self.reader, self.allowance.per.name, self.allowance.window.name, of, self.who)
        ).lower()


@dataclass(frozen=True, slots=True)
class Lease:
    """`calls` that may be made before second `until`, counted in the slot that begins at `slot`.

    None were to be had where `calls` is 0: the next may be after `wait` seconds; `held` where the
    platform itself asked to stay away.
    """

    calls: int
    slot: int
    until: int
    wait: int = 0
    held: bool = False
