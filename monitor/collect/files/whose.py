"""Whose file it is: an export names no account, but its file or folder often does."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from monitor.domain.account import Account

SHORTEST: Final = 3
"""Names shorter than this stand in too many file names by chance."""
_NOISE: Final = re.compile(r"[\W\d_]+")
_EVERYDAY: Final = re.compile(
    "近期稿件对比|图文群发|流量数据|用户分析|用户增长|内容分析|观看数据|作品列表|笔记列表"
    "|公众号|视频号|头条号|微信|微博|抖音|快手|小红书|今日头条|哔哩哔哩|百家号|动态"
    "|作品|列表|明细|数据|笔记|内容|分析|趋势|粉丝|图文|视频|用户|增长|导出|下载|后台|每日|单条"
    "|博文|近|日|月|年|周|表|副本|新建|文件夹|tendency|total|user|analysis|export|download|content"
    "|singlemass|xlsx|xls|csv|zip|desktop|downloads|tmp|home|root|documents|users"
)
"""What exports are called by themselves: nothing of it tells one account from another."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The account a file is taken to be of, and why, in Chinese; `account` None where unknown."""

    account: Account | None
    why: str = ""


def guess(path: str, platform: str, accounts: Sequence[Account]) -> Whose:
    """The one account of the platform that the file's name holds, else its folder's, and so up.

    A name within another that is found as well (江城公安 in 江城公安交警) does not count. Where two
    remain nobody is guessed.
    """
    for part in reversed(path.replace("\\", "/").split("/")):
        said = _plain(part)
        found = [each for each in accounts if _named(each, said, platform)]
        names = {_plain(each.name) for each in found}
        clear = [each for each in found if not _within(_plain(each.name), names)]
        if len(clear) == 1:
            return Whose(clear[0], f"按名称“{part}”认出")
        if clear:
            return Whose(None)
    return Whose(None)


def signature(path: str, platform: str) -> str:
    """What a picked account is remembered by; '' where the name is what every export is called.

    Folder and file name count without digits, so that next month's export is known again.
    """
    parts = [_specific(part) for part in path.replace("\\", "/").split("/")[-2:]]
    if len("".join(parts)) < SHORTEST:
        return ""
    text = f"{platform}|{'/'.join(parts)}"
    return text if len(text) <= 200 else sha256(text.encode()).hexdigest()  # noqa: PLR2004


def _named(account: Account, said: str, platform: str) -> bool:
    if platform not in ("", account.platform):
        return False
    words = (_plain(account.name), _plain(account.uid or ""))
    return any(len(word) >= SHORTEST and word in said for word in words)


def _within(name: str, names: set[str]) -> bool:
    return any(name != other and name in other for other in names)


def _specific(part: str) -> str:
    return _EVERYDAY.sub("", _NOISE.sub("", _plain(part)))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
