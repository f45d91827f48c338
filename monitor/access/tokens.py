"""Tokens: only their hash is kept, and a form belongs to the browser it was given to."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final


def digest(token: str) -> str:
    """What the store keeps of a token: SHA-256 as hex. Tokens are random, so no salt is needed."""
    return sha256(token.encode()).hexdigest()


def form_token(key: bytes, bound_to: str) -> str:
    """The field of a form, bound to a secret that only one browser holds in its cookie."""
    if not bound_to:
        raise ValueError("a form token is bound to something")
    return hmac.new(key, bound_to.encode(), sha256).hexdigest()


def form_holds(key: bytes, bound_to: str | None, field: str | None) -> bool:
    """Whether a form came from the browser it was given to; False where either half is missing."""
    if not bound_to or not field:
        return False
    return same(form_token(key, bound_to), field)


def same(one: str, other: str) -> bool:
    """Equality whose time says nothing about where two secrets differ; two blanks never match."""
    if not one or not other:
        return False
    return hmac.compare_digest(one.encode(), other.encode())


SIGNATURE: Final = 22
"""Base-64 signs of a link's signature: 132 bits."""


def nonce(key: bytes, named: str) -> str:
    """The random-looking part of a token that the same doing makes again: nobody without the key
    can, and nothing of it need be kept."""
    made = hmac.new(key, f"nonce:{named}".encode(), sha256).digest()
    return urlsafe_b64encode(made).decode()[:SIGNATURE]


def signed(key: bytes, nonce: str) -> str:
    """A token that shows it was made here: a guess is turned away before the store is asked."""
    return f"{nonce}.{_signature(key, nonce)}"


def genuine(key: bytes, token: str) -> bool:
    """Whether a token carries our signature; it may still be over, revoked or forgotten."""
    nonce, _, signature = token.partition(".")
    return bool(nonce) and same(_signature(key, nonce), signature)


def _signature(key: bytes, nonce: str) -> str:
    made = hmac.new(key, f"receipt:{nonce}".encode(), sha256).digest()
    return urlsafe_b64encode(made).decode()[:SIGNATURE]
