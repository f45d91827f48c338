"""Identity tokens of a sign-on service: whose word is taken, and for what."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, cast

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from monitor.access.tokens import same
from monitor.domain.errors import Forbidden

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
"""Signatures by a private key only: never `none`, never a shared secret that we hold, too."""
LEEWAY: Final = 60
"""Seconds by which two clocks may differ."""
LONGEST_SUBJECT: Final = 255
"""As OpenID Connect lays down."""
REMEDY: Final = "请返回重新登录；如仍不能进入，请联系系统管理员"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say: from whom, for whom, and for which of our questions."""

    issuer: str
    client_id: str
    nonce: str
    claim: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a genuine token speaks of: the service's lasting id, and the login it has today."""

    subject: str
    login: str


class UnknownKey(Forbidden):
    """Signed with a key that is not among those known: the service may have changed its keys."""


def identity_in(token: str, keys: Mapping[str, Any], expected: Expected, now: int) -> Identity:
    """Whom a genuine identity token names, the login in lower case.

    `keys` is the service's JWKS, `now` UTC seconds. UnknownKey where its key is not there;
    Forbidden where anything else is not as expected, without saying what to a stranger.
    """
    try:
        keyring = KeySet.import_key_set(cast("KeySetSerialization", dict(keys)))
        claims = jwt.decode(token, keyring, algorithms=ALGORITHMS).claims
    except InvalidKeyIdError as missing:
        raise _unknown() from missing
    except (JoseError, ValueError) as forged:
        raise refused("签名无效") from forged
    _require(claims, expected, now)
    login = claims.get(expected.claim)
    if not isinstance(login, str) or not login.strip():
        raise refused(f"缺少{expected.claim}")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise refused("缺少sub")
    return Identity(claims["sub"], login.strip().lower())


def challenge(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier (RFC 7636)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def refused(why: str) -> Forbidden:
    """A sign-on that was not accepted; `why` in a few words."""
    return Forbidden("统一认证未通过", why, REMEDY)


def _require(claims: Mapping[str, Any], expected: Expected, now: int) -> None:
    options: dict[str, Any] = {
        "iss": {"essential": True, "value": expected.issuer},
        "sub": {"essential": True},
        "aud": {"essential": True, "value": expected.client_id},
        "exp": {"essential": True},
        "iat": {"essential": True},
        "nonce": {"essential": True},
    }
    try:
        jwt.JWTClaimsRegistry(now=now, leeway=LEEWAY, **options).validate(dict(claims))
    except JoseError as wrong:
        raise refused("凭据不是发给本系统的，或已过期") from wrong
    if not same(str(claims["nonce"]), expected.nonce):
        raise refused("凭据不是本次登录的")
    audience = claims["aud"]
    party = claims.get("azp", expected.client_id)
    if party != expected.client_id or (isinstance(audience, list) and len(audience) > 1):
        raise refused("凭据同时发给了别的系统")


def _unknown() -> UnknownKey:
    return UnknownKey("统一认证未通过", "签名密钥未知", REMEDY)
