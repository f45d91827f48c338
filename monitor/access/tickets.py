"""Tickets: what a browser carries for us while it is away at another service, and brings back."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, field
from typing import Final

from monitor.access.tokens import form_token, same
from monitor.domain.instants import MINUTE

LASTS: Final = 10 * MINUTE
PURPOSE: Final = "sign-on:"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One way to the sign-on service and back; `at` is when it began (UTC seconds)."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    onward: str
    at: int


def issue(key: bytes, ticket: Ticket) -> str:
    """The ticket as a cookie's value, signed."""
    body = urlsafe_b64encode(json.dumps(asdict(ticket)).encode()).rstrip(b"=").decode()
    return f"{body}.{form_token(key, PURPOSE + body)}"


def opened(key: bytes, text: str | None, now: int) -> Ticket | None:
    """The ticket of a cookie; None where it is missing, changed, or older than ten minutes."""
    body, _, signature = (text or "").partition(".")
    if not body or not same(form_token(key, PURPOSE + body), signature):
        return None
    ticket = Ticket(**json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4))))
    return ticket if 0 <= now - ticket.at < LASTS else None
