"""A kind of task behind receipt links: what it is called, who gives links out, what it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from monitor.domain.person import Permission
from monitor.record.store import Reading
from monitor.registry import Registry


@dataclass(frozen=True, slots=True)
class ReceiptKind:
    """`about` says which task of the kind it is, '' where there is none such; whoever holds
    `permission` over the unit sees its live links and ends them."""

    name: str
    permission: Permission
    about: Callable[[Reading, int], str]


KINDS: Final[Registry[ReceiptKind]] = Registry("monitor.actions.receipt_kinds")
