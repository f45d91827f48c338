"""The names and attributes of the desk's cookies; nothing in them can be read by a script."""

from http.cookies import CookieError, SimpleCookie
from typing import Final

SESSION: Final = "sentinel_session"
TICKET: Final = "sentinel_ticket"
VISITOR: Final = "sentinel_visitor"
"""Before sign-in: a secret that binds the form to the browser it was given to."""


def named(cookie: str, *, https: bool) -> str:
    """The cookie's name; over TLS with the prefix that no other host and no subdomain can set."""
    return f"__Host-{cookie}" if https else cookie


def baked(cookie: str, value: str, *, https: bool, seconds: int | None = None) -> str:
    """A Set-Cookie header; `seconds` 0 takes it away, None keeps it until the browser closes."""
    parts = [f"{named(cookie, https=https)}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if https:
        parts.append("Secure")
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    return "; ".join(parts)


def read(header: str, cookie: str, *, https: bool) -> str | None:
    """One cookie out of a Cookie header; None where it is missing or the header is broken."""
    try:
        found = SimpleCookie(header).get(named(cookie, https=https))
    except CookieError:
        return None
    return found.value if found is not None and found.value else None
