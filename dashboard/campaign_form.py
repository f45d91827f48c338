"""The form of a campaign 协同发声: what is released, by whom, until when, and whom that reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import campaign_audience, campaign_files_box, data, links, markup, say
from dashboard.form_sheet import KEPT, FormSheet
from dashboard.markup import Card
from monitor.actions import campaign_terms, campaign_words, campaigns
from monitor.actions.campaign_words import (
    AMENDS,
    BODY,
    BRIEF,
    CHANGES,
    COMMENTS,
    CONTACT,
    DOCUMENT,
    DUE,
    EMBARGO,
    FIRST,
    GAP,
    KIND,
    LEVELS,
    LINES,
    LINKS,
    ONLY,
    ORDER,
    REACH,
    REGIONS,
    TAGS,
    TEXT,
    TITLE,
    WHERE,
    WHY,
)
from monitor.domain.account import PLATFORMS
from monitor.domain.campaign import FACTS, Change, Comments, Kind, Order
from monitor.domain.errors import InputError
from monitor.domain.instants import HOUR
from monitor.domain.unit import Level
from monitor.report import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.screens.campaign_targets import Preview
    from monitor.record.screens.campaigns import Line

MOMENT: Final = "2026-11-26 18:00"
SHOWN: Final = 50


def show(visit: Visit, line: Line | None) -> None:
    """A new campaign, or one's own to be changed; saved on top of what was read."""
    st.title("修改协同发声" if line else "拟写协同发声", anchor=False)
    markup.show(markup.note(wording.NOTE_CAMPAIGN))
    laid = campaign_terms.rules(visit.data_dir)
    first = laid.kinds[Kind.TOPIC]
    words: Mapping[str, str] = (
        campaign_words.words_of(line.kept.content)
        if line
        else campaign_words.empty(first.kind, first.order, visit.now + first.hours * HOUR)
    )
    form = f"campaign-{line.kept.id}" if line else "campaign-new"
    sheet = FormSheet(visit, form, words, line.kept.version if line else 0, campaign_words.LISTS)
    sheet.begin()
    _what(visit, sheet)
    _texts(visit, sheet)
    campaign_files_box.edit(visit, sheet)
    _whom(visit, sheet)
    st.caption(KEPT)
    if st.button("保存", type="primary", key=f"{form}-save"):
        _save(visit, sheet, line)


def _what(visit: Visit, sheet: FormSheet) -> None:
    laid = campaign_terms.rules(visit.data_dir)
    left, right = st.columns(2)
    left.selectbox(KIND, [each.value for each in Kind], filter_mode=None, **sheet.field(KIND))
    right.selectbox(ORDER, [each.value for each in Order], filter_mode=None, **sheet.field(ORDER))
    said = sheet.words()
    kind = Kind(said[KIND])
    rule = laid.kinds[kind]
    told = [f"通常“{rule.order}”，{rule.hours}小时内", "须先签收" if rule.signs else "发布即为签收"]
    clocks = [f"{each.name}{each.hours}小时内（{each.source}）" for each in laid.clocks_of(kind)]
    markup.show(markup.note("；".join([*told, *clocks])), markup.unclassified())
    st.text_input(TITLE, max_chars=campaign_terms.LONGEST[TITLE], **sheet.field(TITLE))
    if kind is Kind.POLICY:
        st.text_input(DOCUMENT, placeholder="文号和名称", **sheet.field(DOCUMENT))
    if kind is Kind.CORRECTION:
        known = data.read(visit, data.campaigns.to_amend, visit.now)
        options = ["", *(str(each) for each in known)]
        st.selectbox(
            AMENDS,
            options,
            format_func=lambda each: known.get(int(each), each) if each else "请选择",
            filter_mode=None,
            **sheet.field(AMENDS),
        )
    _order(visit, sheet, said[ORDER])
    st.text_area(BRIEF, height=90, placeholder="请各单位做什么、注意什么", **sheet.field(BRIEF))
    one, two, three = st.columns(3)
    one.text_input(DUE, placeholder=MOMENT, **sheet.field(DUE))
    two.text_input(f"{EMBARGO}", placeholder=f"{MOMENT}，可空", **sheet.field(EMBARGO))
    three.text_input(CONTACT, placeholder="姓名、电话", **sheet.field(CONTACT))


def _order(visit: Visit, sheet: FormSheet, order: str) -> None:
    if order == Order.PLACE:
        units = data.read(visit, data.campaigns.units, visit.now)
        st.selectbox(
            FIRST,
            ["", *units],
            format_func=lambda code: units.get(code, "请选择"),
            filter_mode=None,
            **sheet.field(FIRST),
        )
    if order == Order.BATCHES:
        st.text_input(f"{GAP}", placeholder="分钟：省厅、市州、县级依次发布", **sheet.field(GAP))


def _texts(visit: Visit, sheet: FormSheet) -> None:
    laid = campaign_terms.rules(visit.data_dir)
    st.text_area(BODY, height=160, placeholder="经审定的标准文稿", **sheet.field(BODY))
    with st.expander("事实要素、各平台文案、链接和评论设置"):
        for name, column in zip(FACTS, st.columns(len(FACTS)), strict=True):
            column.text_input(name, **sheet.field(name))
        st.caption("写明的要素，各账号发布的必须一致；不一致的列为“内容有出入”。")
        left, right = st.columns(2)
        left.text_area(LINKS, height=80, placeholder="一行一个", **sheet.field(LINKS))
        right.text_area(TAGS, height=80, placeholder="空格分开", **sheet.field(TAGS))
        changes = [each.value for each in Change]
        st.multiselect(CHANGES, changes, placeholder="不选为不得改动", **sheet.field(CHANGES))
        left, right = st.columns(2)
        settings = [each.value for each in Comments]
        left.selectbox(COMMENTS, settings, filter_mode=None, **sheet.field(COMMENTS))
        right.text_input(WHY, placeholder="不开放评论须写明", **sheet.field(WHY))
        for platform in laid.lengths:
            name = PLATFORMS[platform]
            label = f"{name}文案（不超过{laid.longest(platform):,}字，可空）"
            st.text_area(label, height=80, **sheet.field(f"{TEXT}{name}"))


def _whom(visit: Visit, sheet: FormSheet) -> None:
    st.subheader("发布对象", anchor=False)
    if sheet.words()[KIND] == Kind.CORRECTION:
        markup.show(markup.note("更正/撤稿的对象，就是那一次已经发布的账号，不用另选。"))
        return
    regions = data.read(visit, data.campaigns.places, visit.now)
    left, right = st.columns(2)
    left.multiselect(
        REGIONS,
        [campaign_words.PROVINCE, *regions],
        format_func=lambda code: regions.get(code, code),
        placeholder="不选为全部",
        **sheet.field(REGIONS),
    )
    names = list(PLATFORMS.values())
    right.multiselect(WHERE, names, placeholder="不选为全部", **sheet.field(WHERE))
    left, right = st.columns(2)
    levels = [each.value for each in Level]
    left.multiselect(LEVELS, levels, placeholder="不选为全部", **sheet.field(LEVELS))
    lines = data.read(visit, data.campaigns.lines, visit.now)
    right.multiselect(LINES, lines, placeholder="不选为全部", **sheet.field(LINES))
    left, right = st.columns(2)
    only = [campaign_words.MAIN, campaign_words.KEY, campaign_words.HEALTHY]
    left.multiselect(ONLY, only, placeholder="可选多个", **sheet.field(ONLY))
    right.text_input(REACH, placeholder="人数，可空", **sheet.field(REACH))
    _preview(visit, sheet)


def _preview(visit: Visit, sheet: FormSheet) -> None:
    try:
        aim = campaign_words.aim_of(sheet.words())
    except InputError as wrong:
        st.error(str(wrong))
        return
    wanted = data.campaign_targets.Wanted(aim)
    found = data.read(visit, data.campaign_targets.preview, visit.now, wanted)
    markup.show(_cards(found))
    campaign_audience.show(visit, sheet, aim, found)
    if found.rows:
        with st.expander(f"看这{found.accounts:,}个账号", expanded=False):
            places = "、".join(f"{name}{count}个" for name, count in found.regions)
            markup.show(markup.note(places))
            columns = ("账号", "主办单位", "粉丝", "提示")
            rows = [
                (
                    markup.joined(each.name, markup.faint(say.platform(each.platform))),
                    each.unit_name,
                    say.number(each.followers),
                    each.marks or say.NONE,
                )
                for each in found.rows[:SHOWN]
            ]
            markup.show(markup.table(columns, rows))
            if found.accounts > SHOWN:
                st.caption(f"另有{found.accounts - SHOWN:,}个未列出。")


def _cards(found: Preview) -> markup.Html:
    marked = "、".join(f"{name}{count}个" for name, count in found.marked) or "没有需要留意的账号"
    reach = f"{found.reach_known:,}个账号有粉丝数据，账号间有重复，只作参考"
    return markup.cards(
        (
            Card(
                "发布对象", f"{found.accounts:,}个账号", f"{found.units:,}个单位；下达时按台账固定"
            ),
            Card("粉丝合计", f"{found.reach:,}人" if found.reach_known else say.NONE, reach),
            Card("提示", f"{sum(count for _, count in found.marked):,}处", marked),
        )
    )


def _save(visit: Visit, sheet: FormSheet, line: Line | None) -> None:
    done: list[campaigns.Saved] = []

    def work(sent: Sent) -> None:
        content = campaign_words.content_of(sheet.words())
        known = line.kept.id if line else None
        done.append(campaigns.save(visit.store, visit.person, content, sent, visit.data_dir, known))

    if sheet.send(work):
        st.toast("已保存，可以提交审核。")
        st.query_params.from_dict({"id": str(done[0].campaign_id)})
        st.rerun()


def back() -> None:
    """The way to the list."""
    markup.show(markup.back("← 返回协同列表", links.to(links.CAMPAIGNS)))
