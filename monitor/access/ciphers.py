"""Ciphers: AES-256-GCM under a ring of keys, each secret bound to what it is for.

A sealed text is `\\x02`, four bytes that name the key, twelve of nonce, and the ciphertext; the
name is authenticated with it. Texts of the first form, `\\x01` and no name, still open with
whichever key of the ring made them.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from monitor.domain.errors import CannotRun

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
NAME_BYTES: Final = 4
NAMELESS: Final = b"\x01"
NAMED: Final = b"\x02"
"""The first byte says how the rest was made, so that a later way can live beside this one."""
HEAD_BYTES: Final = 1 + NAME_BYTES
"""So many bytes say which key a sealed text needs."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys of 32 bytes, the newest first: it seals, all of them open.

    ValueError where there is none, or one of another length.
    """

    keys: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys or any(len(key) != KEY_BYTES for key in self.keys):
            raise ValueError(f"a ring holds keys of {KEY_BYTES} bytes")

    @property
    def newest(self) -> bytes:
        """The key that seals."""
        return self.keys[0]

    @property
    def head(self) -> bytes:
        """How everything sealed under the newest key begins."""
        return NAMED + named(self.newest)

    @property
    def names(self) -> tuple[str, ...]:
        """What the keys are called on screens and in errors, the newest first."""
        return tuple(named(key).hex() for key in self.keys)


def named(key: bytes) -> bytes:
    """A key's name: it follows from the key, so that the two cannot be mixed up."""
    return sha256(b"sentinel key:" + key).digest()[:NAME_BYTES]


def seal(ring: KeyRing, nonce: bytes, plain: bytes, purpose: str) -> bytes:
    """`plain` encrypted for one purpose (say `credential:wechat:7`); a nonce serves once.

    ValueError where the nonce has the wrong length.
    """
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes")
    bound = ring.head + purpose.encode()
    return ring.head + nonce + AESGCM(ring.newest).encrypt(nonce, plain, bound)


def unseal(ring: KeyRing, sealed: bytes, purpose: str) -> bytes:
    """The plain bytes; CannotRun where the key is missing, or the bytes were touched or moved."""
    if sealed[:1] == NAMED and len(sealed) > HEAD_BYTES + NONCE_BYTES:
        head, rest = sealed[:HEAD_BYTES], sealed[HEAD_BYTES:]
        keys = tuple(key for key in ring.keys if named(key) == head[1:])
        wanted = f"{purpose},需要编号 {head[1:].hex()} 的密钥"
    elif sealed[:1] == NAMELESS and len(sealed) > 1 + NONCE_BYTES:
        head, rest, keys, wanted = b"", sealed[1:], ring.keys, purpose
    else:
        raise _cannot_open(purpose)
    for key in keys:
        try:
            return AESGCM(key).decrypt(
                rest[:NONCE_BYTES], rest[NONCE_BYTES:], head + purpose.encode()
            )
        except InvalidTag:
            continue
    raise _cannot_open(wanted)


def _cannot_open(purpose: str) -> CannotRun:
    return CannotRun(
        "加密内容打不开：密钥不对，或内容已损坏",
        purpose,
        "请检查密钥文件是否为原来的那一份，必要时重新录入",
    )
