"""首页: what the editor of the department needs at half past eight, in that order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import awaiting, burden_meter, data, links, markup, own_accounts, region_table, say
from dashboard.charts.figure import CONFIG
from dashboard.charts.regions import regions
from dashboard.charts.statuses import statuses
from dashboard.markup import Card, Html
from dashboard.page import OVERVIEW, Visit, page
from monitor.domain.instants import day_start, shanghai_day
from monitor.domain.person import Permission
from monitor.report import wording

if TYPE_CHECKING:
    from monitor.record.screens.collecting import Tries
    from monitor.record.screens.listing import Listing
    from monitor.record.screens.overview import Overview

NAMED: Final = 8


@page(
    "home",
    title="首页",
    icon=":material/home:",
    section=OVERVIEW,
    order=10,
    permission=Permission.SEE_HOME,
)
def home(visit: Visit) -> None:
    """What waits for whoever looks, then the figures, each leading to the list behind it; a unit
    sees its own accounts and nothing of others."""
    markup.style()
    st.title("首页", anchor=False)
    since = day_start(shanghai_day(visit.now) - timedelta(days=1))
    seen = data.read(visit, data.overview.overview, visit.now, since)
    if not seen.filed:
        markup.show(_nothing_yet(visit))
        return
    if not seen.counted and seen.unjudged:
        held = data.read(visit, data.scoping.held, visit.now)
        markup.show(_held(seen) if held else _not_judged(seen))
        return
    markup.show(_lead(seen))
    awaiting.show(visit)
    if awaiting.of_a_unit(visit):
        own_accounts.show(visit)
        markup.show(markup.note(wording.NOTE_EARLY))
    else:
        _province(visit, seen)
    burden_meter.show(burden_meter.read(visit))


def _province(visit: Visit, seen: Overview) -> None:
    """For whoever answers for several units: what is new, the totals, where, what is at fault."""
    failing = data.read(visit, data.collecting.failing, visit.now)
    st.subheader("账号运行", anchor=False)
    markup.show(_today(seen, len(failing)), _totals(seen))
    _distribution(seen)
    _soon_and_failing(visit, failing)


def _nothing_yet(visit: Visit) -> Html:
    """The first day, or a scope nobody filled."""
    if visit.scope.empty:
        return markup.unscoped()
    wizard = (_wizard(),) if visit.may(Permission.SET_UP) and "/" in visit.scope.paths else ()
    return markup.empty(
        "尚无账号，从导入台账开始",
        (
            *wizard,
            "准备账号台账(Excel或CSV)，只需“平台、账号名称、主办单位”三列，账号ID可以以后补。",
            "在“台账导入”页选择文件，先看差异，确认后才保存；一县一表、合并单元格也能认。",
            "没有任何授权也能开始：先按后台导出或人工巡查取得数据，授权以后再补。",
        ),
    )


def _wizard() -> Html:
    way = markup.link("启用向导", links.to(links.SETTING_UP))
    return markup.joined("打开", way, "：七步办完，每一步都可以稍后再做，下次接着办。", by="")


def _held(seen: Overview) -> Html:
    return markup.empty(
        f"已登记{seen.filed:,}个账号；试运行期间比对结论暂不显示",
        ("请先核对本单位台账，按分工完成巡查和填报；试运行结束后这里显示各项数字。",),
    )


def _not_judged(seen: Overview) -> Html:
    return markup.empty(
        f"已登记{seen.filed:,}个账号，尚未作过比对",
        (
            markup.joined(
                "先在",
                markup.link("采集", links.to(links.COLLECTING)),
                "页查看数据是否已经取得；",
                by="",
            ),
            "比对每小时自动进行一次，完成后这里显示各项数字。",
        ),
    )


def _lead(seen: Overview) -> Html:
    """The one sentence a leader reads aloud."""
    text = (
        f"备案账号{seen.filed:,}个，纳入监测{seen.counted:,}个，可认定{seen.decided:,}个"
        f"(数据完整度{say.percent(seen.completeness)})，合格率{say.percent(seen.pass_rate)}，"
        f"疑似问题{seen.troubled:,}个，暂不作认定{seen.undecided:,}个。"
    )
    when = f"比对时间 {say.moment(seen.as_of)} · 采集截止 {say.moment(seen.known_at)}"
    return Html(f'<p class="ms-lead">{text}<br>{markup.faint(when).text}</p>')


def _totals(seen: Overview) -> Html:
    waiting = f"另有{seen.unjudged:,}个尚未比对" if seen.unjudged else "官方账号"
    accounts = links.ACCOUNTS
    return markup.cards(
        (
            Card("备案账号", say.number(seen.filed, "个"), waiting, links.to(accounts)),
            Card(
                "纳入监测",
                say.number(seen.counted, "个"),
                f"不纳入{seen.not_counted:,}个",
                links.to(accounts, group="counted"),
            ),
            Card(
                "可认定",
                say.number(seen.decided, "个"),
                "数据足以得出结论",
                links.to(accounts, group="decided"),
            ),
            Card(
                "数据完整度",
                say.percent(seen.completeness),
                f"可认定{seen.decided:,} / 纳入监测{seen.counted:,}",
                links.to(links.COLLECTING),
            ),
            Card(
                "合格率",
                say.percent(seen.pass_rate),
                f"合格{seen.kept:,}(其中提醒{seen.hinted:,}) / 可认定{seen.decided:,}",
                links.to(accounts, group="kept"),
            ),
        )
    )


def _today(seen: Overview, failing: int) -> Html:
    health, number = links.HEALTH, say.number
    return markup.cards(
        (
            Card(
                "新增疑似问题",
                number(seen.fresh, "个"),
                f"昨日以来，现有疑似问题{seen.troubled:,}个",
                links.to(health, group="fresh"),
                alarming=seen.fresh > 0,
            ),
            Card(
                "超14天未更新",
                number(seen.over, "个"),
                "静默已证实超过14天",
                links.to(health, group="over"),
                alarming=seen.over > 0,
            ),
            Card(
                "3天内将超14天",
                number(seen.soon, "个"),
                "按最后一次发布推算",
                links.to(health, tab="soon"),
                alarming=seen.soon > 0,
            ),
            Card(
                "暂不作认定",
                number(seen.undecided, "个"),
                f"采集异常平台{failing}个" if failing else "近24小时各平台采集正常",
                links.to(health, tab="undecided"),
            ),
            Card(
                "若今日抽查",
                number(seen.upper_fail, "个"),
                "上级口径(14天未更新)预计不合格",
                links.to(links.ACCOUNTS, group="upper"),
                alarming=seen.upper_fail > 0,
            ),
        )
    )


def _distribution(seen: Overview) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("状态分布", anchor=False)
        st.plotly_chart(
            statuses(seen.statuses),
            theme=None,
            config=CONFIG,
            key="statuses",
            alt="各状态的账号数，同样的数字见账号页",
        )
    with right:
        st.subheader("分地区", anchor=False)
        st.plotly_chart(
            regions(seen.regions),
            theme=None,
            config=CONFIG,
            key="regions",
            alt="各地区账号的结论比例，同样的数字见下表",
        )
    with st.expander("分地区数字"):
        markup.show(region_table.of(seen))


def _soon_and_failing(visit: Visit, failing: tuple[Tries, ...]) -> None:
    wanted = data.listing.Wanted(group=data.listing.Group.SOON)
    soon = data.read(visit, data.listing.listing, visit.now, wanted, limit=NAMED)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("3天内将超14天", anchor=False)
        markup.show(_soon(soon))
    with right:
        st.subheader("采集异常平台", anchor=False)
        markup.show(_failing(failing))


def _soon(soon: Listing) -> Html:
    if not soon.rows:
        return markup.note("3天内没有账号将超过14天。")
    rows = [
        (
            markup.link(each.name, links.account(each.account_id)),
            each.unit_name,
            say.distance(each.left_s, each.outcome),
        )
        for each in soon.rows
    ]
    more = soon.total - len(rows)
    listed = markup.table(("账号", "主办单位", "距14天"), rows)
    if more <= 0:
        return listed
    return markup.joined(
        listed, markup.link(f"还有{more:,}个，查看全部", links.to(links.HEALTH, tab="soon")), by=""
    )


def _failing(platforms: tuple[Tries, ...]) -> Html:
    if not platforms:
        return markup.note("近24小时各平台没有采集失败。")
    rows = [
        (
            markup.link(say.platform(each.platform), links.collecting(each.platform)),
            f"{each.failed:,} / {each.tried:,}个账号",
            markup.joined(each.cause or "原因不详", markup.faint(each.remedy)),
        )
        for each in platforms
    ]
    return markup.table(("平台", "24小时失败", "主要原因与办法"), rows)
