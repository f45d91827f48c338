"""Keyed hashes: a value is found again, or told from another, by whoever holds the key alone."""

import hmac
from hashlib import sha256
from typing import Final

COMMENTER: Final = 32
"""Hexadecimal signs of a commenter's hash: 128 bits."""


def lookup(key: bytes, kind: str, value: str) -> str:
    """What equality is searched by in place of the value itself: HMAC-SHA256 in hexadecimal."""
    return hmac.new(key, f"{kind}\0{value}".encode(), sha256).hexdigest()


def commenter(salt: bytes, platform: str, raw: str) -> str:
    """A commenter without a name: the same person on one platform, one hash; nowhere else.

    `raw` is whatever the platform calls the person (openid, uid, nickname); it is never kept.
    ValueError where the salt is not of this installation's length, or `raw` is blank.
    """
    if len(salt) != sha256().digest_size:
        raise ValueError("a salt has 32 bytes")
    if not raw:
        raise ValueError("nobody has no hash")
    made = hmac.new(salt, f"commenter\0{platform}\0{raw}".encode(), sha256).hexdigest()
    return made[:COMMENTER]
