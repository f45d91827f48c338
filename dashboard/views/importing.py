"""数据导入: files dropped at once, what each would do, and the press that saves them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import house, layout_form, markup, one_import, returned_forms, say
from dashboard.markup import Html
from dashboard.page import SOURCES, Visit, page
from monitor.actions import importing as acting
from monitor.domain.errors import SentinelError
from monitor.domain.instants import from_second
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from monitor.actions.importing import Dropped, Looked, Opened, Place

TYPES: Final = ["xlsx", "xls", "ods", "csv", "tsv", "txt", "zip"]
KEPT: Final = "import_opened"
COLUMNS: Final = ("文件", "账号", "版式", "统计期", "行数", "拒收", "说明")
REFUSALS: Final = 20


@page(
    "importing",
    title="数据导入",
    icon=":material/upload_file:",
    section=SOURCES,
    order=48,
    permission=Permission.IMPORT_DATA,
)
def importing(visit: Visit) -> None:
    """Drop files, look at what they say, confirm, save."""
    markup.style()
    st.title("数据导入", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    markup.show(
        markup.note(
            "各平台后台导出的文件、通用模板、填好的巡查表和填报表都可以，一次可选多个，也可以是压缩包。"
        )
    )
    place = acting.Place(visit.data_dir, visit.largest_file)
    uploaded = st.file_uploader("选择文件", type=TYPES, accept_multiple_files=True)
    dropped = [acting.Dropped(each.name, each.getvalue()) for each in uploaded or ()]
    opened = _opened(visit, dropped, place)
    if not opened:
        markup.show(_how())
    else:
        _look(visit, opened, place)
    house.mine(visit)


def _how() -> Html:
    return markup.empty(
        "尚未选择文件",
        (
            "导出文件里没有账号名称：把账号名称写进文件名或文件夹名即可自动认出，否则选一次以后记住。",
            "同一文件重复导入不会重复计数。",
        ),
    )


def _opened(visit: Visit, dropped: list[Dropped], place: Place) -> list[Opened]:
    """Files as read; read once, not at every press on the page."""
    layouts = sorted(path.name for path in place.own_layouts.glob("*.yaml"))
    parts = [f"{each.path}:{sha256(each.content).hexdigest()}" for each in dropped]
    key = "|".join([*parts, *layouts])
    kept = st.session_state.get(KEPT)
    if kept is not None and kept[0] == key:
        found: list[Opened] = kept[1]
        return found
    try:
        with st.spinner("正在读取文件……"):
            opened = acting.open_all(dropped, place, from_second(visit.now))
    except SentinelError as error:
        st.error(str(error))
        return []
    st.session_state[KEPT] = (key, opened)
    return opened


def _look(visit: Visit, opened: list[Opened], place: Place) -> None:
    """The table of all files, then what each still asks, then the press."""
    good = [each for each in opened if each.file is not None]
    picks = {each.path: one_import.picked(each) for each in good}
    looked = [acting.look(visit.store, visit.person, each, picks[each.path]) for each in good]
    by_path = {each.path: said for each, said in zip(good, looked, strict=True)}
    st.subheader("核对", anchor=False)
    markup.show(markup.table(COLUMNS, [_row(each, by_path.get(each.path)) for each in opened]))
    ready = []
    for each in good:
        said = one_import.ask(each, by_path[each.path])
        if by_path[each.path].accounts:
            ready.append((each, said))
    _save(visit, ready, place)
    for each in opened:
        if each.form:
            returned_forms.show(visit, each.path, each.content, each.form)
    for each in opened:
        if each.file is None and each.head:
            layout_form.show(visit, each, place)


def _save(visit: Visit, ready: list[tuple[Opened, acting.Confirmed]], place: Place) -> None:
    words = f"导入{len(ready)}个文件"
    if not st.button(words, type="primary", disabled=not ready):
        return
    for each, said in ready:
        key = sha256(f"{each.path}{said}".encode() + each.content).hexdigest()
        acting.save(visit.store, visit.person, each, place, f"load-{key}", said)
    st.toast(f"{len(ready)}个文件已排队导入，进度见下方。")


def _row(each: Opened, looked: Looked | None) -> list[str | Html]:
    if each.file is None or looked is None:
        return [each.path, say.NONE, say.NONE, say.NONE, say.NONE, say.NONE, each.refusal]
    file = each.file
    told = [*file.notes]
    if looked.unknown:
        told.append(f"不在本人范围的台账里，不导入：{'、'.join(looked.unknown[:5])}")
    return [
        each.path,
        _accounts(looked),
        one_import.layout(file),
        _period(looked),
        f"{file.rows:,}行",
        f"{len(file.problems):,}行",
        markup.joined(*told),
    ]


def _accounts(looked: Looked) -> str | Html:
    names = list(looked.accounts.values())
    if not names:
        return markup.badge("提醒", "请在下方选定账号") if looked.nameless else "无可导入的账号"
    shown = "、".join(names[:3]) + (f"等{len(names)}个" if len(names) > 3 else "")  # noqa: PLR2004
    return markup.joined(shown, markup.faint(looked.why))


def _period(looked: Looked) -> str:
    if looked.period is None:
        return say.NONE
    first, last = (say.moment(each)[:10] for each in looked.period)
    return first if first == last else f"{first}至{last}"
