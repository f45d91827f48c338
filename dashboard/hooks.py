"""The door platforms knock at, /hooks/<reader>: it verifies, leaves one row, and says `success`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from dashboard.answers import PLAIN, Answer, Asked, go
from monitor.actions import connecting, hooks
from monitor.actions.connecting import Answered
from monitor.actions.hooks import Pushed
from monitor.domain.errors import Forbidden, InputError, SentinelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.sheets import Sheets
    from monitor.actions.connecting import Dial
    from monitor.record.store import Store
    from monitor.record.vault import Vault

PREFIX: Final = "/hooks/"
SIGNATURE: Final = b"x-douyin-signature"
MOST_FIELDS: Final = 20
CONNECT: Final = "/hooks/connect/"
"""Where platforms lead the browser of an account's owner back to."""


@dataclass(frozen=True)
class Hooks:
    """Answers what begins with /hooks/. Its methods block, and are called off the event loop."""

    store: Store
    vault: Callable[[], Vault]
    dial: Dial
    sheets: Sheets

    def answer(self, asked: Asked, signature: str) -> Answer:
        """The answer to one push; a stranger learns nothing but that it was refused."""
        if asked.path.startswith(CONNECT):
            return self._connected(asked)
        if asked.path.startswith(connecting.INVITATIONS):
            return self._invited(asked)
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

    def _connected(self, asked: Asked) -> Answer:
        """The owner agreed, or did not: a page without a login says what became of it."""
        if asked.method not in {"GET", "HEAD"}:
            return Answer(405, "不能这样打开", PLAIN)
        try:
            query = dict(parse_qsl(asked.query, max_num_fields=MOST_FIELDS))
            answered = Answered(asked.path.removeprefix(CONNECT), query)
            name = connecting.finish(self.store, self.vault(), self.dial, answered)
        except SentinelError as error:
            return self._page(400, "授权没有完成", str(error))
        except ValueError:
            return self._page(400, "授权没有完成", "地址不完整，请重新发起授权。")
        return self._page(200, "授权完成", f"“{name}”已授权，可以关闭本页。")

    def _invited(self, asked: Asked) -> Answer:
        """An operator follows a link that was sent to him; what only looks at it begins nothing."""
        if asked.method not in {"GET", "HEAD"}:
            return Answer(405, "不能这样打开", PLAIN)
        token = asked.path.removeprefix(connecting.INVITATIONS)
        try:
            if asked.method == "GET" and asked.parameter("go"):
                return go(connecting.follow(self.store, self.vault(), self.dial, token))
            name = connecting.invited(self.store, self.dial, token)
        except SentinelError as error:
            return self._page(400, "授权没有开始", str(error))
        why = (
            f"请用“{name}”的管理员身份扫码或登录，在平台页面上同意。本系统只读取，不发布、不回复。"
        )
        onward = {"href": f"{asked.path}?go=1", "link": "开始授权"}
        return Answer(200, self.sheets.refused("重新授权", why, **onward))

    def _page(self, status: int, title: str, why: str) -> Answer:
        return Answer(status, self.sheets.refused(title, why, href="", link=""))
