"""The door platforms knock at, /hooks/<reader>: it verifies, leaves one row, and says `success`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from dashboard.answers import PLAIN, Answer, Asked
from monitor.actions import hooks
from monitor.actions.hooks import Pushed
from monitor.domain.errors import Forbidden, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.record.store import Store
    from monitor.record.vault import Vault

PREFIX: Final = "/hooks/"
SIGNATURE: Final = b"x-douyin-signature"
MOST_FIELDS: Final = 20


@dataclass(frozen=True)
class Hooks:
    """Answers what begins with /hooks/. Its methods block, and are called off the event loop."""

    store: Store
    vault: Callable[[], Vault]

    def answer(self, asked: Asked, signature: str) -> Answer:
        """The answer to one push; a stranger learns nothing but that it was refused."""
        if asked.method != "POST":
            return Answer(405, "不能这样打开", PLAIN)
        reader = asked.path.removeprefix(PREFIX)
        try:
            query = dict(parse_qsl(asked.query, max_num_fields=MOST_FIELDS))
            said = hooks.take(
                self.store, self.vault(), reader, Pushed(query, asked.body, signature)
            )
        except Forbidden:
            return Answer(403, "已拒绝", PLAIN)
        except (InputError, ValueError):
            return Answer(404, "没有这个地址", PLAIN)
        return Answer(200, said, PLAIN)
