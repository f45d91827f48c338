"""Device: the sort of browser behind a User-Agent, in words its owner recognises."""

from typing import Final

SYSTEMS: Final = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
BROWSERS: Final = (
    ("MicroMessenger", "微信"),
    ("QQBrowser", "QQ浏览器"),
    ("360", "360浏览器"),
    ("Edg", "Edge浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "谷歌内核浏览器"),
    ("Safari", "苹果浏览器"),
)
UNKNOWN: Final = "其他设备"


def device(agent: str) -> str:
    """`Windows 电脑·Edge浏览器` out of a User-Agent header; the header itself is not kept."""
    found = [
        next((said for sign, said in kinds if sign in agent), "") for kinds in (SYSTEMS, BROWSERS)
    ]
    return "·".join(filter(None, found)) or UNKNOWN
