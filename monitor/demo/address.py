"""Where the demonstration's stand-in platforms answer, and how far back they are read."""

from typing import Final

READERS: Final = {
    "wechat": "wechat",
    "wechat_open": "wechat",
    "weibo": "weibo",
    "douyin": "douyin",
    "kuaishou": "kuaishou",
    "bilibili": "bilibili",
    "baijiahao": "baijiahao",
    "channels": "channels",
    "gsdata": "gsdata",
    "newrank": "newrank",
    "feeds": "feeds",
    "links": "links",
}
"""Readers and the asking of links, and the folder of the stand-in that answers each."""
DEEPEST_DAYS: Final = 45
"""How far back the interface is read: what lies before stands in the units' files."""


def base_url(port: int, reader: str) -> str:
    """Where the stand-in of a reader's platform answers."""
    return f"http://127.0.0.1:{port}/{READERS[reader]}"
