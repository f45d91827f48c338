"""Message 邮件: a letter as a MIME message that mail programs of the last twenty years read."""

import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Final

from monitor.domain.errors import DeliveryError
from monitor.domain.letter import Attachment, Letter

ID_LENGTH: Final = 32
LONGEST_SUBJECT: Final = 200
WITH_NAME: Final = re.compile(r"(?P<name>[^<>]*)<(?P<spec>[^<>]*)>")


def build(letter: Letter, sender: str, recipient: str, key: str, at: datetime) -> EmailMessage:
    """mixed > alternative(plain, related(html, pictures)) + files, dated `at`.

    `sender` and `recipient` are addresses, with a name or without. The Message-ID follows from
    `key` alone, so that a letter sent twice is recognisable. DeliveryError for an unusable address.
    """
    whence = address(sender, "发件地址")
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(letter.subject.split())[:LONGEST_SUBJECT]
    message["From"] = whence
    message["To"] = address(recipient, "收件地址")
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(key, whence.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="base64")
    if letter.html:
        message.add_alternative(letter.html, subtype="html", cte="base64")
        _add_pictures(message, letter)
    for each in letter.attachments:
        if not (each.cid and letter.html):
            _add_file(message, each)
    return message


def message_id(key: str, domain: str) -> str:
    """`<…@domain>`, the same for the same key."""
    return f"<{sha256(key.encode()).hexdigest()[:ID_LENGTH]}@{domain}>"


def address(text: str, role: str) -> Address:
    """An address with its name; DeliveryError (permanent) for one no server would take."""
    named = WITH_NAME.fullmatch(text.strip())
    name, spec = (named["name"], named["spec"]) if named else ("", text.strip())
    try:
        found = Address(display_name=name.strip(' "'), addr_spec=spec)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise _unusable(text, role) from error
    lines = any(char in text for char in "\r\n")
    if lines or not found.username or not found.domain or not spec.isascii():
        raise _unusable(text, role)
    return found


def _unusable(text: str, role: str) -> DeliveryError:
    return DeliveryError(
        f"{role}“{text.strip()}”不是有效的邮箱地址", "", "请改正后重新发送", permanent=True
    )


def _add_pictures(message: EmailMessage, letter: Letter) -> None:
    html = message.get_body(("html",))
    if html is None:
        return
    for each in letter.attachments:
        if each.cid:
            kind, _, subtype = each.media_type.partition("/")
            html.add_related(
                each.content,
                maintype=kind,
                subtype=subtype,
                cid=f"<{each.cid}>",
                filename=each.name,
                disposition="inline",
            )


def _add_file(message: EmailMessage, each: Attachment) -> None:
    """A file; its name twice, because some programs read it in Content-Type only."""
    name, _, charset = each.media_type.partition("; charset=")
    kind, _, subtype = name.partition("/")
    message.add_attachment(
        each.content,
        maintype=kind,
        subtype=subtype,
        filename=each.name,
        params={"name": each.name} | ({"charset": charset} if charset else {}),
    )
