"""协同看板: by 市州 how many published and how fast, and behind each row its accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    campaign_curve,
    campaign_told,
    campaign_words,
    data,
    links,
    markup,
    region_map,
    say,
)
from dashboard.campaign_curve import PROVINCE
from dashboard.charts.progress import ALL
from dashboard.form_sheet import once
from dashboard.markup import Card
from monitor.actions import campaign_handing, campaign_reviewing, campaign_terms
from monitor.domain.campaign import TaskState
from monitor.report import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell, Html
    from dashboard.page import Visit
    from monitor.actions.campaign_terms import Figures, Progress
    from monitor.record.screens.campaign_board import Published, TaskLine
    from monitor.record.screens.campaigns import Line

    Places = list[tuple[tuple[str, str], list[Published]]]

COLUMNS: Final = (
    *("市州", "应发", "已核验", "待核验", "未发布", "免发", "无法核验"),
    "最快/中位(分钟)",
    "催办",
)
LESSER: Final = frozenset({"免发", "无法核验"})
DRILL: Final = ("账号", "状态", "发布时间", "距首发", "链接", "内容有出入")
MISSING: Final = frozenset({TaskState.TO_SIGN, TaskState.TO_PUBLISH, TaskState.MISSED})
FOOT: Final = "已发布的请回链接。"
NOTE: Final = "无法核验的账号数据不足，不代表没有发布；免发、无法核验的不计入比例。"


def show(visit: Visit, line: Line) -> None:
    """Figures of all, the table by 市州, and the text to paste into a group."""
    wanted = data.campaign_board.Wanted(campaign=line.kept.id)
    found = data.read(visit, data.campaign_board.published, visit.now, wanted)
    if not found:
        markup.show(markup.empty("下达后在这里看各地发布情况", ("先送审，签发后按“下达”。",)))
        return
    times = data.read(visit, data.campaign_board.times, visit.now, line.kept.id)
    by_place = places(found)
    span = campaign_reviewing.span_of(line.kept, times, visit.now)
    curves = campaign_curve.curves(by_place, span)
    whole = campaign_terms.figures([each.task for each in found])
    markup.show(_cards(line, whole, times.first, curves[ALL]), markup.note(NOTE))
    if span is None:
        region_map_of(visit, line, by_place)
    else:
        left, right = st.columns(2, gap="large")
        with left:
            region_map_of(visit, line, by_place)
        with right:
            campaign_curve.draw(line, span, curves)
    rows = [_row(line, region, tasks, curves[region[1] or PROVINCE]) for region, tasks in by_place]
    markup.show(markup.table(COLUMNS, rows, lesser=LESSER))
    if span is not None:
        campaign_curve.numbers(span, curves)


def region_map_of(visit: Visit, line: Line, by_place: Places, *, plain: bool = False) -> None:
    """How far each 市州 is; the same figures stand in the table. `plain` leaves out who is not."""
    known = {
        code: region_map.Place(
            told.share,
            f"应发{told.asked}，已发布{told.verified + told.doubtful}",
            "" if plain else links.campaign(line.kept.id, "tasks", code),
        )
        for (code, _), found in by_place
        if code and (told := campaign_terms.figures([each.task for each in found]))
    }
    drawn = region_map.draw(visit.data_dir, known, "各市州已发布的比例，同样的数字见下表")
    if known and drawn is not None:
        st.subheader("各地已发布比例", anchor=False)
        markup.show(drawn, markup.legend(region_map.MEANINGS), markup.note(wording.NOTE_MAP))


def drill(visit: Visit, line: Line, lines: Sequence[TaskLine], region: str) -> None:
    """The accounts of one 市州, or all of them, what is missing first."""
    first = data.read(visit, data.campaign_board.times, visit.now, line.kept.id).first
    markup.show(markup.table(DRILL, [_task(visit, each, first) for each in lines]))
    urging(visit, line, lines, region)


def urging(visit: Visit, line: Line, lines: Sequence[TaskLine], region: str) -> None:
    """复制催办语: who has not published yet, fit for a group; 已转告 once it was pasted there."""
    missing = [each for each in lines if each.kept.task.state in MISSING]
    if not missing:
        return
    where = next((each.region_name for each in lines if region), "") or "全部"
    title, due = campaign_words.title(line), say.short(line.kept.due_at)
    head = f"【协同】“{title}”{due}截止，{where}尚未发布："
    told = [f"{each.unit_name}“{each.name}”({say.platform(each.platform)})" for each in missing]
    with st.expander(f"复制催办语（{len(missing)}个）", expanded=bool(region)):
        text = say.group_text(head, told, FOOT, len(told))
        st.code(text, language=None, wrap_lines=True)
        if campaign_told.may_hand(visit) and st.button("已转告", key=f"urged-{region}"):
            _handed(visit, (line.kept.id, region))


def _handed(visit: Visit, which: tuple[int, str]) -> None:
    """What was late by then counts as one 催办 of each unit this week."""
    if once(
        f"urged-{which[0]}-{which[1]}",
        lambda sent: campaign_handing.urged(visit.store, visit.person, which, sent),
    ):
        st.toast("已记入“告知”。")


def _cards(line: Line, whole: Figures, first: int | None, curve: Progress) -> Html:
    share = say.percent(whole.share)
    return markup.cards(
        (
            Card("应发", f"{whole.asked:,}个", f"免发{whole.excused}，无法核验{whole.unknown}"),
            Card(
                "已发布", share, f"已核验{whole.verified}，待核验{whole.doubtful}，补发{whole.late}"
            ),
            Card(
                "未发布",
                f"{whole.missing:,}个",
                "点此联系催办" if whole.missing else "",
                links.campaign(line.kept.id, "calls") if whole.missing else "",
                alarming=whole.missing > 0,
            ),
            Card(
                "首发至今" if first is None else f"首发 {say.short(first)}",
                f"半数{campaign_words.minutes(curve.median)}分钟",
                f"九成{campaign_words.minutes(curve.ninetieth)}分钟；未发布的也计入",
            ),
        )
    )


def places(found: Sequence[Published]) -> Places:
    """Tasks by place, most of them missing on top."""
    by_place: dict[tuple[str, str], list[Published]] = {}
    for each in found:
        by_place.setdefault((each.region, each.region_name), []).append(each)
    return sorted(
        by_place.items(),
        key=lambda pair: (-sum(each.task.state in MISSING for each in pair[1]), pair[0]),
    )


def _row(
    line: Line, region: tuple[str, str], found: Sequence[Published], curve: Progress
) -> tuple[Cell, ...]:
    code, name = region
    told = campaign_terms.figures([each.task for each in found])
    speed = f"{campaign_words.minutes(curve.fastest)}/{campaign_words.minutes(curve.median)}"
    return (
        markup.link(
            name or PROVINCE,
            links.campaign(line.kept.id, "tasks", code or data.campaign_board.HIDDEN),
        ),
        f"{told.asked:,}",
        f"{told.verified:,}",
        f"{told.doubtful:,}",
        f"{told.missing:,}",
        f"{told.excused:,}",
        f"{told.unknown:,}",
        speed if curve.steps else say.NONE,
        _urge(line, code, told),
    )


def _urge(line: Line, code: str, told: Figures) -> Cell:
    if not told.missing:
        return say.NONE
    where = code or data.campaign_board.HIDDEN
    return markup.link("催办语", links.campaign(line.kept.id, "calls", where))


def _task(visit: Visit, line: TaskLine, first: int | None) -> tuple[Cell, ...]:
    task = line.kept.task
    whose = " · ".join(
        each for each in (line.unit_name, say.platform(line.platform), line.marks) if each
    )
    after = campaign_words.turn(task, visit.now) or line.said
    return (
        markup.joined(
            markup.link(line.name, links.account(line.kept.account_id)), markup.faint(whose)
        ),
        markup.joined(campaign_words.task_badge(line), markup.faint(after)),
        markup.whole(say.short(task.published)),
        campaign_words.since(task, first),
        markup.joined(
            markup.link("打开", task.url, outside=True) if task.url else say.NONE,
            markup.faint(campaign_words.fit(task)),
        ),
        "；".join(task.places) or ("是" if task.state is TaskState.DIFFERS else say.NONE),
    )
