"""Receipt links at /r/: one form without login, and nothing of the desk behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final

from dashboard import receipt_sheets, visitor
from dashboard.acknowledged import Acknowledged
from dashboard.answers import Answer, Asked, go
from dashboard.receipt_sheets import NAMES, Shown
from dashboard.visitor import Visitors
from monitor.actions import receipts
from monitor.actions.receipts import Refused
from monitor.actions.reporting import Filling
from monitor.domain.errors import Forbidden
from monitor.domain.receipt import REPORT
from monitor.domain.report_line import NEWEST, Words, same_as_last

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.sheets import Sheets
    from monitor.actions.receipts import Form
    from monitor.record.store import Store

PREFIX: Final = "/r/"
EXPIRED: Final = "页面停留过久或来源不明，内容没有丢失，请核对后再次提交。"
SAME: Final = "已按上周填好，日期已更新为我们见到的最近一条；请核对、补充后提交。"
DRAFTED: Final = "已暂存，尚未提交。"
NOT_WHOLE: Final = "其余已保存；请按下面的提示改好后再次提交。"


@dataclass(frozen=True)
class Receipts:
    """Answers what begins with /r/. Its methods block, and are called off the event loop."""

    store: Store
    sheets: Sheets
    https: bool
    key: bytes = field(repr=False)

    def answer(self, asked: Asked, now: int) -> Answer:
        """The answer to one request; what a link does not open is refused in words."""
        token = asked.path.removeprefix(PREFIX)
        if asked.method not in {"GET", "HEAD", "POST"}:
            return self._refused(405, "不能这样打开", "请从收到的链接重新打开。")
        try:
            if receipts.kind_of(self.store, self.key, token, asked.address) != REPORT:
                return self._short().answer(asked, token, now)
            return self._weekly(asked, token, now)
        except Refused as refused:
            why = f"{refused.explained.what}。{refused.explained.remedy}。"
            return self._refused(404, f"链接{refused.standing}", why)
        except Forbidden as wait:
            return self._refused(429, "请稍候", str(wait))

    def _short(self) -> Acknowledged:
        return Acknowledged(self.store, self.sheets, self._visitors(), self.key)

    def _visitors(self) -> Visitors:
        return Visitors(self.https, self.key)

    def _weekly(self, asked: Asked, token: str, now: int) -> Answer:
        """填报 has a form of its own."""
        found = receipts.form_of(self.store, self.key, token, asked.address, now)
        if not found.asked:
            return Answer(200, receipt_sheets.nothing(self.sheets, found))
        if asked.method == "POST":
            return self._post(asked, token, found, now)
        return self._show(asked, token, found)

    def _show(self, asked: Asked, token: str, found: Form) -> Answer:
        if found.filled and not asked.parameter("again"):
            return Answer(200, receipt_sheets.thanks(self.sheets, token, found))
        words = {each.account_id: each.words for each in found.asked}
        versions = {each.account_id: each.version for each in found.asked}
        return self._form(asked, token, found, words=words, versions=versions)

    def _post(self, asked: Asked, token: str, found: Form, now: int) -> Answer:
        sent = visitor.fields(asked)
        words = {each.account_id: _words(sent, each.account_id) for each in found.asked}
        versions = {
            each.account_id: _number(sent.get(f"version-{each.account_id}", ""))
            for each in found.asked
        }
        if not self._visitors().holds(asked, token, sent.get("form", "")):
            again = self._form(asked, token, found, words=words, versions=versions, notice=EXPIRED)
            return Answer(403, again.content, cookies=again.cookies)
        if sent.get("do") == "same":
            words = {
                each.account_id: {
                    **words[each.account_id],
                    **_given(same_as_last(each.last, each.known)),
                }
                for each in found.asked
            }
            return self._form(asked, token, found, words=words, versions=versions, notice=SAME)
        filling = Filling(
            week=found.week,
            words=words,
            versions=versions,
            key=f"r{found.link_id}:{sent.get('key', '')[:64]}",
            submit=sent.get("do") != "draft",
        )
        return self._send(asked, token, filling, now)

    def _send(self, asked: Asked, token: str, filling: Filling, now: int) -> Answer:
        done = receipts.send(self.store, self.key, token, filling)
        found = receipts.form_of(self.store, self.key, token, asked.address, now)
        if done.whole and filling.submit and found.filled:
            return go(f"{PREFIX}{token}")
        versions = {each.account_id: each.version for each in found.asked}
        shown = Shown(
            words=filling.words,
            versions=versions,
            key=token_urlsafe(12),
            proof=self._visitors().greet(asked, token)[0],
            notice=DRAFTED if done.whole else NOT_WHOLE,
            done=done,
        )
        return Answer(
            200 if done.whole else 422, receipt_sheets.form(self.sheets, token, found, shown)
        )

    def _form(
        self,
        asked: Asked,
        token: str,
        found: Form,
        *,
        words: Mapping[int, Words],
        versions: Mapping[int, int],
        notice: str = "",
    ) -> Answer:
        proof, fresh = self._visitors().greet(asked, token)
        shown = Shown(
            words=words,
            versions=versions,
            key=token_urlsafe(12),
            proof=proof,
            notice=notice,
        )
        return Answer(200, receipt_sheets.form(self.sheets, token, found, shown), cookies=fresh)

    def _refused(self, status: int, title: str, why: str) -> Answer:
        return Answer(status, self.sheets.refused(title, why, href="", link=""))


def _words(sent: Mapping[str, str], account_id: int) -> dict[str, str]:
    """What was typed for one account, by column; blank answers are left out."""
    said = {column: sent.get(f"{name}-{account_id}", "").strip() for column, name in NAMES.items()}
    clock = sent.get(f"clock-{NAMES[NEWEST]}-{account_id}", "").strip()
    if said[NEWEST] and clock:
        said[NEWEST] = f"{said[NEWEST]} {clock[:5]}"
    return _given(said)


def _given(said: Mapping[str, str]) -> dict[str, str]:
    return {column: text for column, text in said.items() if text}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004
