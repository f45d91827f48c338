"""What platforms push to us: signatures are checked and content is opened, and nothing is believed
before."""

import hmac
import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha1
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from monitor.domain.errors import Forbidden

HEAD: Final = 16
LENGTH: Final = 4
BLOCK: Final = 32
ENCRYPTED: Final = re.compile(r"<Encrypt>(?:<!\[CDATA\[)?([A-Za-z0-9+/=]+)(?:\]\]>)?</Encrypt>")
FIELD: Final = re.compile(r"<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))</\1>", re.DOTALL)
"""Flat fields only: no entity, no nesting, no document type is ever read."""


@dataclass(frozen=True, slots=True)
class WechatWords:
    """What a third-party platform agreed on with WeChat."""

    appid: str
    token: str = field(repr=False)
    aes_key: str = field(repr=False)


def wechat(query: Mapping[str, str], body: bytes, words: WechatWords) -> dict[str, str]:
    """The fields of a pushed message; Forbidden unless it was signed and encrypted for us."""
    found = ENCRYPTED.search(body.decode("utf-8", "replace"))
    if found is None or not words.token:
        raise _strange()
    parts = [words.token, query.get("timestamp", ""), query.get("nonce", ""), found[1]]
    wanted = sha1("".join(sorted(parts)).encode()).hexdigest()  # nosec B324 # the platform signs so
    if not hmac.compare_digest(wanted, query.get("msg_signature", "")):
        raise _strange()
    message = _opened(found[1], words).decode("utf-8", "replace")
    return {name: cdata or plain for name, cdata, plain in FIELD.findall(message)}


def douyin(secret: str, body: bytes, signature: str) -> bool:
    """Whether a pushed body bears the signature of our application."""
    wanted = sha1(secret.encode() + body).hexdigest()  # nosec B324 # the platform signs so
    return bool(secret) and hmac.compare_digest(wanted, signature)


def _opened(cipher: str, words: WechatWords) -> bytes:
    """16 random bytes, the length, the message, and the id of the application it is for."""
    try:
        key = b64decode(words.aes_key + "=", validate=True)
        engine = Cipher(algorithms.AES(key), modes.CBC(key[:HEAD])).decryptor()
        padded = engine.update(b64decode(cipher, validate=True)) + engine.finalize()
    except (ValueError, Error):
        raise _strange() from None
    missing = padded[-1] if padded else 0
    if not 1 <= missing <= BLOCK or len(padded) < HEAD + LENGTH + missing:
        raise _strange()
    plain = padded[HEAD:-missing]
    end = LENGTH + int.from_bytes(plain[:LENGTH])
    if plain[end:] != words.appid.encode():
        raise _strange()
    return plain[LENGTH:end]


def _strange() -> Forbidden:
    return Forbidden(
        "推送的签名或内容不对,未采信", "", "请核对平台上登记的消息校验Token和加解密Key"
    )
