"""A visitor without login: his browser's own secret binds the form it was given; its fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from dashboard import cookies
from monitor.actions import sign_in

if TYPE_CHECKING:
    from dashboard.answers import Asked

MOST_FIELDS: Final = 4_000


@dataclass(frozen=True)
class Visitors:
    """Proofs of forms for browsers that carry nothing but the visitor's cookie."""

    https: bool
    key: bytes = field(repr=False)

    def greet(self, asked: Asked, token: str) -> tuple[str, tuple[str, ...]]:
        """The proof for a form behind a token, and the cookie where the browser is new."""
        known = cookies.read(asked.cookies, cookies.VISITOR, https=self.https)
        visitor = known or token_urlsafe(32)
        fresh = () if known else (cookies.baked(cookies.VISITOR, visitor, https=self.https),)
        return sign_in.form_token(self.key, f"{visitor}:{token}"), fresh

    def holds(self, asked: Asked, token: str, proof: str) -> bool:
        """Whether a form came from the browser it was given to."""
        visitor = cookies.read(asked.cookies, cookies.VISITOR, https=self.https)
        bound = f"{visitor}:{token}" if visitor else None
        return sign_in.form_holds(self.key, bound, proof)


def fields(asked: Asked) -> dict[str, str]:
    """The form's fields; none where there are more than any of ours has."""
    try:
        text = asked.body.decode("utf-8", "replace")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}
