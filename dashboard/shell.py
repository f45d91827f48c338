"""The shell around every page: security headers, and Streamlit's document in Chinese."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    )
)
ALWAYS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
STRICT: Final = (b"strict-transport-security", b"max-age=31536000")
REPLACED: Final = {name for name, _ in ALWAYS}
STALE: Final = {b"content-length", b"etag", b"last-modified", b"cache-control", b"accept-ranges"}
ASKS_FOR_OLD: Final = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
HEAD: Final = """<meta name="robots" content="noindex" />
    <link rel="icon" type="image/png" href="/app/static/favicon.png" />
    <link rel="stylesheet" href="/app/static/desk.css" />
    <script src="/app/static/words.js"></script>
    <script src="/app/static/zh.js"></script>
    <script src="/app/static/patrol.js"></script>
  </head>"""
OWN: Final = ("/auth/", "/r/")
"""Sheets of our own are dressed already."""
NOSCRIPT: Final = "<noscript><p>本页面需要启用浏览器脚本才能使用。</p></noscript>"


class Shell:
    """Dresses what leaves: headers on everything, the document's language, title and scripts."""

    def __init__(self, *, https: bool, demo: bool) -> None:
        self.headers = (*ALWAYS, STRICT) if https else ALWAYS
        self.demo = demo

    def dressed(self, scope: Scope, send: Send) -> Send:
        """A `send` that adds the headers, and rewrites Streamlit's document where one is asked."""
        if wants_document(scope) and not scope["path"].startswith(OWN):
            scope["headers"] = [
                pair for pair in scope["headers"] if pair[0].lower() not in ASKS_FOR_OLD
            ]
            return _Document(self, send)
        return self._with_headers(send)

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self.added(message["headers"])
            await send(message)

        return sending

    def added(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """The headers of a response with ours in place of any others of the same name."""
        kept = [pair for pair in headers if pair[0].lower() not in REPLACED]
        return [*kept, *self.headers]

    def rewritten(self, document: str) -> str:
        """Streamlit's document as ours: Chinese, our title, our icon, no inline script."""
        marks = ' class="demo"' if self.demo else ""
        text = re.sub(r"<html[^>]*>", f'<html lang="zh-CN"{marks}>', document, count=1)
        text = re.sub(r"<title>.*?</title>", "<title>矩阵哨兵</title>", text, flags=re.DOTALL)
        text = re.sub(r"<noscript>.*?</noscript>", NOSCRIPT, text, flags=re.DOTALL)
        text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
        text = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
        text = re.sub(r'<link[^>]*rel="(?:shortcut icon|service-desc|preload)"[^>]*>', "", text)
        return text.replace("</head>", HEAD, 1)


class _Document:
    """Holds a response back until it is whole, and sends it rewritten where it is HTML."""

    def __init__(self, shell: Shell, send: Send) -> None:
        self.shell = shell
        self.send = send
        self.start: Message = {}
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        if message["type"] != "http.response.body":
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if not message.get("more_body"):
            await self._whole()

    async def _whole(self) -> None:
        headers = self.start["headers"]
        if any(name == b"content-type" and b"text/html" in value for name, value in headers):
            self.body = self.shell.rewritten(self.body.decode()).encode()
            headers = [pair for pair in headers if pair[0].lower() not in STALE]
            headers += [
                (b"content-length", str(len(self.body)).encode()),
                (b"cache-control", b"no-store"),
            ]
        await self.send({**self.start, "headers": self.shell.added(headers)})
        await self.send({"type": "http.response.body", "body": self.body})


def wants_document(scope: Scope) -> bool:
    """Whether a browser asks for a page, not for one of a page's parts."""
    if scope["method"] not in {"GET", "HEAD"}:
        return False
    said = {name.lower(): value for name, value in scope["headers"]}
    kind = said.get(b"sec-fetch-dest")
    if kind is not None:
        return bool(kind == b"document")
    return b"text/html" in said.get(b"accept", b"")
