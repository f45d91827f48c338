"""The keys of the invented accounts, by reader: what an office would have stored by now."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from monitor.demo.roster import Resident
from monitor.demo.servers import (
    bilibili,
    douyin_push,
    kuaishou,
    mint,
    wechat_open,
    wechat_push,
    weibo,
)
from monitor.demo.servers.douyin_shown import open_id
from monitor.domain.instants import DAY

Keys = dict[str, dict[str, str]]
"""Values by the account's id; those under '' are of the office's application and serve all."""
ISSUED_AGO: Final = 5 * DAY
DOUYIN_LIFE: Final = 30 * DAY
WEIBO_LIFE: Final = 365 * DAY
"""An application of the first rank; nothing refreshes a token of Weibo."""


def keys(residents: Sequence[Resident], at: int) -> dict[str, Keys]:
    """All keys at second `at`, by the reader they are for."""
    return {reader: make(residents, at) for reader, make in MAKERS.items()}


def _wechat(residents: Sequence[Resident], _at: int) -> Keys:
    return {
        each.world.uid: {"appid": each.world.appid, "secret": each.world.secret}
        for each in residents
        if each.source == "接口采集" and not each.world.joined
    }


def _wechat_open(residents: Sequence[Resident], at: int) -> Keys:
    application = {
        "component_appid": wechat_push.APP_ID,
        "component_secret": wechat_push.APP_SECRET,
        "token": wechat_push.TOKEN,
        "aes_key": wechat_push.AES_KEY,
        "ticket": wechat_open.ticket(at),
    }
    own = {
        each.world.uid: {
            "appid": each.world.appid,
            "refresh_token": wechat_open.refresh_token(each.world),
        }
        for each in _joined(residents, "wechat")
    }
    return {"": application, **own}


def _douyin(residents: Sequence[Resident], at: int) -> Keys:
    own = {
        each.world.uid: {
            "open_id": open_id(each.world),
            "refresh_token": mint.first("douyin", "rft0", each.world, at - ISSUED_AGO, DOUYIN_LIFE),
        }
        for each in _joined(residents, "douyin")
    }
    keys = {"client_key": douyin_push.CLIENT_KEY, "client_secret": douyin_push.CLIENT_SECRET}
    return {"": keys, **own}


def _weibo(residents: Sequence[Resident], at: int) -> Keys:
    own = {
        each.world.uid: {
            "access_token": mint.first("weibo", "access", each.world, at - ISSUED_AGO, WEIBO_LIFE)
        }
        for each in _joined(residents, "weibo")
    }
    return {"": {"app_key": weibo.APP_KEY, "app_secret": weibo.APP_SECRET}, **own}


def _kuaishou(residents: Sequence[Resident], at: int) -> Keys:
    own = {
        each.world.uid: {
            "refresh_token": mint.first(
                "kuaishou", "refresh", each.world, at - ISSUED_AGO, kuaishou.REFRESH_LIFE
            )
        }
        for each in _joined(residents, "kuaishou")
    }
    return {"": {"app_id": kuaishou.APP_ID, "app_secret": kuaishou.APP_SECRET}, **own}


def _bilibili(residents: Sequence[Resident], at: int) -> Keys:
    own = {
        each.world.uid: {
            "refresh_token": mint.first(
                "bilibili", "refresh", each.world, at - ISSUED_AGO, bilibili.REFRESH_LIFE
            )
        }
        for each in _joined(residents, "bilibili")
    }
    keys = {"client_id": bilibili.CLIENT_ID, "client_secret": bilibili.CLIENT_SECRET}
    return {"": keys, **own}


def _baijiahao(residents: Sequence[Resident], _at: int) -> Keys:
    return {
        each.world.uid: {"app_id": each.world.uid, "app_token": each.world.secret}
        for each in _joined(residents, "baijiahao")
    }


def _channels(residents: Sequence[Resident], _at: int) -> Keys:
    return {
        each.world.uid: {"appid": each.world.appid, "secret": each.world.secret}
        for each in _joined(residents, "channels")
    }


def _joined(residents: Sequence[Resident], platform: str) -> list[Resident]:
    return [each for each in residents if each.world.joined and each.world.platform == platform]


MAKERS: Final[Mapping[str, Callable[[Sequence[Resident], int], Keys]]] = {
    "wechat": _wechat,
    "wechat_open": _wechat_open,
    "weibo": _weibo,
    "douyin": _douyin,
    "kuaishou": _kuaishou,
    "bilibili": _bilibili,
    "baijiahao": _baijiahao,
    "channels": _channels,
}
