"""A form on screen: one key per sending, the version it was shown, a draft kept while one types.

Each form that writes uses it, so that a double click is one doing, two editors see both texts, and
what was typed survives a lost page:

    sheet = FormSheet(visit, "manuscript-7", words_of(text), version)
    sheet.begin()
    st.text_input("标题", **sheet.field("标题"))
    if st.button("保存") and sheet.send(lambda sent: save(store, person, sheet.words(), sent)): ...
"""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import field_turns, markup, say, sent_keys
from monitor.actions import sending
from monitor.domain.errors import Overtaken, SentinelError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.page import Visit

JOIN: Final = "、"
KEPT: Final = "填写的内容会自动暂存，只有您自己看得到；提交后清除。"


def once(form: str, work: Callable[[sending.Sent], object], part: str = "") -> bool:
    """Do what a button stands for; False where it was refused, with the reason on the page.

    Its key stays until the page stood whole after it went through, so that a double click is one
    doing; `part` tells the buttons of one form apart. For buttons without words that must not
    get lost: those are sheets.
    """
    name = f"{form}#{part}"
    try:
        work(sending.Sent(form, f"{part}-{sent_keys.of(name)}"))
    except SentinelError as refused:
        st.error(str(refused))
        return False
    sent_keys.went_through(name)
    return True


@dataclass(frozen=True)
class FormSheet:
    """A form: whose, which, the words of its row as they are now, and that row's version.

    `unkept` are fields no draft keeps: a purpose or a reason is sealed once it is sent, and lies
    nowhere in the clear before.
    """

    visit: Visit
    form: str
    stands: Mapping[str, str]
    version: int = 0
    lists: frozenset[str] = field(default=frozenset())
    unkept: frozenset[str] = field(default=frozenset())

    def begin(self) -> None:
        """The words into the fields the first time, a draft offered back, a clash side by side."""
        if self._name("key") not in st.session_state:
            st.session_state[self._name("key")] = token_hex(8)
            st.session_state[self._name("version")] = self.version
            self._fill(self.stands)
            found = sending.draft_of(self.visit.store, self.visit.person, self.form)
            if found is not None and dict(found.words) != self._kept(self.stands):
                st.session_state[self._name("draft")] = found
        with st.container():  # a place of its own: below it nothing moves, and no fold shuts
            self._offer()
        with st.container():
            self._clash()

    def field(self, name: str) -> dict[str, Any]:
        """The arguments that make a widget a field of this form."""
        return {"key": self._field(name), "on_change": self.keep}

    def words(self) -> dict[str, str]:
        """What stands in the fields now; lists joined by a mark of their own."""
        found = {}
        for name in self.stands:
            value = st.session_state.get(self._field(name), "")
            found[name] = JOIN.join(value) if isinstance(value, list) else str(value or "")
        return found

    def keep(self) -> None:
        """Keep a draft: called at each change of a field."""
        base = int(st.session_state[self._name("version")])
        words = self._kept(self.words())
        try:
            sending.keep_draft(self.visit.store, self.visit.person, self.form, words, base)
        except SentinelError as refused:
            st.toast(str(refused))

    def put(self, name: str, text: str) -> None:
        """Set a field that no widget stands for, and keep the draft."""
        st.session_state[self._field(name)] = text
        self.keep()

    def fill_in(self, name: str, text: str) -> None:
        """Fill a field of the form for who types, from a callback: before the page is drawn."""
        self._fill(self.words() | {name: text})
        self.keep()

    def send(self, work: Callable[[sending.Sent], object]) -> bool:
        """Send the form once; False where it was refused, with the reason on the page."""
        key = str(st.session_state[self._name("key")])
        sent = sending.Sent(self.form, key, int(st.session_state[self._name("version")]))
        try:
            work(sent)
        except Overtaken as clash:
            st.session_state[self._name("clash")] = clash
            st.session_state[self._name("version")] = clash.version
            st.rerun()
        except SentinelError as refused:
            st.error(str(refused))
            return False
        self.forget()
        return True

    def forget(self) -> None:
        """Begin anew at the next look: another key, the row as it then is."""
        mine = (f"{self.form}#", f"{self.form}:")
        for name in [each for each in st.session_state if str(each).startswith(mine)]:
            del st.session_state[name]

    def _kept(self, words: Mapping[str, str]) -> dict[str, str]:
        return {name: text for name, text in words.items() if name not in self.unkept}

    def _fill(self, words: Mapping[str, str]) -> None:
        field_turns.go_on(self.form)
        for name, text in words.items():
            value = [each for each in text.split(JOIN) if each] if name in self.lists else text
            st.session_state[self._field(name)] = value

    def _offer(self) -> None:
        """What was typed earlier and not sent: taken up again, or thrown away."""
        found = st.session_state.get(self._name("draft"))
        if found is None:
            return
        st.info(f"您{say.moment(found.saved_at)}填写过、尚未提交的内容还在。")
        back, away, _ = st.columns([1, 1, 2])
        if back.button("接着填写", key=self._name("back"), width="stretch"):
            self._fill({name: found.words.get(name, "") for name in self.stands})
            st.session_state[self._name("version")] = found.version
            del st.session_state[self._name("draft")]
            st.rerun()
        if away.button("不要了", key=self._name("away"), width="stretch"):
            sending.drop_draft(self.visit.store, self.visit.person, self.form)
            del st.session_state[self._name("draft")]
            st.rerun()

    def _clash(self) -> None:
        """Both texts side by side, field by field where they differ; the person merges."""
        clash: Overtaken | None = st.session_state.get(self._name("clash"))
        if clash is None:
            return
        st.warning(str(clash))
        rows = [
            (name, clash.mine.get(name, ""), clash.theirs.get(name, ""))
            for name in self.stands
            if clash.mine.get(name, "") != clash.theirs.get(name, "")
        ]
        markup.show(markup.table(("项目", "您填的", "对方已保存的"), rows))
        st.caption("下面是您填的内容。合并好以后再次保存，将以这一份为准；对方的版本仍留有记录。")
        if st.button("改用对方的内容", key=self._name("theirs")):
            self._fill(clash.theirs)
            del st.session_state[self._name("clash")]
            st.rerun()

    def _field(self, name: str) -> str:
        return f"{self.form}:{field_turns.of(self.form)}:{name}"

    def _name(self, part: str) -> str:
        return f"{self.form}#{part}"
