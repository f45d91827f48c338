"""Letter: a message ready to leave, whatever channel carries it."""

from dataclasses import dataclass, field


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
