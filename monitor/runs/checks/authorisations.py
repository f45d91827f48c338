"""Authorisations that are void, or that run out within a week."""

from collections.abc import Iterator
from typing import Final

from monitor.collect.connect import CONNECTS
from monitor.collect.platform import READERS
from monitor.domain.account import PLATFORMS
from monitor.domain.instants import DAY, say_minute
from monitor.record import credentials
from monitor.record.credentials import VALID, Listed
from monitor.runs.checking import SYSTEM, Bed, Check, family, fine, trouble

RUNWAY: Final = 7 * DAY


@family("50-authorisations")
def authorisations(bed: Bed) -> Iterator[Check]:
    """Each by name; where none is near its end, how many there are."""
    with bed.parts.store.reading() as tx:
        listed = credentials.listed(tx)
    found = [each for one in listed for each in _one(one, bed.now)]
    yield from found
    if not found:
        yield fine("授权", f"{len(listed)}项授权7日内都不到期")


def _one(each: Listed, now: int) -> Iterator[Check]:
    where = f"{_title(each.platform)}授权({each.account_name or '全平台'})"
    who = "账号管理员" if each.account_id else SYSTEM
    if each.state != VALID:
        yield trouble(where, each.state, _how(each, "重新授权"), who)
    elif each.expires_at is not None and each.expires_at <= now:
        told = f"已于 {say_minute(each.expires_at)} 到期"
        yield trouble(where, told, _how(each, "重新授权"), who)
    elif each.expires_at is not None and each.expires_at <= now + RUNWAY:
        told = f"将于 {say_minute(each.expires_at)} 到期"
        yield trouble(where, told, _how(each, "提前续期"), who)


def _how(each: Listed, act: str) -> str:
    if each.account_id and each.platform in CONNECTS:
        return f"请{act}:在“授权”页生成链接发给账号管理员"
    return f"请{act}:取得新密钥后由系统管理员登记"


def _title(reader: str) -> str:
    return READERS.get(reader).title if reader in READERS else PLATFORMS.get(reader, reader)
