"""健康: 疑似问题, 暂不作认定 with who can mend it, and what is about to run out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import case_errors, data, filters, foresight, health_verify, links, markup, say
from dashboard.markup import Html
from dashboard.page import RUNNING, Visit, page
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, day_start, shanghai_day
from monitor.domain.person import Permission
from monitor.report import wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.record.screens.listing import Listed, Listing, Wanted

SIZE: Final = 50
TABS: Final = {
    "problems": "疑似问题",
    "undecided": "暂不作认定",
    "soon": "即将超期",
    "foreseen": "预计超期",
}
NARROWER: Final = {"fresh": "昨日以来新增", "over": "超14天未更新"}
IN_GROUP: Final = 40
FOOT: Final = "以上为系统比对结果，请先核实；已办请忽略。"


@page(
    "health",
    title="健康",
    icon=":material/monitor_heart:",
    section=RUNNING,
    order=30,
    permission=Permission.SEE_HEALTH,
)
def health(visit: Visit) -> None:
    """One of three lists, its filters, its rows, and a text for the group."""
    markup.style()
    st.title("健康", anchor=False)
    if data.read(visit, data.scoping.held, visit.now):
        markup.show(_held())
        return
    tab = filters.tabs("列表", "tab", TABS)
    wanted = _wanted(visit, tab)
    if wanted is None:
        markup.show(_nobody(visit))
        return
    listing = _read(visit, wanted, 1)
    page_at = filters.page_number(listing.total, SIZE)
    if page_at > 1:
        listing = _read(visit, wanted, page_at)
    if not listing.rows:
        markup.show(_none(tab))
        return
    columns, row, told = LISTS[tab]
    markup.show(markup.note(told.format(total=f"{listing.total:,}")))
    if tab == "foreseen":
        markup.show(foresight.record(visit))
    markup.show(markup.table(columns, [row(each) for each in listing.rows]))
    filters.pager(listing.total, SIZE)
    if tab == "problems":
        case_errors.note(visit)
        health_verify.show(visit, listing.rows)
    _for_the_group(tab, listing)


def _read(visit: Visit, wanted: Wanted, number: int) -> Listing:
    offset = (number - 1) * SIZE
    return data.read(visit, data.listing.listing, visit.now, wanted, limit=SIZE, offset=offset)


def _wanted(visit: Visit, tab: str) -> Wanted | None:
    """What the filters say; None where the scope holds no account at all."""
    choices = data.read(visit, data.listing.choices, visit.now)
    if not choices.platforms:
        return None
    names = {each: say.platform(each) for each in choices.platforms}
    every = st.columns([1, 1, 1, 1.6] if tab == "problems" else [1, 1, 1.6])
    with every[0]:
        region = filters.choose("市州", "region", choices.regions)
    with every[1]:
        platform = filters.choose("平台", "platform", names)
    with every[-1]:
        said = filters.search("查找", "q", "账号名称、账号ID、主办单位")
    narrower = ""
    if tab == "problems":
        with every[2]:
            narrower = filters.choose("范围", "group", NARROWER)
    return data.listing.Wanted(
        group=data.listing.Group(narrower or tab),
        platform=platform,
        region=region,
        status=_known(filters.said("status"), choices.statuses),
        text=said,
        since=day_start(shanghai_day(visit.now)) - DAY,
    )


def _known(said: str, among: tuple[str, ...]) -> str:
    return said if said in among else ""


def _held() -> Html:
    return markup.empty(
        "试运行期间，比对结论暂只供省厅内部核对",
        ("请先核对本单位台账，按分工完成巡查和填报；试运行结束后这里列出结论。",),
    )


def _nobody(visit: Visit) -> Html:
    if visit.scope.empty:
        return markup.unscoped()
    return markup.empty("您的范围内尚无账号", ("导入台账后，系统比对的结果会列在这里。",))


def _none(tab: str) -> Html:
    titles = {
        "problems": "没有疑似问题",
        "undecided": "没有暂不作认定的账号，数据都足以得出结论",
        "soon": "3天内没有账号将超过14天",
        "foreseen": "按各账号自己的发布节奏，7天内没有预计会超期的账号",
    }
    return markup.empty(titles[tab], ("如已设置筛选条件，可放宽后再看。",))


def _account(each: Listed) -> Html:
    beside = f"{say.platform(each.platform)} · {say.place(each.region_name, each.county_name)}"
    link = markup.link(each.name, links.account(each.account_id))
    return markup.joined(link, markup.faint(beside))


def _last(each: Listed) -> Html:
    """When, and the post itself."""
    when = say.published(each.last_post_from, each.last_post_until)
    if not each.last_url:
        return markup.joined(when)
    return markup.joined(
        markup.whole(when), markup.link(each.last_title or "查看", each.last_url, outside=True)
    )


def _seen(each: Listed) -> Html:
    until = f"截至 {say.short(each.cutoff)}" if each.cutoff is not None else ""
    return markup.joined(each.source or "无", markup.faint(until))


def _problem(each: Listed) -> list[str | Html]:
    more = [name for name in (each.problems or "").split("、") if name and name != each.status]
    failing = each.outcome == Outcome.FAIL
    shown = f"疑似{say.status(each.status, each.status_max)}" if failing else f"疑似{more[0]}"
    ground = each.status or "" if failing else Outcome.FAIL.value
    beside = "、".join(more if failing else more[1:])
    told = (each.sentence or "", *each.others) if failing else each.others
    return [
        markup.joined(markup.badge(ground, shown), markup.faint(beside)),
        _account(each),
        each.unit_name,
        say.silence(each.silence_min, each.silence_max),
        _last(each),
        _seen(each),
        markup.folded("查看依据", markup.joined(*told)) if any(told) else say.NONE,
        markup.verdict(each.upper_outcome, each.upper_status),
    ]


def _undecided(each: Listed) -> list[str | Html]:
    return [
        _account(each),
        each.unit_name,
        say.days(each.missing),
        each.cause or "原因不详",
        each.mender or say.NONE,
        each.remedy or say.NONE,
        say.silence(each.silence_min, each.silence_max),
        _last(each),
    ]


def _soon(each: Listed) -> list[str | Html]:
    return [
        _account(each),
        each.unit_name,
        say.distance(each.left_s, each.outcome),
        _last(each),
        markup.badge(each.status or "", say.status(each.status, each.status_max)),
        _seen(each),
    ]


def _foreseen(each: Listed) -> list[str | Html]:
    account, unit, left, *rest = _soon(each)
    day = say.moment(each.foreseen_at)[:10]
    return [account, unit, markup.whole(day), say.percent(each.sure), left, *rest]


LISTS: Final[dict[str, tuple[tuple[str, ...], Callable[[Listed], list[str | Html]], str]]] = {
    "problems": (
        (
            *("疑似问题", "账号", "主办单位", "静默(下限—上限)", "最后发布"),
            *("看到的来源与时间", "依据", "上级口径"),
        ),
        _problem,
        "共{total}个，静默久的在前。下限是已证实的，上限是可能的。",
    ),
    "undecided": (
        (
            *("账号", "主办单位", "缺哪几天", "原因", "谁能补", "怎么补"),
            *("静默(下限—上限)", "最后发布"),
        ),
        _undecided,
        "共{total}个，同一原因影响账号多的在前。不计入合格率，不作批评。",
    ),
    "soon": (
        ("账号", "主办单位", "距14天", "最后发布", "当前状态", "看到的来源与时间"),
        _soon,
        "共{total}个，最紧的在前。提前提醒只发给运维员和联络员，按期恢复不计入通报。",
    ),
    "foreseen": (
        (
            *("账号", "主办单位", "预计超期", "把握"),
            *("距14天", "最后发布", "当前状态", "看到的来源与时间"),
        ),
        _foreseen,
        "共{total}个，最早的在前。只是预计，不是结论；数据不足的账号不作预计。",
    ),
}


def _for_the_group(tab: str, listing: Listing) -> None:
    """A plain text, ready to copy; a name and a figure for each, nothing that judges."""
    titles = {
        "problems": f"【请核实】系统比对发现疑似问题账号{listing.total}个：",
        "undecided": f"【请补数据】下列{listing.total}个账号数据不足，暂不作认定，不影响评价：",
        "foreseen": f"【请关注】按近期发布节奏，下列{listing.total}个账号7天内可能满14天未更新：",
        "soon": f"【请关注】3天内将满14天未更新的账号{listing.total}个：",
    }
    lines = [_group_line(tab, each) for each in listing.rows[:IN_GROUP]]
    text = say.group_text(titles[tab], lines, FOOT, listing.total)
    with st.expander("复制到微信群"):
        st.code(text, language=None, wrap_lines=True)


def _group_line(tab: str, each: Listed) -> str:
    name = f"{each.name}({say.platform(each.platform)})"
    if tab == "undecided":
        return f"{name}：{each.cause or '数据不足'}，请{wording.who(each.mender or '联络员')}补充"
    if tab in {"soon", "foreseen"}:
        return f"{name}：{say.distance(each.left_s, each.outcome)}满14天"
    if each.outcome != Outcome.FAIL:
        return f"{name}：{each.problems}"
    silent = "" if each.silence_min is None else f"，静默{say.stretch(each.silence_min)}"
    return f"{name}：{say.concluded(each.outcome, each.status)}{silent}"
