"""留存: how long each kind of data is kept and by whose rule, holds, and what the purge took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, links, markup, retaining_forms, say
from dashboard.page import SETTINGS, Visit, page, vault
from monitor.actions import retaining as acting
from monitor.domain.errors import SentinelError
from monitor.domain.instants import DAY
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.markup import Html
    from monitor.domain.retention import Kind
    from monitor.record.screens.retaining import Held, Taken

HOUR: Final = "每天3时10分"


@page(
    "retaining",
    title="留存",
    icon=":material/inventory_2:",
    section=SETTINGS,
    order=35,
    permission=Permission.RETAIN,
)
def retaining(visit: Visit) -> None:
    """The sheet kind by kind, the holds, the next purge, the receipts."""
    markup.style()
    st.title("留存", anchor=False)
    if "/" not in visit.scope.paths:
        told = ("须对全省履职；请联系安全管理员授予全省范围。",)
        markup.show(markup.empty("留存由省厅登记和解除", told))
        return
    afterwards.show("retaining")
    sheet = acting.sheet(visit.data_dir)
    names = {each.key: each.name for each in sheet.kinds}
    holds = data.read(visit, data.retaining.held)
    markup.show(
        markup.note(
            f"到期的数据{HOUR}清理，按第{sheet.version}版规定；登记了留存的一律不清理。"
            "备份仍保留备份时的全部内容，恢复后应接着清理一次。"
        )
    )
    _holds(visit, holds, names)
    retaining_forms.place(visit, names)
    retaining_forms.lift(visit, holds, names)
    _kinds(visit, sheet.kinds, holds)
    _preview(visit)
    _taken(visit, names)
    with st.expander("不清理的数据及理由"):
        for each in sheet.kept:
            markup.show(markup.note(each.why))


def _holds(visit: Visit, holds: Sequence[Held], names: Mapping[str, str]) -> None:
    st.subheader("登记的留存", anchor=False)
    if not holds:
        markup.show(markup.empty("现在没有登记留存", ("办案、检查等需要保留数据时，在下面登记。",)))
        return
    opened = data.read(visit, data.retaining.held, vault())
    columns = ("编号", "数据", "范围", "数据时间", "登记", "理由", "解除")
    markup.show(markup.table(columns, [_hold(each, names) for each in opened]))


def _hold(each: Held, names: Mapping[str, str]) -> list[str | Html]:
    covers = links.to(links.CASES, id=each.called.removeprefix("编号"))
    called: str | Html = each.called
    if each.covers is acting.Covers.CASE:
        called = markup.link(each.called, covers)
    ended: str | Html = markup.badge("提醒", "留存中")
    if each.lifted_at is not None:
        ended = markup.joined(each.lifter, say.moment(each.lifted_at), each.lift_words)
    return [
        str(each.id),
        names.get(each.kind, "全部种类"),
        markup.joined(each.covers.value, called) if each.called else each.covers.value,
        _days(each.since, each.until),
        markup.joined(each.placer, say.moment(each.placed_at)),
        each.words,
        ended,
    ]


def _days(since: int | None, until: int | None) -> str:
    if since is None and until is None:
        return "不限"
    first = "" if since is None else f"{say.moment(since)[:10]}起"
    last = "" if until is None else f"{say.moment(until - DAY)[:10]}止"
    return f"{first}{last}"


def _kinds(visit: Visit, kinds: Sequence[Kind], holds: Sequence[Held]) -> None:
    st.subheader("各类数据留多久", anchor=False)
    last = data.read(visit, data.retaining.last)
    live = [each.kind for each in holds if each.lifted_at is None]

    def row(each: Kind) -> list[str | Html]:
        rule = markup.joined(each.rank, markup.faint(each.source))
        count = sum(kind in ("", each.key) for kind in live)
        return [
            each.name,
            f"{each.days}天",
            each.since,
            markup.joined(each.manner.value, markup.faint(each.spares and f"不清：{each.spares}")),
            rule,
            f"{count}项" if count else say.NONE,
            say.moment(last[each.key]) if each.key in last else "尚无",
        ]

    columns = ("数据", "保存", "自何时起", "到期后", "依据", "留存", "最近清理")
    markup.show(markup.table(columns, [row(each) for each in kinds]))


def _preview(visit: Visit) -> None:
    st.subheader("下次清理", anchor=False)
    if not st.button("预览下次清理", key="retaining-preview"):
        return
    try:
        with st.spinner("正在清点"):
            found = acting.preview(visit.store, visit.person, visit.data_dir)
    except SentinelError as refused:
        st.error(str(refused))
        return
    rows = [
        (
            kind.name,
            f"{due.due:,}项",
            f"{due.held:,}项" if due.held else say.NONE,
            say.NONE if due.oldest is None else say.moment(due.oldest)[:10],
        )
        for kind, due in found
        if due.due or due.held
    ]
    if not rows:
        markup.show(markup.empty("现在没有到期的数据", (f"{HOUR}再清点一次。",)))
        return
    markup.show(markup.table(("数据", "将清理", "因留存不清理", "最早"), rows))


def _taken(visit: Visit, names: Mapping[str, str]) -> None:
    st.subheader("清理凭据", anchor=False)
    found = data.read(visit, data.retaining.taken)
    if not found:
        markup.show(markup.empty("还没有清理过数据", ("有数据到期并清理后，凭据列在这里。",)))
        return
    columns = ("时间", "数据", "项数", "数据起止", "规定", "凭据编号")
    markup.show(markup.table(columns, [_receipt(each, names) for each in found]))
    markup.show(markup.note("每份凭据都写有所清数据编号的校验码，并接入审计，可在“审计”中核对。"))


def _receipt(each: Taken, names: Mapping[str, str]) -> list[str | Html]:
    numbers = f"{each.first}" if each.steps == 1 else f"{each.first}—{each.last}，共{each.steps}份"
    return [
        say.moment(each.at),
        names.get(each.kind, each.kind),
        f"{each.many:,}项",
        f"{say.moment(each.oldest)[:10]}—{say.moment(each.newest)[:10]}",
        f"第{each.revision}版",
        numbers,
    ]
