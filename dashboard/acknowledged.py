"""Answers receipt links whose form is the short one: shown, sent, thanked for, corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final

from dashboard import acknowledgement, visitor
from dashboard.acknowledgement import Shown
from dashboard.answers import Answer, Asked, go
from dashboard.visitor import Visitors
from monitor.actions import acknowledging
from monitor.actions.sending import Sent
from monitor.domain import receipt
from monitor.domain.errors import InputError, Overtaken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.sheets import Sheets
    from monitor.actions.acknowledging import Slip
    from monitor.record.store import Store

FORM: Final = "receipt"
LONGEST_KEY: Final = 64
OLD: Final = "页面停留过久或来源不明，内容没有丢失，请核对后再次提交。"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a form that was not taken, and the words that were typed."""

    status: int = 200
    typed: receipt.Answer | None = None
    notice: str = ""
    theirs: Mapping[str, str] = field(default_factory=dict)


NOTHING: Final = Said()


@dataclass(frozen=True)
class Acknowledged:
    """The short form; its methods block, and are called off the event loop."""

    store: Store
    sheets: Sheets
    visitors: Visitors
    key: bytes = field(repr=False)

    def answer(self, asked: Asked, token: str, now: int) -> Answer:
        """The answer to one request; Refused where the link opens nothing."""
        slip = acknowledging.slip_of(self.store, self.key, token, asked.address, now)
        if asked.method == "POST":
            return self._sent(asked, token, slip)
        again = slip.wording.changes and asked.parameter("again")
        if slip.kept is not None and not again:
            return Answer(200, acknowledgement.thanks(self.sheets, token, slip))
        return self._form(asked, token, slip)

    def _sent(self, asked: Asked, token: str, slip: Slip) -> Answer:
        sent = visitor.fields(asked)
        typed = acknowledgement.typed(sent)
        if not self.visitors.holds(asked, token, sent.get("form", "")):
            return self._form(asked, token, slip, Said(403, typed, OLD))
        form = Sent(FORM, sent.get("key", "")[:LONGEST_KEY], _number(sent.get("version", "")))
        try:
            acknowledging.send(self.store, self.key, token, asked.address, (typed, form))
        except Overtaken as clash:
            return self._form(asked, token, slip, Said(422, typed, theirs=clash.theirs))
        except InputError as wrong:
            return self._form(asked, token, slip, Said(422, typed, str(wrong)))
        return go(asked.path)

    def _form(
        self,
        asked: Asked,
        token: str,
        slip: Slip,
        said: Said = NOTHING,
    ) -> Answer:
        proof, fresh = self.visitors.greet(asked, token)
        stands = slip.kept.answer if slip.kept is not None else receipt.Answer()
        shown = Shown(
            answer=stands if said.typed is None else said.typed,
            version=slip.version,
            key=token_urlsafe(12),
            proof=proof,
            notice=said.notice,
            theirs=said.theirs,
        )
        content = acknowledgement.form(self.sheets, token, slip, shown)
        return Answer(said.status, content, cookies=fresh)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004
