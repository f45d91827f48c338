"""How far a project of 清理排查 is: by place, by unit, and the words that remind the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import clearing_links, filters, links, markup, say
from dashboard.case_papers import WORD
from monitor.actions import clearing, clearing_papers
from monitor.domain.clearing import Count, Stage
from monitor.domain.errors import SentinelError
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.record.clearings import Kept
    from monitor.record.screens.clearings import Told

OWN: Final = "省厅本级"
MOST: Final = 200
COLUMNS: Final = ("应排查", "已自查", "已退回", "已核查", "抽查一致", "已定处置", "核查进度")


def show(visit: Visit, kept: Kept, units: Sequence[Told]) -> None:
    """By place where there are several, then the units of one, then whom to remind."""
    places = {each.region: each.region_name or OWN for each in units}
    region = ""
    if len(places) > 1:
        _places(kept, units, places)
        left, _ = st.columns([1, 2])
        with left:
            codes = {code or "0": name for code, name in places.items()}
            region = filters.choose("市州", "region", codes)
    some = [each for each in units if region in ("", each.region or "0")]
    _units(kept, some)
    _remind(visit, kept, some)
    if visit.may(Permission.EXPORT):
        _papers(visit, kept)


def _places(kept: Kept, units: Sequence[Told], places: dict[str, str]) -> None:
    rows = []
    for code, name in places.items():
        count = sum((each.count for each in units if each.region == code), Count())
        href = links.to(links.CLEARING, id=kept.id, region=code or "0")
        rows.append([markup.link(name, href), *_cells(count)])
    markup.show(markup.table(("市州", *COLUMNS), rows, lesser={"已退回"}))


def _units(kept: Kept, units: Sequence[Told]) -> None:
    with st.expander(f"各单位进度（{len(units):,}个单位）"):
        rows: list[list[Cell]] = []
        for each in sorted(units, key=lambda one: one.count.handed_in / one.count.asked):
            href = links.to(links.CLEARING, id=kept.id, part="answer", unit=each.unit_id)
            rows.append([markup.link(each.unit_name, href), *_cells(each.count)])
        markup.show(markup.table(("单位", *COLUMNS), rows[:MOST], lesser={"已退回"}))
        if len(rows) > MOST:
            markup.show(markup.note(f"只列出进度最慢的{MOST}个单位，选择市州可看全部。"))


def _cells(count: Count) -> list[Cell]:
    share = count.checked / count.asked
    return [
        f"{count.asked:,}",
        f"{count.handed_in:,}",
        f"{count.returned:,}",
        f"{count.checked:,}",
        f"{count.same:,} / {count.spotted:,}" if count.spotted else say.NONE,
        f"{count.decided:,}",
        markup.bar(share, say.percent(share)),
    ]


def _remind(visit: Visit, kept: Kept, units: Sequence[Told]) -> None:
    """复制催办语 of the stage that runs: whose accounts are still to be answered or checked."""
    if kept.stage not in (Stage.SELF, Stage.CHECK):
        return
    answering = [each for each in units if each.count.waiting or each.count.returned]
    checking = [each for each in units if each.count.answered]
    if not answering and not checking:
        return
    if answering:
        lines = [_owed(each) for each in answering]
        head = f"【{kept.title}】自查{say.moment(kept.due.answer)}截止，以下单位尚未填完："
        foot = "已知内容已填好，逐个核对即可。已办请忽略。"
        clearing_links.show(visit, kept)
        _text(f"复制催办语：自查未填完{len(lines):,}个单位", head, lines, foot)
    if checking:
        lines = [f"{each.unit_name} 待核查{each.count.answered}个" for each in checking]
        head = f"【{kept.title}】核查{say.moment(kept.due.check)}截止，以下单位的自查待核查："
        _text(f"复制催办语：待核查{len(lines):,}个单位", head, lines, "已办请忽略。")


def _owed(each: Told) -> str:
    back = f"，退回{each.count.returned}个" if each.count.returned else ""
    return f"{each.unit_name} 未自查{each.count.waiting}个{back}"


def _text(title: str, head: str, lines: list[str], foot: str) -> None:
    with st.expander(title):
        st.code(say.group_text(head, lines, foot, len(lines)), language=None, wrap_lines=True)


def _papers(visit: Visit, kept: Kept) -> None:
    """总结 as it stands, made when it is asked for: fetching it is audited."""
    if not clearing.covers(visit.person, Permission.EXPORT, kept):
        return
    if not st.button("生成总结", key=f"clearing_summary_{kept.id}"):
        return
    try:
        paper, table = clearing_papers.summary(visit.store, visit.person, kept.id, visit.data_dir)
    except SentinelError as refused:
        st.error(str(refused))
        return
    name = f"{kept.title}总结"
    markup.show(markup.note("已按此刻的进展生成；办结以前可随时重新生成。"))
    both = st.container(horizontal=True)
    both.download_button("下载总结（Word）", paper, f"{name}.docx", WORD, on_click="ignore")
    both.download_button("下载分地区表（CSV）", table, f"{name}.csv", on_click="ignore")
