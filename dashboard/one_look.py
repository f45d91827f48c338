"""巡查: one account, its page to open, three keys for the commonest answers, and the questions."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup, say
from dashboard.markup import Html
from monitor.actions import patrol as acting
from monitor.actions.patrol import Answer, Looked, Told
from monitor.domain.errors import InputError
from monitor.domain.instants import BEGINNING
from monitor.domain.patrol import Comments, Doubt, Seen

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.patrol import Queued

SKIPPED: Final = "patrol_skipped"
SHOWN: Final = "patrol_shown"
ASKING: Final = "patrol_asking"
SAID: Final = "patrol_said"
FOCUS: Final = "patrol_focus"
"""Another one at each press of 2: the browser then enters the field."""
PHOTOS: Final = "local/patrol"
"""Where screenshots are kept, below the data folder."""
LARGEST_PHOTO_MB: Final = 5
TRAPS: Final = (
    "置顶内容不是最新：请看置顶以下的第一条。",
    "只看到日期就只填日期；“3天前”“昨天18:05”“刚刚”照原样填写，系统换算为时间范围。",
)
PLATFORM_TRAPS: Final = {
    "wechat": "微信主页只显示已通知的内容，“发表”而未通知的看不到；未见到不等于没有发布。",
    "weibo": "微博请切换到“最新”排序；对方若设为“半年可见”，更早的看不到。",
    "douyin": "抖音作品页可能有多条置顶，请往下看到没有“置顶”字样的第一条。",
    "toutiao": "头条号请看“全部”栏，按时间而不是按热度排列。",
}
QUESTIONS: Final = {
    Doubt.SECOND_WANTED: "按这个时间，该账号将超过更新期限。请再看一眼：第二条是什么时间发布的？",
    Doubt.PINNED: "第二条比最近一条还新，最近一条应为置顶内容。请重新填写最近一条。",
    Doubt.NEWER_KNOWN: "系统已知有更新的作品，是否把置顶当成了最新、排序不是“最新”，或作品已删除？",
}


def skipped() -> set[int]:
    """Accounts this person passed over; they come back with a new visit."""
    found: set[int] = st.session_state.setdefault(SKIPPED, set())
    return found


def said() -> None:
    """What became of the look before."""
    told = st.session_state.pop(SAID, "")
    if told:
        st.toast(told)


def show(visit: Visit, row: Queued) -> None:
    """The account, its traps, and the ways to answer."""
    said()
    _arrived(visit, row)
    with st.container(border=True, key="patrol"):
        markup.show(_head(row, visit.now))
        _way(row)
        left, right = st.columns([3, 2], gap="large")
        with right:
            markup.show(_traps(row.platform))
        with left:
            asking = st.session_state.get(ASKING)
            if asking is not None and asking[0].account_id == row.account_id:
                _question(visit, row, *asking)
            else:
                _keys(visit, row)
                _form(visit, row)


def _arrived(visit: Visit, row: Queued) -> None:
    """When this row came on the screen, and the key its look is stored under once."""
    shown = st.session_state.get(SHOWN)
    if shown is None or shown[0] != row.account_id:
        st.session_state[SHOWN] = (row.account_id, visit.now, token_hex(8))
        st.session_state.pop(ASKING, None)
        st.session_state.pop(FOCUS, None)


def _head(row: Queued, now: int) -> Html:
    before = "、".join(
        part for part in (row.seen or "", "主页无任何作品" if row.empty else "") if part
    )
    lapses = "—" if row.lapses_at is None else say.stretch(max(0, row.lapses_at - now))
    known = say.published(row.last_from, row.last_until)
    pairs = markup.pairs(
        (
            ("账号ID", row.uid or "ID待补"),
            ("上次所见", markup.joined(known, markup.faint(row.last_title or ""))),
            ("上次查看", markup.joined(say.moment(row.looked_at), markup.faint(before))),
            ("再过多久失效", "已失效" if row.outcome == "暂不作认定" else lapses),
        )
    )
    whose = markup.faint(f" {say.platform(row.platform)} · {row.unit_name}")
    return Html(f"<h3>{markup.raw(row.name)}</h3><p>{whose.text}</p>{pairs.text}")


def _way(row: Queued) -> None:
    address = row.homepage or row.last_url or ""
    if address.startswith(("https://", "http://")):
        st.link_button(
            "打开主页" if row.homepage else "打开最近一条",
            address,
            type="primary",
            icon=":material/open_in_new:",
            shortcut="4",
        )
        return
    markup.show(markup.note(f"台账未登记主页链接：请在{say.platform(row.platform)}内搜索该账号。"))


def _traps(platform: str) -> Html:
    own = PLATFORM_TRAPS.get(platform)
    lines = "".join(f"<li>{line}</li>" for line in ((own,) if own else ()) + TRAPS)
    return Html(f'<div class="ms-empty"><b>容易看错的地方</b><ol>{lines}</ol></div>')


def _keys(visit: Visit, row: Queued) -> None:
    """1, 2, 3 for the commonest answers, then the rarer ones."""
    one, two, three = st.columns(3)
    nothing = row.last_from is None and not row.empty
    if one.button("已查看，与上次相同", shortcut="1", disabled=nothing, width="stretch"):
        _send(visit, row, same=True)
    if two.button("填最近一条", shortcut="2", type="primary", width="stretch"):
        st.session_state[FOCUS] = token_hex(4)
    if three.button("打不开/搜不到", shortcut="3", width="stretch"):
        _send(visit, row, seen=Seen.UNREACHABLE)
    gone, renamed, past = st.columns(3)
    if gone.button("已注销提示页", width="stretch"):
        _send(visit, row, seen=Seen.DEREGISTERED)
    if renamed.button("已改名", width="stretch"):
        st.session_state[f"patrol_renamed_{row.account_id}"] = True
    if past.button("跳过", width="stretch"):
        skipped().add(row.account_id)
        st.rerun()


def _form(visit: Visit, row: Queued) -> None:
    key = row.account_id
    with st.form(f"patrol_form_{key}", border=False):
        markup.show(markup.unclassified())
        with st.container(key=f"patrol_newest_{st.session_state.get(FOCUS, 'none')}"):
            newest = st.text_input(
                "最近一条发布时间", key=f"newest_{key}", placeholder="如 3天前、昨天18:05、11-20"
            )
        empty = st.checkbox("主页无任何作品", key=f"empty_{key}")
        post = st.text_input("最近一条标题或链接", key=f"post_{key}", max_chars=500)
        comments = st.segmented_control(
            "能否评论留言",
            [each.value for each in Comments],
            default=Comments.UNSEEN.value,
            key=f"comments_{key}",
            required=True,
        )
        name_now = ""
        if st.session_state.get(f"patrol_renamed_{key}"):
            name_now = st.text_input("现用名称", key=f"name_{key}", max_chars=100)
        remark = st.text_input("备注", key=f"remark_{key}", max_chars=200)
        photo = st.file_uploader(
            "截图(可不传)",
            type=["png", "jpg", "jpeg"],
            key=f"photo_{key}",
            max_upload_size=LARGEST_PHOTO_MB,
        )
        if st.form_submit_button("保存，看下一个", type="primary"):
            _send(
                visit,
                row,
                seen=Seen.RENAMED if name_now else Seen.OK,
                newest=newest,
                empty=empty,
                post=post,
                comments=Comments(comments or Comments.UNSEEN.value),
                name_now=name_now,
                remark=remark,
                photo=b"" if photo is None else photo.getvalue(),
            )


def _question(visit: Visit, row: Queued, told: Told, looked: Looked) -> None:
    """What must be known before the look proves anything."""
    st.warning(QUESTIONS[looked.doubt])
    if looked.known is not None and looked.doubt is Doubt.NEWER_KNOWN:
        known = looked.known
        line = f"已知：{say.published(*known.when)} {known.title}"
        markup.show(markup.note(markup.joined(line, markup.link("打开", known.url, outside=True))))
    if looked.doubt is Doubt.SECOND_WANTED:
        _second(visit, row, told)
    back, gone, unsure = st.columns(3)
    if back.button("重新填写", shortcut="2", width="stretch"):
        st.session_state.pop(ASKING)
        st.rerun()
    newer = looked.doubt is Doubt.NEWER_KNOWN
    if newer and gone.button("该作品已删除", shortcut="1", width="stretch"):
        _again(visit, row, told, answer=Answer.GONE)
    if unsure.button("拿不准，只登记", shortcut="3", width="stretch"):
        _again(visit, row, told, answer=Answer.UNSURE)


def _second(visit: Visit, row: Queued, told: Told) -> None:
    """The second-newest post, as the last look saw it where it did."""
    before = ""
    if row.second_from is not None and row.second_until is not None:
        unknown = row.second_from == BEGINNING
        before = "无" if unknown else say.moment(row.second_from)[:10]
    with st.form(f"patrol_second_{row.account_id}", border=False):
        with st.container(key="patrol_second"):
            second = st.text_input("第二条发布时间", value=before, placeholder="没有第二条就填“无”")
        if st.form_submit_button("保存，看下一个", type="primary"):
            if second.strip():
                _again(visit, row, told, second=second)
            else:
                st.error("请填写第二条发布时间；没有第二条就填“无”。")


def _send(visit: Visit, row: Queued, **values: object) -> None:
    _, shown_at, _ = st.session_state[SHOWN]
    _store(visit, row, Told(row.account_id, shown_at, **values))  # type: ignore[arg-type]


def _again(visit: Visit, row: Queued, told: Told, **values: object) -> None:
    fields = {name: getattr(told, name) for name in told.__slots__}
    _store(visit, row, Told(**(fields | values)))


def _store(visit: Visit, row: Queued, told: Told) -> None:
    """Store it and go on to the next row; a doubt or a mistake stays on this one."""
    _, _, key = st.session_state[SHOWN]
    try:
        looked = acting.look(visit.store, visit.person, told, key, visit.data_dir / PHOTOS)
    except InputError as wrong:
        st.error(str(wrong))
        return
    if looked.doubt:
        st.session_state[ASKING] = (told, looked)
    else:
        st.session_state.pop(ASKING, None)
        st.session_state[SAID] = f"已保存：{row.name}。{_understood(looked)}"
    st.rerun()


def _understood(looked: Looked) -> str:
    seen = looked.look
    if seen.newest is not None:
        return f"最近一条：{say.published(*seen.newest)}"
    return "主页无任何作品" if seen.empty else seen.seen.value
