"""提示: numbers and titles a person is asked to look at; and the office's own list of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, hint_decision, links, markup, number_list, say, uploads
from dashboard.markup import Card
from dashboard.page import RUNNING, Visit, page
from monitor.actions import words
from monitor.domain.errors import SentinelError
from monitor.domain.person import Permission
from monitor.domain.words import Decision

if TYPE_CHECKING:
    from dashboard.markup import Html
    from monitor.record.screens.hints import HintLine

NO_VERDICT: Final = (
    "提示只说明标题里出现了词表中的词，供人看一眼；不代表有问题，不进入任何结论、通报和考核。"
)


@page(
    "hints",
    title="提示",
    icon=":material/visibility:",
    section=RUNNING,
    order=38,
    permission=Permission.SEE_HEALTH,
)
def hints(visit: Visit) -> None:
    """What waits for a look; the post itself one click away; and the office's own list."""
    markup.style()
    st.title("提示", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    afterwards.show("hints")
    number_list.show(visit)
    st.subheader("词语提示", anchor=False)
    markup.show(markup.note(NO_VERDICT))
    found = data.read(visit, data.hints.waiting, visit.now)
    if not found.lines:
        steps = ("每小时查看新采集的标题，有词表中的词时列在这里。",)
        markup.show(markup.empty("没有待看的提示", steps))
    else:
        markup.show(markup.cards((Card("待看", f"{found.waiting:,}"),)))
        columns = ("账号", "主办单位", "标题", "词", "类别", "来源", "发现时间")
        markup.show(markup.table(columns, [_line(each) for each in found.lines]))
        if found.waiting > len(found.lines):
            markup.show(
                markup.note(f"另有{found.waiting - len(found.lines):,}条，看过后依次列出。")
            )
        if visit.may(Permission.PATROL):
            _decide(visit, found.lines)
    if visit.may(Permission.SET_UP):
        _list(visit)


def _line(each: HintLine) -> list[str | Html]:
    title = markup.link(each.title, each.url, outside=True) if each.url else each.title
    account = markup.joined(
        markup.link(each.name, links.account(each.account_id)),
        markup.faint(say.platform(each.platform)),
    )
    said = (each.word, each.category, each.source, say.short(each.found_at))
    return [account, each.unit_name, title, *said]


def _decide(visit: Visit, lines: tuple[HintLine, ...]) -> None:
    names = {each.hint_id: f"{each.word}：{each.title[:40]}（{each.name}）" for each in lines}

    def decide(hint_id: int, decision: Decision) -> None:
        words.decide(visit.store, visit.person, hint_id, decision)

    hint_decision.ask("hints_decide", "看过的提示", names, decide)


def _list(visit: Visit) -> None:
    with st.expander("导入本单位词表"):
        markup.show(
            markup.note(
                "一行一个词，列名：词、类别。导入后替换原词表，已采集的标题会重新查看一遍。"
            )
        )
        dropped = uploads.one("词表文件", "hints_file")
        if dropped is None or not st.button("替换词表", type="primary", key="hints_keep"):
            return
        try:
            count = words.keep(visit.store, visit.person, *dropped)
        except SentinelError as error:
            st.error(str(error))
            return
        afterwards.tell("hints", f"词表已替换，共{count:,}个词。")
