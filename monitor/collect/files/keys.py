"""The identity of a post: the platform's own id, else what stays the same between two exports."""

import re
import unicodedata
from hashlib import sha1
from typing import Final
from urllib.parse import parse_qs, urlsplit

TITLE_LENGTH: Final = 60
_SHORT: Final = re.compile(r"/s/([\w-]{16,})")


def native_id(said: str, url: str, account: str, published_from: int, title: str) -> str:
    """The id as the file says it, else as a WeChat link says it, else a digest."""
    return said or _of_link(url) or digest(account, published_from, title)


def _of_link(url: str) -> str:
    """`<mid>_<idx>` of a WeChat article: what its interface calls msgid; or its short link."""
    parts = urlsplit(url) if url.startswith("http") and "]" not in url and "[" not in url else None
    if parts is None or parts.hostname != "mp.weixin.qq.com":
        return ""
    asked = parse_qs(parts.query)
    mid, idx = asked.get("mid", [""])[0], asked.get("idx", [""])[0]
    if mid.isdecimal() and idx.isdecimal():
        return f"{mid}_{idx}"
    short = _SHORT.fullmatch(parts.path)
    return short[1] if short else ""


def digest(account: str, published_from: int, title: str) -> str:
    """sha1 of account, publishing second and the first 60 characters of the normalised title."""
    text = "".join(unicodedata.normalize("NFKC", title).split()).casefold()[:TITLE_LENGTH]
    key = f"{account}|{published_from}|{text}"
    return sha1(key.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
