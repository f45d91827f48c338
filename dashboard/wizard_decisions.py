"""启用向导, the steps that are decided by choosing: office, sources, standards, trial."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, say, wizard
from monitor.actions import setting_up
from monitor.domain.account import PLATFORMS
from monitor.domain.instants import DAY, shanghai_day
from monitor.domain.office import TRIAL_DAYS, Deployment, Feed, Step

if TYPE_CHECKING:
    from datetime import date

    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.domain.office import Office
    from monitor.domain.rulebook import Rulebook

DEPLOYMENTS: Final = {
    Deployment.OUTSIDE: "甲 互联网侧单机：采集、邮件都在这一台上，不放公安网数据（默认）",
    Deployment.BOTH_SIDES: "乙 两侧部署：互联网侧采集，公安网侧管理，用签名数据包单向传递",
    Deployment.FILES_ONLY: "丙 纯导入：不连网，只用台账、导出文件、巡查和填报",
}
FEEDS: Final = {
    Feed.NONE: "无（每周巡查）",
    Feed.EXPORT: "导出（每月交后台导出）",
    Feed.PURCHASED: "购买（校准前只证明已发布）",
    Feed.INTERFACE: "接口（授权后自动采集）",
}
OWN_DEFAULT: Final = "hubei-default"
TRIALS: Final = (15, TRIAL_DAYS, 45, 60, 90)
FRIDAY: Final = 4


def office(visit: Visit, decided: Office) -> None:
    """1: the office's name and where the box stands."""
    kinds = list(Deployment)
    with st.form("office"):
        markup.show(markup.unclassified())
        name = st.text_input("本单位名称", value=decided.name or visit.office, max_chars=40)
        chosen = st.radio(
            "部署方式",
            kinds,
            index=kinds.index(decided.deployment or Deployment.OUTSIDE),
            format_func=lambda each: DEPLOYMENTS[each],
        )
        sent = st.form_submit_button("保存，下一步", type="primary")
    st.caption("名称用在各页页眉和周报上，以后可以回到这一步修改。")
    if sent and wizard.tried(
        lambda: setting_up.name_office(visit.store, visit.person, name, chosen)
    ):
        wizard.go(Step.UNITS)


def sources(visit: Visit, decided: Office) -> None:
    """5: where the data of each platform comes from; 无 means patrol."""
    present = _platforms(visit)
    st.caption("没有授权、导出和购买数据也能开始：选“无”的平台每周由人查看一次主页。以后随时可改。")
    feeds = list(Feed)
    chosen: dict[str, Feed] = {}
    with st.form("sources"):
        columns = st.columns(3)
        for number, platform in enumerate(present):
            chosen[platform] = columns[number % 3].selectbox(
                say.platform(platform),
                feeds,
                index=feeds.index(decided.feeds.get(platform, Feed.NONE)),
                format_func=lambda each: FEEDS[each],
                key=f"feed_{platform}",
                filter_mode=None,
            )
        sent = st.form_submit_button("保存，下一步", type="primary")
    if sent and wizard.tried(
        lambda: setting_up.choose_feeds(visit.store, visit.person, {**decided.feeds, **chosen})
    ):
        wizard.go(Step.STANDARDS)


def _platforms(visit: Visit) -> list[str]:
    """Those the registry has accounts on; before there is a ledger the commonest nine."""
    found = data.read(visit, data.listing.choices, visit.now).platforms
    return [each for each in PLATFORMS if each in found] or list(PLATFORMS)[:9]


def standards(visit: Visit, decided: Office) -> None:
    """6: both standards with every threshold, its source and its rank."""
    books = {each.name: each for each in setting_up.standards(visit.data_dir)}
    uppers = [name for name, book in books.items() if book.upper]
    owns = [name for name, book in books.items() if not book.upper] or list(books)
    with st.form("standards"):
        upper = _pick("上级口径（已勾选，抽查时以它为准）", uppers, decided.upper, books)
        own = _pick("本厅口径（建议）", owns, decided.own or OWN_DEFAULT, books)
        sent = st.form_submit_button("确认，下一步", type="primary")
    for name in dict.fromkeys((upper, own)):
        _show(books[name])
    if sent and wizard.tried(
        lambda: setting_up.choose_standards(visit.store, visit.person, visit.data_dir, upper, own)
    ):
        wizard.go(Step.TRIAL)


def _pick(label: str, names: list[str], chosen: str, books: dict[str, Rulebook]) -> str:
    index = names.index(chosen) if chosen in names else 0
    picked: str = st.radio(label, names, index=index, format_func=lambda each: books[each].title)
    return picked


def _show(book: Rulebook) -> None:
    st.subheader(book.title, anchor=False)
    never = [book.never_updated] if book.never_updated is not None else []
    classes = [
        [each.name, _limit(each.over_seconds), each.outcome.value, each.source, each.rank]
        for each in (*book.classes, *never)
    ]
    columns = ("分级", "超过", "结论", "来源", "级别")
    markup.show(markup.note(f"来源：{book.source}"), markup.table(columns, classes))
    if book.grace is not None:
        days = _limit(book.grace.seconds)
        told = f"开设不超过{days}的账号不纳入（{book.grace.source}，{book.grace.rank}）。"
        markup.show(markup.note(told))
    for each in book.variants:
        limits = "、".join(
            f"{one.name} {_limit(one.over_seconds)}" for one in each.book.classes[1:]
        )
        markup.show(markup.note(f"{each.title}另定：{limits}（{each.source}，{each.rank}）。"))
    if book.terms:
        rules = [[each.rule, each.outcome, each.source, each.rank] for each in book.terms.values()]
        with st.expander(f"其他规则（{len(rules)}条）"):
            markup.show(markup.table(("规则", "结论", "来源", "级别"), rules))


def _limit(seconds: int) -> str:
    return f"{seconds / DAY:g}天" if seconds else "—"


def trial(visit: Visit, decided: Office) -> None:
    """7: the first patrol, and up to when results stay within the department."""
    del decided
    today = shanghai_day(visit.now)
    markup.show(patrol_table(visit))
    ends = {days: today + timedelta(days=days) for days in TRIALS}
    fridays = _fridays(today)
    with st.form("trial"):
        due = st.radio("首次巡查完成时间", fridays, format_func=_weekday, horizontal=True)
        days = st.selectbox(
            "试运行",
            TRIALS,
            index=TRIALS.index(TRIAL_DAYS),
            format_func=lambda each: f"{each}天，至{ends[each]}",
            filter_mode=None,
        )
        sent = st.form_submit_button("开始试运行", type="primary")
    st.caption("试运行期间结果只供省厅内部核对：不对外通报，不作考核，各市县暂看不到结论。")
    if sent and wizard.tried(
        lambda: setting_up.begin_trial(visit.store, visit.person, ends[days], due)
    ):
        wizard.go(None)


def _fridays(today: date) -> list[date]:
    """This week's Friday, or where it is over the next one's; and the one after."""
    first = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    return [first, first + timedelta(days=7)]


def _weekday(day: date) -> str:
    return f"{day}（周{'一二三四五六日'[day.weekday()]}）"


def patrol_table(visit: Visit) -> Html:
    """What the first patrol costs, by prefecture."""
    shares = data.read(visit, data.patrol.shares, visit.now)
    if not shares:
        return markup.note("台账里还没有需要巡查的账号；导入台账后这里显示各市州的工作量。")
    places: dict[str, list[int]] = {}
    for each in shares:
        counted = places.setdefault(each.region_name or "省级", [0, 0])
        counted[0] += each.accounts
        counted[1] += each.seconds
    rows = [
        [name, f"{accounts:,}个", f"约{minutes(seconds)}分钟"]
        for name, (accounts, seconds) in sorted(places.items(), key=lambda item: -item[1][0])
    ]
    return markup.table(("市州", "本周需巡查", "预计用时"), rows)


def minutes(seconds: int) -> int:
    """Whole minutes, rounded up."""
    return -(-seconds // 60)
