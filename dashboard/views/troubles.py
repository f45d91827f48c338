"""异常: what is wrong with a way of reading as a whole, and the person who says that it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, links, markup, say
from dashboard.page import SOURCES, Visit, page, vault
from monitor.actions import incidents
from monitor.domain.errors import SentinelError
from monitor.domain.incident import IncidentKind
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.markup import Html
    from monitor.record.claims import Health
    from monitor.record.incidents import Incident
    from monitor.record.screens.incidents import Difference, Doubted

CANARIES: Final = (
    "对照账号是同一平台上经常发布的账号：它们的新作品看得到，说明接口正常，别的账号没有作品才可信。"
)
HELD: Final = "异常期间不新增疑似问题，已有结论不改；解除后按已取得的数据重新比对。"


@page(
    "troubles",
    title="异常",
    icon=":material/report:",
    section=SOURCES,
    order=45,
    permission=Permission.SEE_COLLECTING,
)
def troubles(visit: Visit) -> None:
    """Open incidents first; what was taken back and lowered; what platforms say of accounts."""
    markup.style()
    st.title("异常", anchor=False)
    if not data.read(visit, data.scoping.sees_all, visit.now):
        told = ("平台异常由省厅核对和解除；本单位账号的采集结果见“采集”页。",)
        markup.show(markup.empty("这里只列全省范围的平台异常", told))
        return
    afterwards.show("troubles")
    found = data.read(visit, data.incidents.troubles, visit.now)
    held = data.read(visit, data.incidents.held_accounts, visit.now)
    opened = [each for each in found if each.released_at is None]
    waiting = sum(held.values())
    markup.show(markup.note(f"未解除异常{len(opened)}个 · 暂缓认定账号{waiting:,}个。{HELD}"))
    _incidents(found, held)
    if opened and visit.may(Permission.ASK_COLLECT):
        _release(visit, opened)
    _canaries(visit)
    _doubted(visit)
    _differences(visit)


def _incidents(found: tuple[Incident, ...], held: dict[str, int]) -> None:
    if not found:
        steps = ("同一平台有5个以上且过半账号出现同样的失败，或对照账号都未见作品时，列在这里。",)
        markup.show(markup.empty("近30天没有平台异常", steps))
        return
    columns = (
        *("平台", "异常", "开始", "受影响账号", "暂缓认定"),
        *("原因", "需要谁做什么", "状态", "依据"),
    )
    markup.show(markup.table(columns, [_incident(each, held) for each in found]))


def _incident(each: Incident, held: dict[str, int]) -> list[str | Html]:
    still = each.released_at is None
    waiting = held.get(each.platform, 0) if still else 0
    over = f"{say.moment(each.released_at)} {each.reason}" if not still else ""
    return [
        markup.joined(say.platform(each.platform), markup.faint(_way(each.route))),
        each.kind,
        say.moment(each.opened_at),
        f"{each.accounts:,}个",
        markup.link(f"{waiting:,}个", links.undecided(platform=each.platform))
        if waiting
        else "0个",
        each.cause or say.NONE,
        each.remedy or say.NONE,
        markup.badge("失败", "未解除") if still else markup.joined("已解除", markup.faint(over)),
        markup.link("采集轮次", links.collecting(each.platform)),
    ]


def _way(route: str) -> str:
    """A route's key without what a person reads already."""
    return "专用接口" if route.endswith("/own") else "其他接口"


def _release(visit: Visit, opened: list[Incident]) -> None:
    by_id = {each.id: each for each in opened}

    def named(key: int) -> str:
        each = by_id[key]
        return f"{say.platform(each.platform)} {each.kind} {say.moment(each.opened_at)}"

    def done(key: int, reason: str) -> str:
        which = (key, by_id[key].version)
        incidents.release(visit.store, visit.person, vault(), which, reason)
        held = by_id[key].kind == IncidentKind.HELD
        return "异常已解除，暂缓认定的账号恢复认定。" if held else "异常已解除。"

    with st.expander("解除异常"):
        _ask("release", ("异常", "解除"), (list(by_id), named), done)


def _ask(
    form: str,
    words: tuple[str, str],
    choices: tuple[list[int] | list[str], Callable[..., str]],
    act: Callable[..., str],
) -> None:
    """One thing, a reason, one button; what was done is said after the page is drawn anew."""
    markup.show(markup.unclassified())
    with st.form(f"troubles_{form}", border=False):
        options, named = choices
        chosen = st.selectbox(words[0], options, format_func=named, filter_mode=None)
        reason = st.text_input(
            "理由", max_chars=incidents.GROUND.longest, placeholder="核对了什么、结论"
        )
        sent = st.form_submit_button(words[1], type="primary")
    if not sent:
        return
    try:
        done = act(chosen, reason)
    except SentinelError as error:
        st.error(str(error))
        return
    afterwards.tell("troubles", done)


def _canaries(visit: Visit) -> None:
    st.subheader("对照账号(近24小时)", anchor=False)
    found = data.read(visit, data.incidents.canaries, visit.now)
    if not found:
        markup.show(markup.note("近7天没有接口采集，没有对照账号可看。"))
        return
    markup.show(markup.note(CANARIES))
    columns = ("平台", "看到新作品", "应有而未见", "查看账号", "说明")
    markup.show(markup.table(columns, [_canary(*each) for each in sorted(found.items())]))


def _canary(route: str, health: Health) -> list[str | Html]:
    platform = route.partition("/")[0]
    if health.doubtful:
        told: str | Html = markup.badge("失败", "未见的过多，本轮不采信")
    elif health.sound:
        told = markup.badge("正常", "正常")
    else:
        told = "对照账号不足，没有作品的账号等隔日复看后才采信"
    return [
        markup.joined(say.platform(platform), markup.faint(_way(route))),
        f"{health.witnesses:,}个",
        f"{health.missing:,}个",
        f"{health.looked:,}个",
        told,
    ]


def _doubted(visit: Visit) -> None:
    st.subheader("采信情况(近30天)", anchor=False)
    found = data.read(visit, data.incidents.doubted, visit.now)
    if not found:
        markup.show(markup.note("没有被后来发现的作品推翻过的采集，也没有被降级的路线。"))
        return
    columns = ("平台", "来源", "漏采推翻", "撤回合计", "重新比对的账号", "现行上限", "说明")
    markup.show(markup.table(columns, [_line(each) for each in found]))
    stopped = {each.route: each for each in found if each.suspended}
    if not stopped or not visit.may(Permission.ASK_COLLECT):
        return

    def done(route: str, reason: str) -> str:
        grade = incidents.restore(visit.store, visit.person, vault(), route, reason)
        return f"已恢复采信，等级上限{grade}；有关账号将重新比对。"

    def named(route: str) -> str:
        return f"{say.platform(stopped[route].platform)} {stopped[route].source}"

    with st.expander("复查后恢复"):
        _ask("restore", ("采集路线", "复查后恢复"), (list(stopped), named), done)


def _line(each: Doubted) -> list[str | Html]:
    ceiling = "不限" if each.ceiling is None else f"{each.ceiling}级"
    return [
        say.platform(each.platform),
        each.source,
        f"{each.contradicted:,}次",
        f"{each.revoked:,}次",
        f"{each.accounts:,}个",
        markup.badge("提醒", ceiling) if each.ceiling == 0 else ceiling,
        each.why or say.NONE,
    ]


def _differences(visit: Visit) -> None:
    st.subheader("平台资料与台账不一致", anchor=False)
    found = data.read(visit, data.incidents.differences, visit.now)
    if not found:
        markup.show(markup.note("平台最近一次给出的账号资料与台账一致。"))
        return
    columns = ("台账名称", "平台情况", "最近看到")
    markup.show(markup.table(columns, [_difference(each) for each in found]))


def _difference(each: Difference) -> list[str | Html]:
    said = [
        "账号不存在" if each.present is False else "",
        f"平台名称：{each.name}" if each.name and each.name != each.registered else "",
        "未认证" if each.verified is False else "",
    ]
    return [
        markup.link(each.registered, links.account(each.account_id)),
        "，".join(part for part in said if part),
        say.moment(each.seen_at),
    ]
