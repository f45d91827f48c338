"""The keys of the invented accounts, by reader: what an office would have stored by now."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from monitor.demo.roster import Resident
from monitor.demo.servers import mint, weibo
from monitor.domain.instants import DAY

Keys = dict[str, dict[str, str]]
"""Values by the account's id; those under '' are of the office's application and serve all."""
ISSUED_AGO: Final = 5 * DAY
WEIBO_LIFE: Final = 365 * DAY
"""An application of the first rank; nothing refreshes a token of Weibo."""


def keys(residents: Sequence[Resident], at: int) -> dict[str, Keys]:
    """All keys at second `at`, by the reader they are for."""
    return {reader: make(residents, at) for reader, make in MAKERS.items()}


def _wechat(residents: Sequence[Resident], _at: int) -> Keys:
    return {
        each.world.uid: {"appid": each.world.appid, "secret": each.world.secret}
        for each in residents
        if each.source == "接口采集"
    }


def _weibo(residents: Sequence[Resident], at: int) -> Keys:
    own = {
        each.world.uid: {
            "access_token": mint.first("weibo", "access", each.world, at - ISSUED_AGO, WEIBO_LIFE)
        }
        for each in _joined(residents, "weibo")
    }
    return {"": {"app_key": weibo.APP_KEY, "app_secret": weibo.APP_SECRET}, **own}


def _joined(residents: Sequence[Resident], platform: str) -> list[Resident]:
    return [each for each in residents if each.world.joined and each.world.platform == platform]


MAKERS: Final[Mapping[str, Callable[[Sequence[Resident], int], Keys]]] = {
    "wechat": _wechat,
    "weibo": _weibo,
}
