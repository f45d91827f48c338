"""异议 and 人工评分 of one assessment: the lists, and what each side may say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    afterwards,
    assessing_files,
    assessing_object,
    data,
    links,
    markup,
    say,
    uploads,
)
from dashboard.form_sheet import FormSheet, once
from monitor.actions import objecting, reviewing, scorecards
from monitor.actions.objecting import Answering
from monitor.actions.reviewing import Drawing, Marking
from monitor.domain.assessment import Plea, Say, State
from monitor.domain.errors import SentinelError
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.domain.assessment_kept import KeptObjection, Mark
    from monitor.record.screens.assessing import Said, Told

COLUMNS: Final = ("单位", "指标", "异议内容", "应得分", "佐证", "状态", "认定得分", "答复", "提出")
ITEMS: Final = ("单位", "指标", "抽中的内容", "第一人", "第二人", "第三人", "评定")
SCANS: Final = ("pdf", "png", "jpg", "jpeg")
REASON, GRANTED = "答复说明", "认定得分"
OPEN: Final = frozenset({State.FEEDBACK, State.REVIEW})
MOST: Final = 40


def show(visit: Visit, told: Told) -> None:
    """The objections within scope, and the forms of those that wait."""
    found = data.read(visit, data.assessing.objections, told.kept.id)
    if not found:
        steps = ("单位在结果反馈期内，从本单位的得分明细页提出。",)
        markup.show(markup.empty("没有异议", steps))
        return
    markup.show(markup.table(COLUMNS, [_row(told, each) for each in found], lesser={"提出"}))
    with st.container():
        assessing_files.show(visit, found)
    with st.container():
        assessing_files.phones(visit, found)
    if told.kept.state not in OPEN:
        return
    for each in found:
        if each.kept.state is Plea.RAISED:
            _answering(visit, each)


def _row(told: Told, each: Said) -> tuple[Cell, ...]:
    kept = each.kept
    way = links.to("assessing", id=told.kept.id, line=kept.indicator, unit=each.unit)
    granted = say.NONE if kept.granted is None else f"{kept.granted:g}"
    return (
        each.unit_name,
        markup.link(kept.indicator, way),
        kept.words,
        say.NONE if kept.wanted is None else f"{kept.wanted:g}",
        _files(kept),
        markup.badge("提醒" if kept.state is Plea.RAISED else "正常", kept.state.value),
        granted,
        kept.answer or say.NONE,
        f"{each.raised_by} {say.short(kept.raised_at)}",
    )


def _files(kept: KeptObjection) -> str:
    """How many files came with it, and with its answer."""
    answered = f"，答复附{len(kept.answer_files)}个" if kept.answer_files else ""
    return (f"{len(kept.files)}个文件" if kept.files else "未附") + answered


def _answering(visit: Visit, each: Said) -> None:
    kept = each.kept
    mine = kept.raised_by == visit.person.id
    if mine and visit.may(Permission.OBJECT):
        if st.button(f"撤回异议：{kept.indicator}", key=f"plea-back-{kept.id}"):
            _once(
                f"plea-{kept.id}",
                lambda sent: objecting.withdraw(
                    visit.store, visit.person, kept.id, kept.version, sent
                ),
                "已撤回。",
            )
        return
    if not visit.may(Permission.ASSESS) or "/" not in visit.scope.paths:
        return
    with st.expander(f"答复：{each.unit_name} {kept.indicator}"):
        markup.show(markup.note(f"{kept.words}（认为应得{kept.wanted:g}分）"))
        form = FormSheet(visit, f"plea-{kept.id}", {REASON: "", GRANTED: f"{kept.wanted:g}"})
        form.begin()
        markup.show(markup.unclassified())
        st.text_area(REASON, max_chars=500, **form.field(REASON))
        st.text_input(GRANTED, **form.field(GRANTED))
        key = f"plea-files-{kept.id}"
        files = uploads.several("答复附件（PDF、PNG、JPG，最多5个，可不附）", key, SCANS)
        both = st.container(horizontal=True)
        if both.button("采纳", type="primary", key=f"plea-yes-{kept.id}"):
            _answer(visit, each, form, (Say.UPHOLD, files))
        if both.button("不采纳", key=f"plea-no-{kept.id}"):
            _answer(visit, each, form, (Say.REFUSE, files))


def _answer(
    visit: Visit, each: Said, form: FormSheet, given: tuple[Say, list[tuple[str, bytes]]]
) -> None:
    told, files = given
    said, kept = form.words(), each.kept
    granted = assessing_object.number(said[GRANTED]) if told is Say.UPHOLD else None
    shown = tuple(content for _, content in files)
    answering = Answering(kept.id, kept.version, told, said[REASON], granted, shown)

    def work(sent: Sent) -> object:
        return objecting.answer(visit.store, visit.person, answering, sent, visit.data_dir)

    if form.send(work):
        after = "已采纳，正在重算结果。" if told is Say.UPHOLD else "已答复不采纳。"
        afterwards.tell("assessing", after)


def _once(form: str, work: Callable[[Sent], object], message: str) -> None:
    if once(form, work):
        afterwards.tell("assessing", message)


def items(visit: Visit, told: Told) -> None:
    """What was drawn for people to score; of what others gave one sees nothing before all is in."""
    if not visit.may(Permission.ASSESS):
        markup.show(markup.empty("人工评分由考核员办理", ()))
        return
    try:
        sheet = scorecards.sheet(visit.store, visit.person, told.kept.id)
        found = reviewing.to_mark(visit.store, visit.person, told.kept.id)
    except SentinelError as refused:
        st.error(str(refused))
        return
    markup.show(
        markup.note(
            "每一件由两人分别评，评完前互相看不到；两人相差超过20个百分点的由第三人评，取中间值。"
            "按单位登记的数两人不一致的，由第三人定。"
        )
    )
    names = {each.unit_id: each.name for each in sheet.roster}
    if found:
        rows = [_item(each, names, visit.person.id) for each in found[:MOST]]
        markup.show(markup.table(ITEMS, rows))
        _marking(visit, found, names)
    _drawing(visit, told, sheet, {each.indicator for each in found if not each.whole})


ENTERED = "登记数（件数或分数，按方案的写法；得分率写小数）"


def _item(mark: Mark, names: dict[int, str], me: int) -> tuple[Cell, ...]:
    given = (
        _given(mark, by, share, me)
        for by, share in (
            (mark.first_by, mark.first),
            (mark.second_by, mark.second),
            (mark.third_by, mark.third),
        )
    )
    agreed = f"还差{reviewing.wanted(mark)}人"
    if mark.agreed is not None:
        agreed = _said(mark, mark.agreed)
    what: Cell = mark.item or "整体"
    if mark.evidence:
        what = markup.link(mark.item or "查看", mark.evidence, outside=True)
    return (names.get(mark.unit_id, say.NONE), mark.indicator, what, *given, agreed)


def _given(mark: Mark, by: int | None, share: float | None, me: int) -> str:
    if by is None:
        return say.NONE
    return ("我评" if by == me else "") + _said(mark, share) if share is not None else "已评"


def _said(mark: Mark, value: float) -> str:
    """A share of a post that was drawn, the number entered of a unit as a whole."""
    return f"{value:g}" if mark.whole else f"{value:.0%}"


def _marking(visit: Visit, found: tuple[Mark, ...], names: dict[int, str]) -> None:
    me = visit.person.id
    mine = [
        each
        for each in found
        if each.agreed is None and me not in {each.first_by, each.second_by, each.third_by}
    ]
    if not mine:
        markup.show(markup.note("没有等您评的。"))
        return
    _form(visit, [each for each in mine if not each.whole], names, whole=False)
    _form(visit, [each for each in mine if each.whole], names, whole=True)


def _form(visit: Visit, mine: list[Mark], names: dict[int, str], *, whole: bool) -> None:
    """评分 of one post that was drawn, or 登记 of one unit as a whole."""
    if not mine:
        return
    by_key = {str(each.id): each for each in mine}
    name = "assessing-enter" if whole else "assessing-mark"
    with st.form(name, border=True):
        key = st.selectbox(
            f"等我{'登记' if whole else '评'}的（{len(mine)}件）",
            list(by_key),
            format_func=lambda key: _called(by_key[key], names),
            filter_mode=None,
        )
        if whole:
            share = st.number_input(ENTERED, 0.0, reviewing.LARGEST, 0.0)
        else:
            share = st.slider("符合要求的比例（%）", 0, 100, 80, step=5) / 100
        if st.form_submit_button("登记" if whole else "评分", type="primary"):
            chosen = by_key[key]
            marking = Marking(chosen.id, chosen.version, share)
            _once(
                f"mark-{chosen.id}",
                lambda sent: reviewing.mark(visit.store, visit.person, marking, sent),
                "已评。",
            )


def _called(mark: Mark, names: dict[int, str]) -> str:
    return f"{mark.indicator} {names.get(mark.unit_id, '')} {mark.item[:20]}"


def _drawing(visit: Visit, told: Told, sheet: scorecards.Sheet, done: set[str]) -> None:
    names = {each.unit_id: each.name for each in sheet.roster}
    manual = {key: name for key, name in scorecards.manual(sheet).items() if key not in done}
    if not manual or told.kept.state not in reviewing.OPEN:
        return
    with st.form("assessing-draw", border=True):
        key = st.selectbox(
            "抽取样本：哪一项",
            list(manual),
            format_func=lambda key: manual[key],
            filter_mode=None,
        )
        most = st.number_input("每个单位至多抽几件（填0：按单位登记）", 0, reviewing.MOST, 5)
        units = {"": "全部单位", **{str(key): name for key, name in sorted(names.items())}}
        unit = st.selectbox(
            "按单位登记的，哪个单位",
            list(units),
            format_func=lambda key: units[key],
            filter_mode=None,
        )
        st.caption(
            "样本从周期内主账号的作品里抽；抽样种子记在“经过”里，任何人可以照样重抽。"
            "扣分、加分、否决、专家评分等没有样本的项填0，按单位登记件数或分数。"
        )
        if st.form_submit_button("抽取样本"):
            one = int(unit) if unit and not most else None
            drawing = Drawing(told.kept.id, told.kept.version, key, int(most), one)
            _once(
                f"draw-{told.kept.id}-{key}-{unit}",
                lambda sent: reviewing.draw(visit.store, visit.person, drawing, sent),
                "已列入；抽样的种子见“经过”。",
            )
