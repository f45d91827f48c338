"""A kind of task behind receipt links: what it is called, who gives links out, what it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from monitor.domain.person import Permission
from monitor.domain.receipt import PARTS, SIGNING, KeptAnswer, Part, Task, Wording
from monitor.record.store import Reading, Writing
from monitor.registry import Registry


@dataclass(frozen=True, slots=True)
class ReceiptKind:
    """`about` says which task of the kind it is, '' where there is none such; whoever holds
    `permission` over the unit sees its live links and ends them.

    `task` gives the short form its words, None where the task is gone; a kind without it has a
    form of its own. `asks` are the fields beside 签收; `took` is what an answer leads to, in its
    own transaction; `wording` is what the page calls answering.
    """

    name: str
    permission: Permission
    about: Callable[[Reading, int], str]
    task: Callable[[Reading, int], Task | None] | None = None
    asks: tuple[Part, ...] = PARTS
    took: Callable[[Writing, KeptAnswer], None] | None = None
    wording: Wording = SIGNING


KINDS: Final[Registry[ReceiptKind]] = Registry("monitor.actions.receipt_kinds")
