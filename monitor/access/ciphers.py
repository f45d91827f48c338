"""Ciphers: AES-256-GCM with the nonce as an argument, each secret bound to what it is for."""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from monitor.domain.errors import CannotRun

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
FIRST: Final = b"\x01"
"""The first byte says how the rest was made, so that a later way can live beside this one."""


def seal(key: bytes, nonce: bytes, plain: bytes, purpose: str) -> bytes:
    """`plain` encrypted for one purpose (say `credential:wechat:7`); a nonce serves once.

    ValueError where key or nonce have the wrong length.
    """
    if len(key) != KEY_BYTES or len(nonce) != NONCE_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes and a nonce {NONCE_BYTES}")
    return FIRST + nonce + AESGCM(key).encrypt(nonce, plain, purpose.encode())


def unseal(key: bytes, sealed: bytes, purpose: str) -> bytes:
    """The plain bytes; CannotRun where the key is another, or the bytes were touched or moved."""
    if sealed[:1] != FIRST or len(sealed) <= 1 + NONCE_BYTES:
        raise _cannot_open(purpose)
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, purpose.encode())
    except InvalidTag as wrong:
        raise _cannot_open(purpose) from wrong


def _cannot_open(purpose: str) -> CannotRun:
    return CannotRun(
        "加密内容打不开：密钥不对，或内容已损坏",
        purpose,
        "请检查密钥文件是否为原来的那一份，必要时重新录入",
    )
