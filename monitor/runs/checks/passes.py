"""Passes: the last complete one of every platform there is an authorisation for."""

from collections.abc import Iterator
from typing import Final

from monitor.collect.platform import READERS
from monitor.domain.account import PLATFORMS
from monitor.domain.instants import DAY, say_minute
from monitor.record import outlook
from monitor.record.outlook import Authorised
from monitor.runs.checking import Bed, Check, family, fine, trouble

OLDEST: Final = 2 * DAY
"""A sweep a day and one more: later than that, silence is no longer proven by what is live."""


@family("65-passes")
def passes(bed: Bed) -> Iterator[Check]:
    """Where accounts can be read, but none was read whole for too long."""
    with bed.parts.store.reading() as tx:
        who, last = outlook.authorised(tx), outlook.completed(tx)
    for platform in _read(who):
        yield _one(PLATFORMS.get(platform, platform), last.get(platform), bed.now)


def _one(name: str, at: int | None, now: int) -> Check:
    where = f"采集({name})"
    remedy = "请在“采集”页看原因,或运行 sentinel collect"
    if at is None:
        return trouble(where, "已有授权,但从未完整采集过", remedy, "信息中心")
    if at < now - OLDEST:
        told = f"最近一次完整采集在 {say_minute(at)},已超过2天"
        return trouble(where, told, remedy, "信息中心")
    return fine(where, f"最近一次完整采集在 {say_minute(at)}")


def _read(who: Authorised) -> list[str]:
    """Platforms with accounts and a key that reads some of them."""
    own = {platform for _, platform in who.own}
    shared = {
        platform
        for reader in READERS
        if reader.name in who.shared and not reader.secret_names
        for platform in reader.serves
    }
    return sorted((own | shared) & set(who.accounts))
