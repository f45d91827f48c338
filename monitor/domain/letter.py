"""Letter: a message ready to leave, whatever channel carries it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

HEAD: Final = re.compile(r"^〔(.+)〕$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with a letter; `cid` marks an inline picture of the HTML part."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    cid: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject, the plain text, the HTML, a group text of at most 450 characters, attachments."""

    subject: str
    text: str
    html: str = ""
    group_text: str = ""
    attachments: tuple[Attachment, ...] = ()


def joined(texts: Mapping[str, str]) -> str:
    """One text of many, each under the name of whom it is for."""
    return "\n\n".join(f"〔{name}〕\n{text.rstrip()}" for name, text in texts.items()) + "\n"


def split(text: str) -> dict[str, str]:
    """The texts of `joined` by name; empty where there is none."""
    pieces = HEAD.split(text)
    return {name: body.strip() for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}
