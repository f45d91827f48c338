"""Tokens: only their hash is kept, and a form belongs to the browser it was given to."""

import hmac
from hashlib import sha256


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
