"""The words of a group's answers: hosts and nicknames of platforms, 已发, 未发, 免发."""

import re
from collections.abc import Mapping
from typing import Final

from monitor.domain.account import ALIASES, PLATFORMS

HOSTS: Final[Mapping[str, str]] = {
    "channels.weixin.qq.com": "channels",
    "finder.video.qq.com": "channels",
    "mp.weixin.qq.com": "wechat",
    "weibo.com": "weibo",
    "weibo.cn": "weibo",
    "t.cn": "weibo",
    "douyin.com": "douyin",
    "iesdouyin.com": "douyin",
    "toutiao.com": "toutiao",
    "toutiaocdn.com": "toutiao",
    "kuaishou.com": "kuaishou",
    "gifshow.com": "kuaishou",
    "chenzhongtech.com": "kuaishou",
    "xiaohongshu.com": "xiaohongshu",
    "xhslink.com": "xiaohongshu",
    "bilibili.com": "bilibili",
    "b23.tv": "bilibili",
    "baijiahao.baidu.com": "baijiahao",
    "mbd.baidu.com": "baijiahao",
    "om.qq.com": "penguin",
    "163.com": "netease",
    "thepaper.cn": "thepaper",
    "pdnews.cn": "people",
    "peopleapp.com": "people",
    "xuexi.cn": "xuexi",
}
"""Whose pages lie below which name; a longer name goes before a shorter."""
PATHS: Final = (("weixin.qq.com", "/sph", "channels"),)
NICKNAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "两微一抖": ("wechat", "weibo", "douyin"),
    "双微": ("wechat", "weibo"),
    "两微": ("wechat", "weibo"),
    "dy": ("douyin",),
    "ks": ("kuaishou",),
    "抖": ("douyin",),
    "视频号": ("channels",),
    "百家": ("baijiahao",),
    "红书": ("xiaohongshu",),
    "强国号": ("xuexi",),
    "澎湃": ("thepaper",),
    "bilibili": ("bilibili",),
}
NO_PLATFORM: Final = ("微信群", "工作群", "微信里", "微信回复", "微信通知", "朋友圈")
NOWHERE: Final = "群"
"""What was only passed on in a group is published nowhere."""
EVERY: Final = ("全平台", "各平台", "所有平台", "全部平台", "所有账号", "全部账号", "各账号")
LATER: Final = (
    *(
        "未",
        "没",
        "没有",
        "没能",
        "尚未",
        "还没",
        "还未",
        "暂未",
        "不",
        "无法",
        "待",
        "准备",
        "即将",
    ),
    *("正在", "稍后", "马上", "明天", "明早", "等会", "晚点", "抓紧"),
)
PUBLISHING: Final = ("发布", "发送", "发出", "推送", "转发", "上线", "更新", "发", "推", "转")
NOT_YET: Final = (
    *(f"{when}{what}" for when in LATER for what in PUBLISHING),
    *(
        "尚未",
        "还没",
        "还未",
        "暂未",
        "稍后",
        "马上",
        "审核中",
        "正在审",
        "发不了",
        "发不出",
        "×",
        "❌",
    ),
    *("无此账号", "无账号", "没有账号", "没账号", "未开通", "没开通", "已注销", "已关停", "打不开"),
)
EXCUSE: Final = ("免发", "不参加", "无法参与")
DONE: Final = (
    *(
        "已发布",
        "已经发",
        "已发",
        "发布了",
        "已推送",
        "已推",
        "已转发",
        "已转",
        "发了",
        "已完成",
        "完成",
    ),
    *(
        "发布完毕",
        "已更新",
        "已上线",
        "发好",
        "发完",
        "已做",
        "推送",
        "发布",
        "转发",
        "好了",
        "发出",
    ),
    *("√", "✓", "✔", "✅", "☑", "ok"),
)
WORDS: Final = re.compile(
    "|".join(
        re.escape(each)
        for each in sorted(
            {*NO_PLATFORM, *EVERY, *NOT_YET, *EXCUSE, *DONE, *NICKNAMES}
            | {name.casefold() for name in (*ALIASES, *PLATFORMS.values())} - {"其他"},
            key=lambda word: (-len(word), word),
        )
    )
)
BY_NAME: Final = {name.casefold(): key for key, name in PLATFORMS.items()} | {
    name.casefold(): key for name, key in ALIASES.items()
}
