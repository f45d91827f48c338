"""Platforms: open incidents, those that did not answer at all, and those that sent us away."""

from collections.abc import Iterator
from typing import Final

from monitor.collect.breaker import RESTING
from monitor.collect.platform import READERS
from monitor.domain.account import PLATFORMS
from monitor.domain.instants import DAY, say_minute
from monitor.record import incidents, outlook
from monitor.record.incidents import Incident
from monitor.runs.checking import Bed, Check, family, fine, trouble

CENTRE: Final = "信息中心"
RELEASE: Final = "查明原因后在“异常”页解除"


@family("60-platforms")
def platforms(bed: Bed) -> Iterator[Check]:
    """Each trouble of a platform as a whole, in one line."""
    with bed.parts.store.reading() as tx:
        opened = [each for each in incidents.listed(tx, bed.now) if each.released_at is None]
        silent = outlook.caused(tx, RESTING, bed.now - DAY)
        held = outlook.held(tx, bed.now)
    found = [_incident(each) for each in opened]
    found += [_silent(platform, count) for platform, count in silent.items()]
    found += [_held(reader, until) for reader, until in held.items()]
    yield from found or [fine("平台", "没有未解除的异常,近24小时没有暂停访问的平台")]


def _incident(each: Incident) -> Check:
    what = f"{each.kind},{say_minute(each.opened_at)}起,涉及账号{each.accounts}个"
    return trouble(_name(each.platform), what, each.remedy or RELEASE, CENTRE)


def _silent(platform: str, accounts: int) -> Check:
    what = f"近24小时连续没有应答,曾暂停访问,未读账号{accounts}个"
    return trouble(_name(platform), what, "请检查本机到该平台的网络,然后重新采集", CENTRE)


def _held(reader: str, until: int) -> Check:
    title = READERS.get(reader).title if reader in READERS else reader
    what = f"平台要求暂停访问,到 {say_minute(until)} 为止"
    return trouble(title, what, "到时自动恢复;反复出现的,请调低该平台的 per_second", CENTRE)


def _name(platform: str) -> str:
    return PLATFORMS.get(platform, platform)
