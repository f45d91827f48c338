"""Identity tokens: one genuine, and every way to forge one."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from monitor.access import id_tokens, tickets
from monitor.access.id_tokens import Expected, Identity, UnknownKey
from monitor.domain.errors import Forbidden

NOW = 1_800_000_000
KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "one"})
KEYS: dict[str, Any] = dict(KeySet([KEY]).as_dict(private=False))
EXPECTED = Expected("https://sso.example", "desk", "nonce", "preferred_username")
CLAIMS = {
    "iss": "https://sso.example",
    "aud": "desk",
    "sub": "7",
    "exp": NOW + 300,
    "iat": NOW,
    "nonce": "nonce",
    "preferred_username": "Li",
}


def signed(key: Any = KEY, algorithm: str = "RS256", **claims: object) -> str:
    told = {name: value for name, value in (CLAIMS | claims).items() if value is not None}
    return jwt.encode({"alg": algorithm, "kid": "one"}, told, key, algorithms=[algorithm])


def test_a_genuine_token_names_its_login() -> None:
    assert id_tokens.identity_in(signed(), KEYS, EXPECTED, NOW) == Identity("7", "li")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["desk", "another"]},
        {"azp": "another"},
        {"exp": NOW - 61},
        {"exp": None},
        {"iat": NOW + 3600},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "7" * 256},
        {"preferred_username": None},
        {"preferred_username": ["li"]},
    ],
    ids=str,
)
def test_a_token_that_says_anything_else_is_refused(claims: dict[str, object]) -> None:
    with pytest.raises(Forbidden, match="统一认证未通过"):
        id_tokens.identity_in(signed(**claims), KEYS, EXPECTED, NOW)


def unsigned() -> str:
    return jwt.encode({"alg": "none"}, CLAIMS, OctKey.generate_key(256), algorithms=["none"])


def by_the_public_key_as_a_secret() -> str:
    head, body, _ = signed().split(".")
    head = urlsafe_b64encode(b'{"alg":"HS256","kid":"one"}').rstrip(b"=").decode()
    made = hmac.digest(KEY.as_pem(private=False), f"{head}.{body}".encode(), "sha256")
    return f"{head}.{body}.{urlsafe_b64encode(made).rstrip(b'=').decode()}"


def with_a_cut_signature() -> str:
    return signed()[:-8]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "forge",
    [
        unsigned,
        by_the_public_key_as_a_secret,
        with_a_cut_signature,
        lambda: signed(OTHER),
        lambda: "a.b.c",
        lambda: "",
    ],
)
def test_a_forged_token_is_refused(forge: Callable[[], str]) -> None:
    with pytest.raises(Forbidden, match="统一认证未通过"):
        id_tokens.identity_in(forge(), KEYS, EXPECTED, NOW)


def test_a_key_that_is_not_known_is_told_so_that_the_keys_are_asked_anew() -> None:
    new = RSAKey.generate_key(2048, {"kid": "two"})
    token = jwt.encode({"alg": "RS256", "kid": "two"}, CLAIMS, new)
    with pytest.raises(UnknownKey):
        id_tokens.identity_in(token, KEYS, EXPECTED, NOW)


def test_a_ticket_holds_ten_minutes_and_only_as_it_was_issued() -> None:
    ticket = tickets.Ticket("state", "nonce", "verifier", "/health", NOW)
    text = tickets.issue(b"k" * 32, ticket)
    assert tickets.opened(b"k" * 32, text, NOW + 599) == ticket
    body = text.partition(".")[0]
    for wrong in (None, "", "x", "a.b", body + ".", text[:-1], "x" + text):
        assert tickets.opened(b"k" * 32, wrong, NOW) is None
    assert tickets.opened(b"k" * 32, text, NOW + 600) is None
    assert tickets.opened(b"l" * 32, text, NOW) is None
