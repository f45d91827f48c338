"""Quotas: what next week's sweeps surely need, beside what the platforms allow."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from monitor.collect.platform import READERS, Reader
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.instants import DAY
from monitor.record import outlook
from monitor.record.outlook import Authorised, Read
from monitor.runs.checking import Bed, Check, family, fine, trouble
from monitor.runs.parts import Pace

SWEEPS: Final = 1
"""Whole sweeps a day by the timetable."""


@family("55-quotas")
def quotas(bed: Bed) -> Iterator[Check]:
    """A lower bound on each side that is named: a call a page that was needed last week, at least
    one an account, so what is told does come."""
    with bed.parts.store.reading() as tx:
        who, read = outlook.authorised(tx), outlook.read(tx, bed.now)
    readers = [each for each in READERS if each.name in who.readers]
    found = [
        check
        for reader in readers
        for check in _reader(reader, who, read, bed.parts.paces.get(reader.name))
    ]
    yield from found
    if readers and not found:
        yield fine("额度", "按上周用量,下周采集不会超出已知的调用额度")


def _reader(
    reader: Reader, who: Authorised, read: Mapping[str, Read], pace: Pace | None
) -> Iterator[Check]:
    needs = [_need(reader, platform, who, read) for platform in sorted(reader.serves)]
    accounts = sum(each.accounts for each in needs)
    if not accounts:
        return
    calls, most = sum(each.calls for each in needs), max(each.most for each in needs)
    for allowance in reader.allowances:
        if allowance.of:
            continue  # counts one kind of call; pages do not say of which kind they were
        agreed = _agreed(allowance, pace)
        daily = agreed.most * DAY // agreed.window.seconds
        needed = SWEEPS * (most if agreed.per is Per.TOKEN else calls)
        if needed > daily:
            yield _over(reader, agreed, accounts, (round(needed), daily))


def _need(reader: Reader, platform: str, who: Authorised, read: Mapping[str, Read]) -> Read:
    """Of the accounts the reader has keys for; what was not read last week takes one call."""
    shared = reader.name in who.shared and not reader.secret_names
    accounts = who.accounts.get(platform, 0) if shared else who.own.get((reader.name, platform), 0)
    seen = read.get(reader.route(platform).key, Read(0, 0, 0))
    if not accounts:
        return Read(0, 0, 0)
    part = min(1.0, accounts / seen.accounts) if seen.accounts else 0
    rest = max(0, accounts - seen.accounts)
    return Read(accounts, seen.calls * part + rest, max(1, seen.most))


def _agreed(allowance: Allowance, pace: Pace | None) -> Allowance:
    """As the settings say it for one token and day."""
    days = allowance.window in (Window.DAY, Window.ROLLING_DAY)
    if pace is None or pace.per_token_day is None or allowance.per is not Per.TOKEN or not days:
        return allowance
    return replace(allowance, most=pace.per_token_day)


def _over(reader: Reader, allowance: Allowance, accounts: int, counts: tuple[int, int]) -> Check:
    needed, daily = counts
    where = f"额度({reader.title},按{allowance.per})"
    whose = "用量最大的账号" if allowance.per is Per.TOKEN else f"{accounts}个账号"
    what = f"{whose}采集一轮至少需要{needed}次调用,每日最多{daily}次,下周采集不完"
    remedy = "请向平台申请提高额度,或改用后台导出、巡查补充;已批准更高额度的,改 per_token_day"
    return trouble(where, what, remedy, "信息中心")
