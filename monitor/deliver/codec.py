"""Codec 编码: a letter as the bytes the outbox keeps, and back, without loss."""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import Any, Final

from monitor.domain.errors import InputError
from monitor.domain.letter import Attachment, Letter

FORMAT: Final = 1


def encode(letter: Letter) -> bytes:
    """JSON in ASCII, the same for the same letter."""
    document = {
        "format": FORMAT,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "group_text": letter.group_text,
        "attachments": [_pack(each) for each in letter.attachments],
    }
    return json.dumps(document, sort_keys=True).encode("ascii")


def decode(body: bytes) -> Letter:
    """The letter; InputError where the bytes are none, or of a later version."""
    try:
        document = json.loads(body)
        if document["format"] != FORMAT:
            raise _unreadable(f"格式 {document['format']}")
        return Letter(
            subject=document["subject"],
            text=document["text"],
            html=document["html"],
            group_text=document["group_text"],
            attachments=tuple(_unpack(each) for each in document["attachments"]),
        )
    except (ValueError, KeyError, TypeError, NotBase64) as error:
        raise _unreadable(type(error).__name__) from error


def _unreadable(why: str) -> InputError:
    return InputError(f"待发内容读不懂({why})", "发件箱", "请在原页面重新生成后发送")


def _pack(each: Attachment) -> dict[str, str]:
    return {
        "name": each.name,
        "media_type": each.media_type,
        "cid": each.cid,
        "content": b64encode(each.content).decode("ascii"),
    }


def _unpack(packed: dict[str, Any]) -> Attachment:
    content = b64decode(packed["content"], validate=True)
    return Attachment(packed["name"], packed["media_type"], content, packed["cid"])
