"""How an account's owner agrees to be read: a link, and what the platform's answer is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from monitor.collect.platform import Line
from monitor.registry import Registry


@dataclass(frozen=True, slots=True)
class Offer:
    """What an authorisation is made of: the application's secrets, the address the platform leads
    back to (without a query), and the word by which its answer is known again."""

    shared: Mapping[str, str] = field(repr=False)
    back: str
    state: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """What an owner granted: the account's own secrets, and when a person must renew them.

    `owner` is the platform's id of the account as the registry would have it, `name` its name
    there; '' where the platform does not tell.
    """

    secrets: Mapping[str, str] = field(repr=False)
    expires_at: int | None = None
    owner: str = ""
    name: str = ""


class Connect(Protocol):
    """One platform's way; both raise PlatformError.

    `names_owner`: the answer says which account it is, so that one link may serve many accounts.
    """

    @property
    def names_owner(self) -> bool: ...

    async def link(self, line: Line, offer: Offer) -> str:
        """The address at which the owner agrees."""

    async def exchange(self, line: Line, offer: Offer, answer: Mapping[str, str]) -> Grant:
        """What the platform's answer (the query it led back with) is worth."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the platform itself says an account stands: whether its owner still agrees, and its id
    and name there, '' where it does not tell."""

    agrees: bool
    owner: str = ""
    name: str = ""


class Roll(Protocol):
    """A platform that lists who agreed to be read by the application; both raise PlatformError.

    `known_by` is the name of the secret by which an account is known again.
    """

    @property
    def known_by(self) -> str: ...

    async def agreed(self, line: Line, shared: Mapping[str, str]) -> list[Mapping[str, str]]:
        """The secrets of every account whose owner agreed; MALFORMED where the list was cut."""

    async def standing(self, line: Line, shared: Mapping[str, str], known: str) -> Standing:
        """What the platform says when it is asked of one account alone."""


ROLLS: Final = Registry[Roll]("monitor.collect.platforms")
"""By the reader's key."""

CONNECTS: Final = Registry[Connect]("monitor.collect.platforms")
"""By the reader's key."""
