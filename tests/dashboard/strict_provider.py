"""A sign-on service on loopback that keeps the protocol to the letter and can be told to err.

It hands a code out once, wants the PKCE verifier that belongs to its challenge, and changes its
keys when told: what the mock in the sign-on tests lets pass is refused here.
"""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from monitor.clock import now


@dataclass
class Service:
    """What it knows, and how often it was asked for its keys; `claims` change what tokens say."""

    issuer: str = ""
    kid: str = "one"
    claims: dict[str, Any] = field(default_factory=dict)
    subject: str = "7"
    login: str = "li"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, RSAKey] = field(default_factory=dict)
    asked_for_keys: int = 0

    def key(self) -> RSAKey:
        if self.kid not in self.keys:
            self.keys[self.kid] = RSAKey.generate_key(2048, {"kid": self.kid})
        return self.keys[self.kid]

    def agreed(self, address: str) -> str:
        """Somebody agreed at the authorization address: the way back, with a code."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = token_urlsafe(16)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def directory(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "a", "token_endpoint": "t", "jwks_uri": "k"}
        return {"issuer": self.issuer} | {k: f"{self.issuer}/{v}" for k, v in places.items()}

    def jwks(self) -> dict[str, Any]:
        self.asked_for_keys += 1
        return dict(KeySet([self.key()]).as_dict(private=False))

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """An identity token for a code with its verifier; None refuses."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        proof = urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or proof != asked["code_challenge"]:
            return None
        second = int(now().timestamp())
        told = {"iss": self.issuer, "aud": "desk", "sub": self.subject, "nonce": asked["nonce"]}
        told |= {"iat": second, "exp": second + 300, "preferred_username": self.login}
        signed = jwt.encode({"alg": "RS256", "kid": self.kid}, told | self.claims, self.key())
        return {"id_token": signed, "token_type": "Bearer", "access_token": "x"}


@contextmanager
def serving() -> Iterator[Service]:
    """The service on a port of its own."""
    service = Service()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(service.jwks() if self.path == "/k" else service.directory())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._say(service.token({key: each[0] for key, each in parse_qs(body).items()}))

        def _say(self, told: dict[str, Any] | None) -> None:
            content = json.dumps(told or {"error": "invalid_grant"}).encode()
            self.send_response(200 if told else 400)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing into the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    service.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield service
    server.shutdown()
    server.server_close()
