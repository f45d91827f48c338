"""Account 账号: one account on one platform, as one revision of the registry states it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

PLATFORMS: Final[dict[str, str]] = {
    "wechat": "微信公众号",
    "weibo": "微博",
    "douyin": "抖音",
    "channels": "视频号",
    "toutiao": "今日头条",
    "kuaishou": "快手",
    "xiaohongshu": "小红书",
    "bilibili": "哔哩哔哩",
    "baijiahao": "百家号",
    "penguin": "企鹅号",
    "netease": "网易号",
    "thepaper": "澎湃号",
    "people": "人民号",
    "xuexi": "学习强国",
    "app": "移动客户端",
    "other": "其他",
}
"""Platform ids and the names people know them by."""

ALIASES: Final[dict[str, str]] = {
    "微信": "wechat",
    "公众号": "wechat",
    "微信订阅号": "wechat",
    "微信服务号": "wechat",
    "订阅号": "wechat",
    "服务号": "wechat",
    "新浪微博": "weibo",
    "微信视频号": "channels",
    "头条": "toutiao",
    "头条号": "toutiao",
    "B站": "bilibili",
    "b站": "bilibili",
    "哔哩": "bilibili",
    "APP": "app",
    "客户端": "app",
}


def platform_of(text: str) -> str | None:
    """The id of the platform people call `text`; None where it is no name we know."""
    name = text.strip()
    if name in PLATFORMS:
        return name
    for identity, label in PLATFORMS.items():
        if name == label:
            return identity
    return ALIASES.get(name)


class Kind(StrEnum):
    """Whose account it is."""

    OFFICIAL = "官方"
    PERSONAL = "民警个人"


class State(StrEnum):
    """Where an account stands in its life."""

    PLANNED = "拟开设"
    APPROVED = "已批准待开通"
    ACTIVE = "在用"
    PAUSED = "暂停更新"
    CLOSING = "拟关停"
    ANNOUNCED = "公告中"
    CLOSED = "已关停"
    REMOVED = "已注销"
    LOST = "失管待找回"
    UNCHECKED = "待核"


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one platform.

    `uid` is the platform's own id, None while it is not known (ID待补). `opened_from` and
    `opened_until` bound the opening in UTC seconds, None where unknown. `details` holds the
    ledger's other columns by their Chinese header, exactly as the office wrote them.
    """

    platform: str
    name: str
    unit_code: str
    uid: str | None = None
    kind: Kind = Kind.OFFICIAL
    state: State = State.ACTIVE
    line: str = ""
    main: bool = False
    key: bool = False
    opened_from: int | None = None
    opened_until: int | None = None
    valid_from: date | None = None
    details: dict[str, str] = field(default_factory=dict)
    id: int | None = None
    unit_id: int | None = None

    def since(self, day: date) -> date:
        """From when what is said of a day holds: never before what was last said began."""
        return day if self.valid_from is None else max(day, self.valid_from)

    @property
    def id_missing(self) -> bool:
        """ID待补: legal, matched by platform, name and unit until the id is known."""
        return self.uid is None
