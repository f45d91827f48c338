"""Letters and a real SMTP server on loopback for the tests of delivering."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from monitor.deliver.channel import SmtpSettings
from monitor.domain.letter import Attachment, Letter

AT = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
SENDER = "省厅宣传处(演示) <desk@example.cn>"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
CSV = "text/csv; charset=utf-8"
NAMES = ("问题清单.csv", "暂不作认定.csv", "分地区情况.csv")
SUBJECT = "全省公安政务新媒体运行周报 2026年第47期(11月16日—11月22日)"


def a_letter() -> Letter:
    return Letter(
        subject=SUBJECT,
        text="【本周要点】\n1. 备案账号8个。\n",
        html='<p>本周要点</p><img src="cid:places">',
        group_text="【周报】备案账号8个。",
        attachments=(
            Attachment("地区.png", "image/png", PNG, cid="places"),
            *(Attachment(name, CSV, f"﻿列\r\n{name}\r\n".encode()) for name in NAMES),
        ),
    )


@dataclass
class Mailbox:
    """What the server accepted, and what it answers: a text instead of accepting, by step."""

    accepted: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    hangs_up_at: str = ""

    def messages(self) -> list[EmailMessage]:
        parser = BytesParser(policy=default)
        return [parser.parsebytes(each.original_content or b"") for each in self.accepted]

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.hangs_up_at == "RCPT":
            _hang_up(server)
        if "RCPT" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.hangs_up_at == "DATA":
            _hang_up(server)
        if "DATA" not in self.answers:
            self.accepted.append(envelope)
        return self.answers.get("DATA", "250 OK")

    async def handle_QUIT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.hangs_up_at == "QUIT":
            _hang_up(server)
        return "221 Bye"


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


def _signs_in(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password == b"right"
    return AuthResult(success=right, handled=right)


@contextmanager
def a_server(mailbox: Mailbox, **options: Any) -> Iterator[SmtpSettings]:
    """The server on a free port of loopback, with the settings that reach it."""
    loop = asyncio.new_event_loop()
    starting = loop.create_server(
        lambda: SMTP(mailbox, hostname="mail.example.cn", loop=loop, **options), "127.0.0.1", 0
    )
    server = loop.run_until_complete(starting)
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    port = server.sockets[0].getsockname()[1]
    try:
        yield SmtpSettings("127.0.0.1", SENDER, port=port, security="none", timeout_seconds=5)
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _stop(server: asyncio.Server) -> None:
    """Close, and let every conversation under way end before the loop does."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
