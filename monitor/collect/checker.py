"""Checker 内容核查服务: a bought one looks through titles too; a file in `checkers` adds one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from monitor.domain.words import Found, Text
from monitor.registry import Registry


@dataclass(frozen=True, slots=True)
class Service:
    """Where the service is, and the key it gave."""

    url: str
    key: str = field(default="", repr=False)
    timeout_seconds: float = 20


class Checker(Protocol):
    """One service."""

    def check(self, texts: Sequence[Text]) -> Mapping[int, tuple[Found, ...]]:
        """What it points at, by the post's key; CannotRun where it does not answer as agreed."""


CHECKERS: Registry[Callable[[Service], Checker]] = Registry("monitor.collect.checkers")
"""Services by name: each a function that takes where it is."""
