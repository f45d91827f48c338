"""Invitations: a signed address at which an account's operator agrees anew, for a few days."""

from dataclasses import dataclass
from typing import Final

from monitor.access import tokens

PREFIX: Final = "/hooks/invited/"
KIND: Final = "connect"
PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class Invitation:
    """For which reader and account; void of second `expires_at` on."""

    reader: str
    account_id: int
    expires_at: int


def address(key: bytes, desk: str, made: Invitation) -> str:
    """The address to send, below the desk's own."""
    nonce = f"{KIND}-{made.reader}-{made.account_id}-{made.expires_at}"
    return f"{desk}{PREFIX}{tokens.signed(key, nonce)}"


def read(key: bytes, token: str, now: int) -> Invitation | None:
    """What an address invites to; None where we did not sign it, or where it is over."""
    if not key or not token.isascii() or not tokens.genuine(key, token):
        return None
    said = token.partition(".")[0].split("-")
    if len(said) != PARTS or said[0] != KIND:
        return None
    made = Invitation(said[1], int(said[2]), int(said[3]))
    return made if now < made.expires_at else None
