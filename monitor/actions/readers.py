"""Readers as screens name them, and which of them an owner can be led to by a link."""

from monitor.collect.connect import CONNECTS
from monitor.collect.platform import READERS
from monitor.domain.account import PLATFORMS


def title(reader: str) -> str:
    """A reader's name for people: its own, else its platform's."""
    own = READERS.get(reader).title if reader in READERS else ""
    return own or PLATFORMS.get(reader, reader)


def connects(reader: str) -> bool:
    """Whether an owner agrees by a link."""
    return reader in CONNECTS
