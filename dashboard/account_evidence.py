"""One account's evidence: its calendar, its numbers, its posts, who looked, and its functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, reported, say
from dashboard.charts.calendar import MEANINGS, calendar
from dashboard.charts.figure import CONFIG
from dashboard.charts.numbers import line
from dashboard.markup import Html

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.page import Visit
    from monitor.record.screens.account import Identity
    from monitor.record.screens.evidence import Checked, SeenWork
    from monitor.record.screens.passes import PassLine

PEOPLE: Final = "人"
LESSER: Final = frozenset({"体裁", "在看推荐(次)", "评论(次)", "转发分享(次)", "数据时间与来源"})


def show(visit: Visit, found: Identity) -> None:
    """Every kind of evidence under its own head."""
    _calendar(visit, found.account_id)
    _numbers(visit, found.account_id)
    st.subheader("最近作品", anchor=False)
    works = data.read(visit, data.evidence.works, visit.now, found.account_id)
    markup.show(_works(works))
    st.subheader("采集轮次", anchor=False)
    wanted = data.passes.PassesWanted(account_id=found.account_id)
    passes = data.read(visit, data.passes.passes, visit.now, wanted, limit=10)
    markup.show(_passes(passes.rows))
    reported.show(visit, found.account_id)
    st.subheader("服务核查", anchor=False)
    services = data.read(visit, data.evidence.services, visit.now, found.account_id)
    markup.show(_services(services))


def _calendar(visit: Visit, account_id: int) -> None:
    st.subheader("发布日历(近26周)", anchor=False)
    frame = data.read(visit, data.evidence.calendar, visit.now, account_id)
    st.plotly_chart(
        calendar(frame),
        theme=None,
        config=CONFIG,
        key="calendar",
        alt="近26周每天的发布情况：未查看、已查看无发布、发布篇数",
    )
    markup.show(markup.legend(MEANINGS), markup.note(_days_told(frame)))


def _days_told(frame: pd.DataFrame) -> str:
    """The chart in words, for those who do not see it."""
    posted = frame["posts"] > 0
    looked = frame["seen"] >= 0.999  # noqa: PLR2004
    none = int((looked & ~posted).sum())
    unknown = int((~looked & ~posted).sum())
    return (
        f"{len(frame)}天中，有发布{int(posted.sum())}天、共{int(frame['posts'].sum())}篇；"
        f"已查看无发布{none}天；未完整查看{unknown}天，不作认定。"
    )


def _numbers(visit: Visit, account_id: int) -> None:
    st.subheader("粉丝与阅读", anchor=False)
    frame = data.read(visit, data.evidence.numbers, visit.now, account_id)
    level, daily = frame[frame["basis"] == "累计"], frame[frame["basis"] == "单日"]
    left, right = st.columns(2, gap="large")
    with left:
        _line(level, "followers", "粉丝数(人数)")
    with right:
        _line(daily, "readers", "当日阅读人数(人数)")


def _line(frame: pd.DataFrame, column: str, title: str) -> None:
    known = frame[frame[column].notna()]
    if known.empty:
        markup.show(markup.note(f"{title}：{say.NONE} 没有来源提供过该数据，不等于0。"))
        return
    newest = known.iloc[-1]
    number, source = say.number(int(newest[column]), PEOPLE), str(newest["source"])
    when = say.moment(int(newest["observed_at"]))
    final = "" if newest["final"] else "，尚非最终"
    markup.show(markup.note(f"{title}：{number}(截至 {when}，来源：{source}{final})"))
    st.plotly_chart(
        line(known, column, PEOPLE), theme=None, config=CONFIG, key=column, alt=f"{title}的变化"
    )


def _works(works: tuple[SeenWork, ...]) -> Html:
    if not works:
        return markup.note("尚未见到作品。未见到不等于没有发布，请看上面的日历中已查看的日子。")
    columns = (
        *("发布时间", "标题", "体裁", "阅读(人数)", "阅读播放(人次)", "点赞(次)"),
        *("在看推荐(次)", "评论(次)", "转发分享(次)", "数据时间与来源"),
    )
    return markup.table(columns, [_work(each) for each in works], lesser=LESSER)


def _work(each: SeenWork) -> list[str | Html]:
    said = each.numbers
    seen = say.moment(each.observed_at)
    capped = set(each.capped.split(","))

    def number(*names: str) -> str:
        for name in names:
            if said[name] is not None:
                return say.number(said[name]) + ("+" if name in capped else "")
        return say.NONE

    title = markup.link(each.title or "(无标题)", each.url, outside=True)
    return [
        markup.whole(say.published(each.published_from, each.published_until)),
        markup.joined(title, markup.faint("已删除") if each.deleted else "", by=" "),
        each.form or say.NONE,
        number("readers"),
        number("reads", "plays"),
        number("likes"),
        number("recommends"),
        number("comments"),
        number("shares"),
        markup.joined(markup.whole(seen), markup.faint(each.source))
        if each.observed_at
        else say.NONE,
    ]


def _passes(passes: tuple[PassLine, ...]) -> Html:
    if not passes:
        return markup.note("近30天没有采集轮次。可以用后台导出或人工巡查补上。")
    rows = [
        (
            say.moment(each.started_at),
            each.source,
            markup.badge(each.outcome),
            f"{each.pages}页 / {each.items}条",
            markup.joined(each.cause or say.NONE, markup.faint(each.remedy)),
        )
        for each in passes
    ]
    return markup.table(("开始时间", "来源", "结果", "读取", "原因与办法"), rows)


def _services(services: tuple[Checked, ...]) -> Html:
    if not services:
        return markup.note("尚未核查过互动与服务功能。")
    answers = {True: "可用", False: "不可用", None: "未能核实"}
    rows = [
        (
            each.function,
            answers[each.works],
            markup.joined(say.moment(each.checked_at), markup.faint(each.source)),
            "实测" if each.measured else "单位说明",
            each.detail or say.NONE,
        )
        for each in services
    ]
    return markup.table(("功能", "情况", "核查时间与来源", "方式", "说明"), rows)
