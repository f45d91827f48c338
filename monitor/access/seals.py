"""Seals: a file whose last 64 bytes are the HMAC-SHA256 of all that stands before them."""

import hmac
from hashlib import sha256
from typing import Final

from monitor.domain.errors import InputError

LENGTH: Final = 64
"""A seal in hexadecimal signs."""
KEY_BYTES: Final = 32


def key_of(text: str, where: str) -> bytes:
    """The shared key out of its file: 64 hexadecimal signs; InputError where it is none."""
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise InputError("数据包密钥格式不对", where, "应为64个十六进制字符,两侧使用同一份")
    return key


def seal(body: bytes, key: bytes) -> bytes:
    """The body with its seal behind it."""
    return body + _seal(body, key)


def opened(content: bytes, key: bytes, name: str) -> bytes:
    """The body of a sealed file; InputError unless every byte of it is as it was sealed."""
    body, found = content[:-LENGTH], content[-LENGTH:]
    if not body or not hmac.compare_digest(_seal(body, key), found):
        raise InputError(
            "数据包签名不符,未导入任何内容",
            name,
            "可能是两侧密钥不一致,或文件不完整、被改动;请重新传递并核对SHA-256",
        )
    return body


def digest(content: bytes) -> str:
    """SHA-256 of a whole file, as both sides show it."""
    return sha256(content).hexdigest()


def _seal(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, body, sha256).hexdigest().encode("ascii")
