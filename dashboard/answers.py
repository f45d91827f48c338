"""Asked and Answer: what a browser sent and what it gets back, as plain values."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from monitor.domain.person import Session

Header = tuple[bytes, bytes]
HTML: Final = "text/html; charset=utf-8"
PLAIN: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """One request to the entrance; `session` is None before sign-in."""

    method: str
    path: str
    query: str = ""
    cookies: str = field(default="", repr=False)
    body: bytes = field(default=b"", repr=False)
    address: str = ""
    agent: str = field(default="", repr=False)
    session: Session | None = None

    def parameter(self, name: str) -> str:
        """A value out of the address; '' where it is missing."""
        return _last(self.query, name)

    def field(self, name: str) -> str:
        """A field of the form that was sent; '' where it is missing."""
        return _last(self.body.decode("utf-8", "replace"), name)


@dataclass(frozen=True)
class Answer:
    """Status, content, where to go next, cookies to set."""

    status: int
    content: str = ""
    media_type: str = HTML
    location: str = ""
    cookies: tuple[str, ...] = ()
    retry_after: int = 0

    def headers(self) -> list[Header]:
        """The headers of this answer; nothing of the entrance is ever kept by a cache."""
        found = [(b"content-type", self.media_type.encode()), (b"cache-control", b"no-store")]
        if self.location:
            found.append((b"location", self.location.encode("ascii")))
        if self.retry_after:
            found.append((b"retry-after", str(self.retry_after).encode()))
        found += [(b"set-cookie", cookie.encode("ascii")) for cookie in self.cookies]
        return found


def go(location: str, *cookies: str) -> Answer:
    """See other: the browser asks for another page with GET."""
    return Answer(303, media_type=PLAIN, location=location, cookies=cookies)


def _last(text: str, name: str) -> str:
    pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=20)
    return next((value for key, value in reversed(pairs) if key == name), "")
