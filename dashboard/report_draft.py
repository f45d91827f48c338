"""What somebody types into the lines of 填报 and has not sent: kept, and offered back later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import field_turns, say
from monitor.actions import sending
from monitor.domain.errors import SentinelError
from monitor.domain.report_line import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.page import Visit


def field(week: str, account_id: int, column: str) -> str:
    """The name a field of the form goes by."""
    return f"report-{week}-{account_id}-{column}-{field_turns.of(form(week))}"


def form(week: str) -> str:
    """The form under which a draft is kept, and forgotten once it was sent."""
    return f"report-{week}"


def typed(week: str, account_id: int) -> dict[str, str]:
    """What stands in the fields of a line; blanks are left out."""
    found = {
        column: str(st.session_state.get(field(week, account_id, column), "")).strip()
        for column in COLUMNS
    }
    return {column: text for column, text in found.items() if text}


@dataclass(frozen=True)
class Draft:
    """One person's words for the lines of a week: those of the accounts on the page."""

    visit: Visit
    week: str
    accounts: tuple[int, ...]

    @property
    def form(self) -> str:
        """The form under which it is kept."""
        return form(self.week)

    def fill(self, words: Mapping[tuple[int, str], str]) -> None:
        """Words by account and column into the fields; what stands in the others stays there."""
        stand = {
            (account, column): st.session_state.get(field(self.week, account, column), "")
            for account in self.accounts
            for column in COLUMNS
        }
        field_turns.go_on(self.form)
        for (account, column), text in (stand | dict(words)).items():
            st.session_state[field(self.week, account, column)] = text

    def keep(self) -> None:
        """Called at each change of a field, before the page is drawn: a session that is over, a
        browser that is closed, loses nothing."""
        words = {
            f"{account}:{column}": text
            for account in self.accounts
            for column, text in typed(self.week, account).items()
        }
        try:
            sending.keep_draft(self.visit.store, self.visit.person, self.form, words, 0)
        except SentinelError as refused:
            st.toast(str(refused))

    def offer(self, stands: Mapping[int, Mapping[str, str]]) -> None:
        """What was typed on an earlier visit and differs from what `stands`: taken up, or not."""
        name = f"{self.form}#draft"
        if name not in st.session_state:
            found = sending.draft_of(self.visit.store, self.visit.person, self.form)
            st.session_state[name] = found
        found = st.session_state[name]
        words = {} if found is None else self._mine(found.words)
        if all(
            stands[account].get(column, "") == text for (account, column), text in words.items()
        ):
            return
        st.info(f"您{say.moment(found.saved_at)}填写过、尚未提交的内容还在。")
        back, away, _ = st.columns([1, 1, 2])
        if back.button("接着填写", key=f"{name}-back", width="stretch"):
            self.fill(words)
            self._over(name)
        if away.button("不要了", key=f"{name}-away", width="stretch"):
            sending.drop_draft(self.visit.store, self.visit.person, self.form)
            self._over(name)

    def _mine(self, words: Mapping[str, str]) -> dict[tuple[int, str], str]:
        """Those for the accounts on this page."""
        found: dict[tuple[int, str], str] = {}
        for key, text in words.items():
            account, _, column = key.partition(":")
            if int(account) in self.accounts and column in COLUMNS:
                found[int(account), column] = text
        return found

    def _over(self, name: str) -> Any:
        st.session_state[name] = None
        st.rerun()
