"""Channel 渠道: one way a letter leaves the house; a file in `channels` adds one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from monitor.domain.letter import Letter
from monitor.registry import Registry


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The office's mail server. `security` is 'ssl', 'starttls' or 'none'."""

    host: str
    sender: str
    port: int = 465
    security: str = "ssl"
    username: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = 30


@dataclass(frozen=True, slots=True)
class Means:
    """What this machine can send with; a channel takes its own and says what it misses.

    `options` are the settings of channels that joined later, by the channel's name.
    """

    smtp: SmtpSettings | None = None
    folder: Path | None = None
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)


class Channel(Protocol):
    """One way out."""

    @property
    def name(self) -> str:
        """The name it is registered by, which the outbox keeps."""

    def deliver(self, letter: Letter, recipient: str, dedupe_key: str, at: datetime) -> str:
        """Hand over one letter; the receipt, in words or as an id.

        The same `dedupe_key` gives a message that is recognisably the same one. `at` is the aware
        instant it is dated with. DeliveryError says whether trying again may help.
        """


CHANNELS: Registry[Callable[[Means], Channel]] = Registry("monitor.deliver.channels")
"""Channels by name: each a function that takes the means and raises CannotRun without its own."""
