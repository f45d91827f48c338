"""大屏: big figures that renew themselves; 参观模式 shows no person, no unit that is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import campaign_board, campaign_words, data, filters, guests, links, markup, say
from dashboard.markup import Card
from dashboard.page import OVERVIEW, Visit, fragment, page
from monitor.actions import campaign_terms
from monitor.domain.campaign import State
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Html
    from monitor.actions.campaign_terms import Figures
    from monitor.record.screens.campaign_board import Published
    from monitor.record.screens.campaigns import Line
    from monitor.record.screens.wall import Standing

EVERY: Final = "30s"
LATE: Final = ("市州", "应发", "已发布", "未发布", "无法核验")
MOST: Final = 8


@page(
    "wall",
    title="大屏",
    icon=":material/monitor:",
    section=OVERVIEW,
    order=90,
    permission=Permission.SEE_HOME,
)
def wall(visit: Visit) -> None:
    """The mode, and below it what renews itself."""
    markup.style()
    mode = filters.tabs("模式", guests.MODE, guests.MODES)
    st.title(guests.TITLE if mode == guests.GUESTS else "大屏", anchor=False)
    _drawn(visit, mode)


@fragment(run_every=EVERY)
def _drawn(visit: Visit, mode: str) -> None:
    """The figures of now; a screen left alone shows them anew by itself."""
    found = data.read(visit, data.wall.standing, visit.now)
    if not found.accounts:
        markup.show(markup.unscoped() if visit.scope.empty else markup.empty("尚无账号", ()))
        return
    markup.show(_totals(found), _platforms(found))
    line, tasks = _live(visit)
    if line is not None:
        _campaign(visit, line, tasks, public=mode == guests.GUESTS)
    markup.show(
        markup.note(f"{say.moment(visit.now)}更新，每{EVERY.removesuffix('s')}秒自动更新。")
    )


def _totals(found: Standing) -> Html:
    posts = "尚无数据" if found.posts is None else f"{found.posts:,}篇"
    return _big(
        Card("备案账号", f"{found.accounts:,}个", "官方账号"),
        Card("覆盖市州", f"{found.places:,}个"),
        Card("覆盖平台", f"{len(found.platforms):,}个"),
        Card("近30天发布", posts, "" if found.posts is None else "已采集到的，不少于"),
    )


def _platforms(found: Standing) -> Html:
    cards = [Card(say.platform(name), f"{count:,}个") for name, count in found.platforms]
    return markup.Html(f'<div class="ms-wall-row">{markup.cards(cards).text}</div>')


def _live(visit: Visit) -> tuple[Line | None, Sequence[Published]]:
    """The campaign under way that published first of late: before that it is nobody's to see."""
    if not visit.may(Permission.SEE_CAMPAIGNS):
        return None, ()
    listed = data.read(visit, data.campaigns.listing, visit.now, data.campaigns.Wanted())
    live = [each for each in listed.rows if each.kept.state is State.UNDER_WAY and not each.stopped]
    for line in sorted(live, key=lambda each: -(each.kept.issued_at or 0)):
        wanted = data.campaign_board.Wanted(campaign=line.kept.id)
        tasks = data.read(visit, data.campaign_board.published, visit.now, wanted)
        if any(each.task.published is not None for each in tasks):
            return line, tasks
    return None, ()


def _campaign(visit: Visit, line: Line, tasks: Sequence[Published], *, public: bool) -> None:
    """How far it is; who is late stands there for the office only."""
    told = campaign_terms.figures([each.task for each in tasks])
    times = data.read(visit, data.campaign_board.times, visit.now, line.kept.id)
    st.subheader(f"协同发声　{campaign_words.title(line)}", anchor=False)
    out = told.verified + told.doubtful
    since = "" if times.first is None else say.stretch(visit.now - times.first)
    cards = [
        Card("已发布账号", f"{out:,}个", f"应发{told.asked:,}个"),
        Card("已发布比例", say.percent(told.share)),
        Card("首发至今", since or say.NONE),
    ]
    if not public:
        cards.append(_missing(line, told))
    left, right = st.columns([2, 3], gap="large", vertical_alignment="center")
    places = campaign_board.places(tasks)
    with left:
        markup.show(_big(*cards))
    with right:
        campaign_board.region_map_of(visit, line, places, plain=public)
    if not public:
        markup.show(markup.table(LATE, [_late(name, some) for (_, name), some in places[:MOST]]))


def _missing(line: Line, told: Figures) -> Card:
    return Card(
        "未发布",
        f"{told.missing:,}个",
        f"无法核验{told.unknown:,}个",
        links.campaign(line.kept.id, "calls"),
        alarming=told.missing > 0,
    )


def _late(name: str, found: Sequence[Published]) -> tuple[str, ...]:
    told = campaign_terms.figures([each.task for each in found])
    figures = (told.asked, told.verified + told.doubtful, told.missing, told.unknown)
    return (name or "省级", *(f"{each:,}" for each in figures))


def _big(*cards: Card) -> Html:
    return markup.Html(f'<div class="ms-wall">{markup.cards(cards).text}</div>')
