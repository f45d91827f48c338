"""账号: the list, narrowed by filters that live in the address, and the way into one account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, foresight, links, markup, one_account, say
from dashboard.markup import Html
from dashboard.page import RUNNING, Visit, page
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from monitor.record.screens.listing import Choices, Listed, Listing, Wanted

SIZE: Final = 50
GROUPS: Final = {
    "all": "全部账号",
    "problems": "疑似问题",
    "soon": "3天内将超14天",
    "foreseen": "预计7天内超期",
    "over": "超14天未更新",
    "undecided": "暂不作认定",
    "counted": "纳入监测",
    "decided": "可认定",
    "kept": "合格",
    "failed": "更新不合格",
    "upper": "上级口径预计不合格",
}
COLUMNS: Final = (
    *("账号名称", "主办单位", "市州 / 县", "状态(截至)", "最后发布", "距14天 / 已超"),
    *("近30天发布", "数据来源", "数据完整度", "上级口径"),
)
LESSER: Final = frozenset({"市州 / 县", "近30天发布", "数据来源", "数据完整度"})


@page(
    "accounts",
    title="账号",
    icon=":material/account_circle:",
    section=RUNNING,
    order=20,
    permission=Permission.SEE_ACCOUNTS,
)
def accounts(visit: Visit) -> None:
    """One account where the address names one, else the list."""
    markup.style()
    account_id = links.number(st.query_params.to_dict(), "id")
    if account_id is not None:
        one_account.show(visit, account_id)
        return
    st.title("账号", anchor=False)
    choices = data.read(visit, data.listing.choices, visit.now)
    if not choices.platforms:
        markup.show(_nothing_yet(visit))
        return
    wanted = _wanted(choices)
    listing = _page(visit, wanted)
    markup.show(markup.note(_told(listing, wanted)))
    if wanted.group.value == "foreseen":
        markup.show(foresight.record(visit))
    if not listing.rows:
        markup.show(markup.empty("没有符合条件的账号", ("请放宽或清除上面的筛选条件。",)))
        return
    markup.show(markup.table(COLUMNS, [_row(each) for each in listing.rows], lesser=LESSER))
    filters.pager(listing.total, SIZE)


def _nothing_yet(visit: Visit) -> Html:
    if visit.scope.empty:
        return markup.unscoped()
    return markup.empty(
        "您的范围内尚无账号",
        ("导入台账后，账号会列在这里；只需“平台、账号名称、主办单位”三列。",),
    )


def _wanted(choices: Choices) -> Wanted:
    names = {each: say.platform(each) for each in choices.platforms}
    statuses = {each: each for each in choices.statuses}
    which, where, what, status, text = st.columns([1.2, 1, 1, 1, 1.6])
    with which:
        group = filters.choose("列表", "group", {k: v for k, v in GROUPS.items() if k != "all"})
    with where:
        region = filters.choose("市州", "region", choices.regions)
    with what:
        platform = filters.choose("平台", "platform", names)
    with status:
        chosen = filters.choose("状态", "status", statuses)
    with text:
        said = filters.search("查找", "q", "账号名称、账号ID、主办单位")
    return data.listing.Wanted(
        group=data.listing.Group(group or "all"),
        platform=platform,
        region=region,
        status=chosen,
        text=said,
    )


def _page(visit: Visit, wanted: Wanted) -> Listing:
    """The page the address names; the last one where the list has become shorter."""
    asked = links.number(st.query_params.to_dict(), filters.PAGE) or 1
    found = data.read(
        visit,
        data.listing.listing,
        visit.now,
        wanted,
        limit=SIZE,
        offset=(min(asked, 10_000) - 1) * SIZE if asked > 1 else 0,
    )
    if found.rows or not found.total:
        return found
    last = (filters.page_number(found.total, SIZE) - 1) * SIZE
    return data.read(visit, data.listing.listing, visit.now, wanted, limit=SIZE, offset=last)


def _told(listing: Listing, wanted: Wanted) -> str:
    return f"{GROUPS[wanted.group.value]}：共{listing.total:,}个，最该看的在前；不含民警个人账号。"


def _row(each: Listed) -> list[str | Html]:
    return [
        markup.joined(
            markup.link(each.name, links.account(each.account_id)),
            markup.faint(_beside(each)),
        ),
        each.unit_name,
        say.place(each.region_name, each.county_name),
        _status(each),
        markup.whole(say.published(each.last_post_from, each.last_post_until)),
        markup.joined(say.distance(each.left_s, each.outcome), foresight.beside(each)),
        say.counted(each.posts_30d_min, each.posts_30d_max),
        each.source or "无",
        markup.bar(each.coverage_30d, say.percent(each.coverage_30d)),
        markup.verdict(each.upper_outcome, each.upper_status),
    ]


def _beside(each: Listed) -> str:
    marks = [say.platform(each.platform)]
    marks += ["主账号"] if each.main else []
    marks += ["重点账号"] if each.key else []
    marks += ["ID待补"] if each.uid is None else []
    marks += [each.state] if each.state != "在用" else []
    return " · ".join(marks)


def _status(each: Listed) -> Html:
    if each.status is None:
        return markup.badge("尚未比对")
    until = f"截至 {say.short(each.cutoff)}" if each.cutoff is not None else each.cause or ""
    verdict = markup.verdict(each.outcome, each.status, each.status_max)
    return markup.joined(verdict, markup.faint(until))
