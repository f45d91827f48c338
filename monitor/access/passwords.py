"""Passwords: argon2id, a policy in plain words, and a check that costs the same for strangers."""

import unicodedata
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

HASHER: Final = PasswordHasher(
    time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)
"""OWASP's second setting for argon2id: 19 MiB, two passes, one lane; about 32 ms."""

STRANGER: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$m98W6COxOdezqbsWjSrNxw"
    "$DUDma2GM9rtY7ydNZFS6iDKS1tVf1Hnj3YXIGtrbGB8"
)
"""What an unknown login is checked against, so that the answer takes as long as for a known one."""

SHORTEST: Final = 10
LONGEST: Final = 128
KINDS_NEEDED: Final = 3
COMMON: Final = ("password", "passw0rd", "qwerty", "123456", "abc123", "admin", "gongan", "police")


def hash_password(password: str) -> str:
    """The argon2id text to keep instead of a password."""
    return HASHER.hash(_normal(password))


def verify(kept: str | None, password: str) -> bool:
    """Whether `password` belongs to what was kept; None (nobody) takes as long and is False.

    A text longer than any password may be is not hashed at all: that would be work for nothing.
    """
    if len(password) > LONGEST:
        return False
    try:
        HASHER.verify(kept or STRANGER, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether what was kept was made with weaker settings than today's."""
    return HASHER.check_needs_rehash(kept)


def fault(password: str, login: str, name: str = "") -> str:
    """What is wrong with a new password, as a Chinese sentence; '' where nothing is."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"口令长度应为{SHORTEST}至{LONGEST}个字符"
    if _kinds(password) < KINDS_NEEDED:
        return "口令应包含大写字母、小写字母、数字、符号中的至少三类"
    lowered = password.lower()
    if login.lower() in lowered or (name and name in password):
        return "口令不能包含登录名或姓名"
    if any(word in lowered for word in COMMON) or len(set(password)) < SHORTEST // 2:
        return "口令过于常见或重复字符过多，请换一个"
    return ""


def _kinds(password: str) -> int:
    tests = (str.isupper, str.islower, str.isdigit)
    known = sum(any(test(char) for char in password) for test in tests)
    return known + any(not char.isalnum() for char in password)


def _normal(password: str) -> str:
    """One form for what keyboards and input methods write in several."""
    return unicodedata.normalize("NFKC", password)
