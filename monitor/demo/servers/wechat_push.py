"""What the WeChat stand-in pushes to a third-party platform: XML, encrypted and signed as it is."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha1, sha256
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

APP_ID: Final = "wxdemocomponent01"
APP_SECRET: Final = "wx-demo-component-key"
TOKEN: Final = "wxdemotoken"
AES_KEY: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
"""The invented third-party platform's own: id, key, and the two words its address is kept by."""
BLOCK: Final = 32


@dataclass(frozen=True, slots=True)
class Push:
    """One message on its way: the query of its address, and its body."""

    query: dict[str, str]
    body: bytes


def push(xml: str, at: int) -> Push:
    """`xml` as WeChat sends it at second `at`."""
    nonce = sha256(f"nonce {at} {xml}".encode()).hexdigest()[:10]
    cipher = _encrypted(xml.encode(), nonce)
    stamp = str(at)
    parts = "".join(sorted([TOKEN, stamp, nonce, cipher]))
    plain = "".join(sorted([TOKEN, stamp, nonce]))
    query = {
        "signature": sha1(plain.encode()).hexdigest(),  # nosec B324 # the platform signs so
        "timestamp": stamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": sha1(parts.encode()).hexdigest(),  # nosec B324 # the platform signs so
    }
    return Push(query, _xml(AppId=APP_ID, Encrypt=cipher).encode())


def ticket_message(ticket: str, at: int) -> str:
    """The push every ten minutes."""
    kind = "component_verify_ticket"
    return _xml(AppId=APP_ID, CreateTime=at, InfoType=kind, ComponentVerifyTicket=ticket)


def owner_message(kind: str, appid: str, at: int, **more: str | int) -> str:
    """`authorized`, `updateauthorized` or `unauthorized` of one account."""
    return _xml(AppId=APP_ID, CreateTime=at, InfoType=kind, AuthorizerAppid=appid, **more)


def _encrypted(message: bytes, salt: str) -> str:
    key = b64decode(AES_KEY + "=")
    head = sha256(salt.encode()).digest()[:16]
    plain = head + len(message).to_bytes(4) + message + APP_ID.encode()
    missing = BLOCK - len(plain) % BLOCK
    padded = plain + bytes([missing]) * missing
    engine = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return b64encode(engine.update(padded) + engine.finalize()).decode()


def _xml(**fields: str | int) -> str:
    inside = "".join(
        f"<{name}>{value}</{name}>"
        if isinstance(value, int)
        else f"<{name}><![CDATA[{value}]]></{name}>"
        for name, value in fields.items()
    )
    return f"<xml>{inside}</xml>"
