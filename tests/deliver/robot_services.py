"""The services of group robots, on loopback: their addresses, signatures, limits and answers.

Written from the services' own papers and sharing nothing with the channels: shared code would share
mistakes. What was accepted is kept with its text, so that a test can count.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "SECdemo0000"
TOKENS = {
    "wecom": "693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa",
    "dingtalk": "4a5f0c1d2e3b4a5f",
    "feishu": "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
    "webhook": "matrix/notice?room=7",
}
PATHS = {
    "/cgi-bin/webhook/send": "wecom",
    "/robot/send": "dingtalk",
    "/open-apis/bot/v2/hook/": "feishu",
    "/inside/": "webhook",
}
FINE: dict[str, dict[str, Any]] = {
    "wecom": {"errcode": 0, "errmsg": "ok"},
    "dingtalk": {"errcode": 0, "errmsg": "ok"},
    "feishu": {"code": 0, "msg": "success", "data": {}, "StatusCode": 0},
    "webhook": {},
}


@dataclass
class Gate:
    """Where a service stands still: at the `at`-th request from now, before or after it took what
    was sent. Whoever asked may be killed meanwhile; what was not taken by then never is."""

    at: int
    before: bool
    reached: Event = field(default_factory=Event)
    go: Event = field(default_factory=Event)

    def stands(self, *, before: bool) -> bool:
        """Whether it stood still here; it goes on when it is told to."""
        if before != self.before:
            return False
        self.at -= 1
        if self.at:
            return False
        self.reached.set()
        return self.go.wait(60)


@dataclass
class Services:
    """What was accepted, as (service, text), and how the next request is treated.

    `answers` are (status, document) to give instead; `fate` is 'hang up' before anything is taken,
    'keep silent' after it was, or ''. `skew` is how far the services' clock may differ (seconds).
    """

    accepted: list[tuple[str, str]] = field(default_factory=list)
    answers: list[tuple[int, Any]] = field(default_factory=list)
    fate: str = ""
    skew: int = 3600
    now: int = 0
    port: int = 0
    gate: Gate | None = None

    def home(self, name: str) -> str:
        """How the addresses of a sort of robot begin at these services."""
        ends = {"wecom": "?key=", "dingtalk": "?access_token=", "feishu": "", "webhook": ""}
        path = next(path for path, its in PATHS.items() if its == name)
        return f"http://127.0.0.1:{self.port}{path}{ends[name]}"

    def means(self, name: str, secret: str = SECRET) -> dict[str, str]:
        signs = secret if name != "wecom" else ""
        return {"home": self.home(name), "token": TOKENS[name], "secret": signs}

    def texts(self) -> list[str]:
        return [text for _, text in self.accepted]

    def taken(self, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        """The status and the document a service answers with."""
        if self.answers:
            return self.answers.pop(0)
        name = next(its for begins, its in PATHS.items() if path.startswith(begins))
        asked = {key: each[0] for key, each in parse_qs(urlsplit(path).query).items()}
        said = json.loads(body)
        wrong = getattr(self, f"_{name}")(path, asked, said, headers, body)
        if wrong:
            return wrong if isinstance(wrong, tuple) else (200, wrong)
        text = {
            "wecom": lambda: said["text"]["content"],
            "dingtalk": lambda: said["text"]["content"],
            "feishu": lambda: said["content"]["text"],
            "webhook": lambda: said["text"],
        }[name]()
        self.accepted.append((name, text))
        return 200, FINE[name]

    def _wecom(self, path: str, asked: Any, said: Any, headers: Any, body: bytes) -> Any:
        if asked.get("key") != TOKENS["wecom"]:
            return {"errcode": 93000, "errmsg": "invalid webhook url, hint: [1]"}
        if len(said["text"]["content"].encode()) > 2048:
            return {"errcode": 40058, "errmsg": "text.content exceed max length 2048"}
        return None

    def _dingtalk(self, path: str, asked: Any, said: Any, headers: Any, body: bytes) -> Any:
        if asked.get("access_token") != TOKENS["dingtalk"]:
            return {"errcode": 300001, "errmsg": "token is not exist"}
        stamp = asked.get("timestamp", "0")
        made = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
        right = asked.get("sign") == base64.b64encode(made).decode()
        if not right or abs(int(stamp) // 1000 - self.now) > self.skew:
            return {"errcode": 310000, "errmsg": "sign not match"}
        return None

    def _feishu(self, path: str, asked: Any, said: Any, headers: Any, body: bytes) -> Any:
        if not path.endswith(TOKENS["feishu"]):
            return {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}
        stamp = said.get("timestamp", "0")
        made = hmac.new(f"{stamp}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
        right = said.get("sign") == base64.b64encode(made).decode()
        if not right or abs(int(stamp) - self.now) > self.skew:
            return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}
        return None if len(body) <= 20_480 else {"code": 9499, "msg": "Bad Request", "data": {}}

    def _webhook(self, path: str, asked: Any, said: Any, headers: Any, body: bytes) -> Any:
        stamp = headers.get("X-Sentinel-Timestamp", "")
        made = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        right = headers.get("X-Sentinel-Signature") == made and asked.get("room") == "7"
        return None if right and len(said["id"]) == 32 else (403, {"error": "signature"})


def _handler(services: Services) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if services.fate == "hang up":
                self.close_connection = True
                return
            if services.gate is not None and services.gate.stands(before=True):
                self.close_connection = True
                return
            status, document = services.taken(self.path, self.headers, body)
            if services.gate is not None:
                services.gate.stands(before=False)
            if services.fate == "keep silent":
                self.close_connection = True
                return
            answer = document if isinstance(document, bytes) else json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def robot_services(now: int) -> Iterator[Services]:
    """The services on a free port of loopback, their clock at `now`."""
    services = Services(now=now)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(services))
    services.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
