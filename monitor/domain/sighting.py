"""Sighting 账号所见: what a platform said of an account itself while it was read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountSighting:
    """How the account stood at `seen_at`; None where the platform did not say.

    `exists` False: the platform knows no such account. `verified` is its 认证 and `verified_as`
    the words of it. A difference from the registry is a proposal, never a correction.
    """

    seen_at: int
    exists: bool | None = None
    name: str | None = None
    verified: bool | None = None
    verified_as: str | None = None
