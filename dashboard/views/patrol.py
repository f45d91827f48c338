"""巡查: one page after another to look at, the one whose verdict a look decides soonest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, links, markup, one_look, returned_forms, say, turn_form
from dashboard.markup import Html
from dashboard.page import SOURCES, Visit, page
from monitor.actions.approval_terms import calendar
from monitor.actions.patrol_files import Returning
from monitor.domain.account import PLATFORMS
from monitor.domain.instants import DAY, day_start, shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from monitor.record.screens.patrol import Asked, Queue, Queued, Share

AHEAD: Final = 12
"""How many of the next accounts are listed."""
MODES: Final = {"week": "本周巡查", "recheck": "发前复查"}


@page(
    "patrol",
    title="巡查",
    icon=":material/visibility:",
    section=SOURCES,
    order=45,
    permission=Permission.PATROL,
)
def patrol(visit: Visit) -> None:
    """The account to look at now, what is understood of it, and those that follow."""
    markup.style()
    st.title("巡查", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    if not data.read(visit, data.scoping.anything, visit.now):
        todo = ("先导入账号台账；没有任何平台授权也能开始，逐个打开主页看一眼即可。",)
        markup.show(markup.empty("您的范围内尚无账号", todo))
        return
    recheck = filters.tabs("方式", "mode", MODES) == "recheck"
    everything = data.patrol.Asked(recheck=recheck, calendar=calendar(visit.data_dir))
    shares = data.read(visit, data.patrol.shares, visit.now, everything)
    # What is done most stands above what narrows it, which must be read first.
    here, below = st.container(), st.container()
    with below:
        asked = replace(_asked(shares, everything), whose=_whose(visit))
    queue = data.read(visit, data.patrol.queue, visit.now, asked, limit=data.patrol.MOST)
    with here:
        markup.show(_figures(visit, queue))
        _work(visit, [each for each in queue.rows if each.account_id not in one_look.skipped()])
    _ahead(queue)
    _split(shares)
    turn_form.show(visit)
    returned_forms.upload(visit, Returning.PATROL)


def _asked(shares: tuple[Share, ...], everything: Asked) -> Asked:
    """The filters, out of the address."""
    where, county, which, how = st.columns(4)
    regions = {each.region: each.region_name for each in shares if each.region}
    with where:
        region = filters.choose("市州", "region", regions)
    counties = {each.county: each.county for each in shares if each.region == region}
    with county:
        picked = filters.choose("县市区", "county", counties if region else {})
    with which:
        platform = filters.choose("平台", "platform", PLATFORMS)
    with how:
        part, parts = _part(filters.choose("几人分看", "share", _parts()))
    return replace(
        everything, platform=platform, region=region, county=picked, parts=parts, part=part
    )


def _whose(visit: Visit) -> int | None:
    """Whose accounts: one's own where one has a turn, else all; or those nobody was given."""
    mine = data.read(visit, data.turns.has_turn, visit.now, visit.person.id)
    others = {"pool": "未分工的"} | ({"all": "全部"} if mine else {})
    left, _ = st.columns([1, 3])
    with left:
        chosen = filters.choose("分工", "whose", others, "分给我的" if mine else "全部")
    known: dict[str, int | None] = {"all": None, "pool": 0}
    return known.get(chosen, visit.person.id if mine else None)


def _parts() -> dict[str, str]:
    """Ways to share the queue among two to five people, each account to one of them."""
    return {f"{n}-{of}": f"{of}人分看，我看第{n}份" for of in range(2, 6) for n in range(1, of + 1)}


def _part(text: str) -> tuple[int, int]:
    part, _, parts = text.partition("-")
    return (int(part), int(parts)) if parts else (1, 1)


def _figures(visit: Visit, queue: Queue) -> Html:
    today = shanghai_day(visit.now)
    monday = day_start(today) - today.weekday() * DAY
    done = data.read(visit, data.patrol.looked, visit.now, monday)
    told = (
        f"待巡查{queue.total:,}个，预计{say.stretch(queue.seconds)}(每个约40秒)；"
        f"本周已巡查{done:,}个。有接口且正常的账号不在其中。"
    )
    return Html(f'<p class="ms-lead">{told}</p>')


def _work(visit: Visit, rows: list[Queued]) -> None:
    if not rows:
        one_look.said()
        todo: tuple[str | Html, ...] = ("看过的账号五天内不再列出；数据将失效时会自动回到这里。",)
        if one_look.skipped():
            todo += ("本次跳过的账号，刷新页面后重新列出。",)
        markup.show(markup.empty("没有需要巡查的账号", todo))
        return
    one_look.show(visit, rows[0])


def _ahead(queue: Queue) -> None:
    """Those that follow, and how long what is known of each still holds."""
    if len(queue.rows) < 2:  # noqa: PLR2004  # the first one stands above
        return
    st.subheader("接下来", anchor=False)
    columns = ("账号", "平台", "主办单位", "上次所见", "上次查看", "现有结论")
    rows = [
        (
            markup.link(each.name, links.account(each.account_id)),
            say.platform(each.platform),
            markup.joined(each.unit_name, markup.faint(each.region_name)),
            say.published(each.last_from, each.last_until),
            say.moment(each.looked_at),
            each.outcome or "尚未比对",
        )
        for each in queue.rows[1 : AHEAD + 1]
    ]
    markup.show(markup.table(columns, rows, lesser={"平台", "上次查看"}))


def _split(shares: tuple[Share, ...]) -> None:
    """Who could look at what: places with their accounts and hours."""
    if len(shares) < 2:  # noqa: PLR2004
        return
    with st.expander("按市州、县市区分工"):
        rows = [
            (
                markup.link(
                    say.place(each.region_name, each.county),
                    links.to(links.PATROL, region=each.region, county=each.county),
                ),
                f"{each.accounts:,}个",
                say.stretch(each.seconds),
            )
            for each in shares
        ]
        markup.show(markup.table(("地方", "待巡查", "预计用时"), rows))
