"""Tokens of the stand-in platforms: signed, so that a restarted server still knows its own.

Each says whose it is, what for, and how long it lives; nothing is kept but which single-use ones
were used in this life of the server.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from monitor.demo.world import World, WorldAccount

SIGNS: Final = 32
PARTS: Final = 6
BETWEEN: Final = "~"


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says: its kind, whose account, the seconds it lives in, and its number."""

    kind: str
    uid: str
    issued_at: int
    ends_at: int
    number: int


@dataclass
class Mint:
    """Issues and reads the tokens of one platform."""

    platform: str
    world: World
    _issued: int = 0
    _used: set[str] = field(default_factory=set)
    _by_uid: dict[str, WorldAccount] = field(default_factory=dict)

    def issue(self, kind: str, account: WorldAccount, at: int, life: int) -> str:
        """A fresh token of `account` that lives `life` seconds from second `at` on."""
        self._issued += 1
        return issue(self.platform, account, Token(kind, account.uid, at, at + life, self._issued))

    def read(self, kind: str, text: str) -> Token | None:
        """What a token of this kind says; None where it was not issued here."""
        parts = text.split(BETWEEN)
        if len(parts) != PARTS or parts[0] != kind or not all(map(str.isdecimal, parts[2:5])):
            return None
        token = Token(parts[0], parts[1], int(parts[2]), int(parts[3]), int(parts[4]))
        account = self.account(token.uid)
        if account is None or issue(self.platform, account, token) != text:
            return None
        return token

    def spend(self, text: str) -> bool:
        """Use a token that serves once; False where it was used before."""
        if text in self._used:
            return False
        self._used.add(text)
        return True

    def spent(self, text: str) -> bool:
        """Whether a token that serves once was used in this life of the server."""
        return text in self._used

    def account(self, uid: str) -> WorldAccount | None:
        """The account of this platform with an id."""
        if uid not in self._by_uid:
            self._by_uid = {each.uid: each for each in self.world.accounts(self.platform)}
        return self._by_uid.get(uid)


def issue(platform: str, account: WorldAccount, token: Token) -> str:
    """The text of a token: its words and a signature only the platform can make."""
    words = [token.kind, token.uid, token.issued_at, token.ends_at, token.number]
    said = BETWEEN.join(map(str, words))
    seal = sha256(f"{platform} {said} {account.secret}".encode()).hexdigest()[:SIGNS]
    return f"{said}{BETWEEN}{seal}"


def first(platform: str, kind: str, account: WorldAccount, at: int, life: int) -> str:
    """The token an account's owner got at second `at`, before anybody asked this server."""
    return issue(platform, account, Token(kind, account.uid, at, at + life, 0))
