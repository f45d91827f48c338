"""The office's sign-on service (OpenID Connect), as the desk asks it: directory, keys, tokens."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from monitor.domain.errors import CannotRun

DIRECTORY: Final = "/.well-known/openid-configuration"
PATIENCE: Final = httpx.Timeout(10.0)
OK: Final = 200
LARGEST: Final = 500_000
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


@dataclass
class Provider:
    """One service. What it says of itself is asked once, its keys again when they change.

    CannotRun where it does not answer, or not as the protocol wants it.
    """

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    claim: str = "preferred_username"
    only: bool = False
    break_glass: tuple[str, ...] = ()
    _said: Mapping[str, Any] = field(default_factory=dict, repr=False)
    _keys: Mapping[str, Any] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def place(self, name: str) -> str:
        """The address of one of its endpoints, on TLS unless the service is on this machine."""
        with self._lock:
            if not self._said:
                said = self._ask("GET", self.issuer.rstrip("/") + DIRECTORY)
                if said.get("issuer") != self.issuer:
                    raise _wrong("统一认证服务自称的地址与设置不符")
                self._said = said
        found = str(self._said.get(name, ""))
        if not self._safe(found):
            raise _wrong(f"统一认证服务的{name}不是安全地址")
        return found

    def keys(self, *, fresh: bool = False) -> Mapping[str, Any]:
        """Its public keys (JWKS); `fresh` asks again, as after a change of keys."""
        place = self.place("jwks_uri")
        with self._lock:
            if fresh or not self._keys:
                self._keys = self._ask("GET", place)
            return self._keys

    def exchange(self, code: str, verifier: str, back: str) -> str:
        """The identity token for a code; a code serves once."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        token = self._ask("POST", self.place("token_endpoint"), form).get("id_token")
        if not isinstance(token, str):
            raise _wrong("统一认证服务没有给出身份凭据")
        return token

    def _ask(self, method: str, url: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
        auth = httpx.BasicAuth(self.client_id, self.secret) if form else None
        try:
            with httpx.Client(trust_env=False, timeout=PATIENCE, follow_redirects=False) as client:
                answer = client.request(method, url, data=form, auth=auth)
            value = answer.json() if len(answer.content) <= LARGEST else None
        except (httpx.HTTPError, ValueError):
            raise _wrong("统一认证服务没有正常答复") from None
        if answer.status_code != OK or not isinstance(value, dict):
            raise _wrong("统一认证服务拒绝了请求")
        return value

    def _safe(self, url: str) -> bool:
        parts = urlsplit(url)
        here = urlsplit(self.issuer).hostname in LOOPBACK and parts.hostname in LOOPBACK
        return parts.scheme == "https" or (parts.scheme == "http" and here)


def _wrong(what: str) -> CannotRun:
    return CannotRun(what, "", "请稍后重试；应急人员可用本地口令登录")
