"""采集: which platforms answer, what failed and who mends it, and how complete the looks are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import budgets, data, filters, house, links, markup, say, trust
from dashboard.charts.completeness import completeness
from dashboard.charts.figure import CONFIG
from dashboard.markup import Html
from dashboard.page import SOURCES, Visit, page
from monitor.domain.collecting import PassOutcome
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from monitor.record.screens.collecting import PlatformLine
    from monitor.record.screens.passes import PassLine

SIZE: Final = 50
SEEN: Final = (("未查看", "#eef1f5"), ("只查看了部分时段", "#6ca3d1"), ("全天已查看", "#1f4e8c"))
OUTCOMES: Final = {"failed": "只看失败和不完整", **{each.value: each.value for each in PassOutcome}}
KINDS: Final = ("接口采集", "后台导出", "购买数据", "人工巡查", "")


@page(
    "collecting",
    title="采集",
    icon=":material/sync:",
    section=SOURCES,
    order=40,
    permission=Permission.SEE_COLLECTING,
)
def collecting(visit: Visit) -> None:
    """Platforms, jobs, passes, completeness, and the run log for those it concerns."""
    markup.style()
    st.title("采集", anchor=False)
    platforms = data.read(visit, data.collecting.platforms, visit.now)
    if not platforms:
        markup.show(_nothing_yet(visit))
        house.show(visit)
        return
    markup.show(markup.note(_told(visit, platforms)))
    house.ask(visit)
    st.subheader("各平台情况", anchor=False)
    markup.show(_platforms(platforms))
    _passes(visit, platforms)
    budgets.show(visit)
    _completeness(visit)
    trust.show(visit)
    _left(visit)
    house.show(visit)


def _left(visit: Visit) -> None:
    """Who left, and what still hangs on them: their grants end with them, keys do not."""
    if visit.may(Permission.SEE_PEOPLE):
        way = markup.link("离岗清理", links.to("people", tab="leavers"))
        markup.show(
            markup.note(markup.joined("离岗人员名下仍有效的账号和授权，见", way, "。", by=""))
        )


def _nothing_yet(visit: Visit) -> Html:
    if visit.scope.empty:
        return markup.unscoped()
    return markup.empty(
        "您的范围内尚无账号",
        (
            "先导入账号台账；没有平台授权也可以，用后台导出或人工巡查取得数据。",
            "有授权的，由系统管理员登记授权后，采集会按时间表自动进行。",
        ),
    )


def _told(visit: Visit, platforms: tuple[PlatformLine, ...]) -> Html:
    """异常平台 / 巡查完成率 / 授权7日内到期, then how many accounts it keeps undecided."""
    failing = [say.platform(each.platform) for each in platforms if each.failed]
    affected = sum(each.affected for each in platforms)
    names = f"({'、'.join(failing)})" if failing else ""
    asked = sum(each.by_eye for each in platforms)
    looked = sum(each.patrolled for each in platforms)
    done = say.percent(looked / asked) if asked else "无须巡查"
    ending = data.read(visit, data.runway.soon, visit.now)
    return markup.joined(
        markup.link(f"异常平台{len(failing)}个{names}", links.to("troubles")),
        f"巡查完成率{done}",
        markup.link(f"授权7日内到期或已失效{ending:,}项", links.to("authorising")),
        f"数据不足而暂不作认定的账号{affected:,}个",
        by=" · ",
    )


def _platforms(platforms: tuple[PlatformLine, ...]) -> Html:
    columns = (
        *("平台", "账号数", "接口 / 导出 / 购买 / 巡查 / 无", "最近成功"),
        *("24小时失败", "主要原因", "需要谁做什么", "影响认定的账号数 [影响↓]"),
    )
    return markup.table(columns, [_platform(each) for each in platforms])


def _platform(each: PlatformLine) -> list[str | Html]:
    counted = [each.sources.get(kind, 0) for kind in KINDS]
    counted[-1] = each.accounts - sum(counted[:-1])
    failed = f"{each.failed:,} / {each.tried:,}个" if each.tried else "未采集"
    undecided = links.undecided(platform=each.platform)
    return [
        markup.link(say.platform(each.platform), links.to(links.ACCOUNTS, platform=each.platform)),
        f"{each.accounts:,}个",
        " / ".join(f"{number:,}" for number in counted),
        say.moment(each.last_success),
        markup.joined(failed) if not each.failed else markup.badge("失败", failed),
        each.cause or say.NONE,
        each.remedy or say.NONE,
        markup.link(f"{each.affected:,}个", undecided) if each.affected else "0个",
    ]


def _passes(visit: Visit, platforms: tuple[PlatformLine, ...]) -> None:
    st.subheader("采集轮次(近7天)", anchor=False)
    what, how, who = st.columns(3)
    with what:
        names = {each.platform: say.platform(each.platform) for each in platforms}
        platform = filters.choose("平台", "platform", names)
    with how:
        outcome = filters.choose("结果", "outcome", OUTCOMES)
    with who:
        named = filters.search("账号", "named", "账号名称")
    failed = outcome == "failed"
    wanted = data.passes.PassesWanted(
        platform=platform, failed=failed, outcome="" if failed else outcome, named=named
    )
    found = data.read(visit, data.passes.passes, visit.now, wanted, limit=SIZE)
    number = filters.page_number(found.total, SIZE)
    if number > 1:
        offset = (number - 1) * SIZE
        found = data.read(visit, data.passes.passes, visit.now, wanted, limit=SIZE, offset=offset)
    if not found.rows:
        markup.show(markup.note("近7天没有符合条件的采集轮次。"))
        return
    columns = ("时间", "账号", "来源", "查看时段", "结果", "读取", "原因", "需要谁做什么")
    markup.show(markup.table(columns, [_pass(each) for each in found.rows]))
    filters.pager(found.total, SIZE)


def _pass(each: PassLine) -> list[str | Html]:
    took = max(0, each.ended_at - each.started_at)
    reread = f"，重读自{say.moment(each.reread_from)[:10]}" if each.reread_from is not None else ""
    return [
        markup.joined(say.moment(each.started_at), markup.faint(f"用时{took}秒")),
        markup.joined(
            markup.link(each.name, links.account(each.account_id)),
            markup.faint(f"{say.platform(each.platform)} · {each.unit_name}"),
        ),
        each.source,
        _window(each),
        markup.joined(markup.badge(each.outcome), markup.faint(each.error_class or "")),
        f"{each.pages}页 / {each.items}条{reread}",
        each.cause or say.NONE,
        each.remedy or say.NONE,
    ]


def _window(each: PassLine) -> str | Html:
    """What the attempt can prove."""
    if each.proved_from is None or each.proved_until is None:
        return say.NONE
    return markup.joined(f"{say.moment(each.proved_from)} 至", say.moment(each.proved_until))


def _completeness(visit: Visit) -> None:
    st.subheader("数据完整度(近30天，最缺的50个账号)", anchor=False)
    frame = data.read(visit, data.collecting.completeness, visit.now)
    if frame.empty:
        markup.show(markup.note("近30天每个账号的每一天都已查看，或尚未比对。"))
        return
    markup.show(markup.legend(SEEN))
    st.plotly_chart(
        completeness(frame),
        theme=None,
        config=CONFIG,
        key="completeness",
        alt="近30天每个账号每天被查看的时段比例，最缺的在上",
    )
