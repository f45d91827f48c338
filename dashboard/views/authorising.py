"""授权: how long each authorisation lasts, and the link by which its operator renews it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, links, markup, page, say
from dashboard.page import SOURCES, Visit
from monitor.actions import connecting, readers, renewal_text
from monitor.domain.errors import SentinelError
from monitor.domain.instants import DAY
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Html
    from monitor.record.screens.runway import Runway

SIZE: Final = 50
VALID: Final = "有效"
SOON: Final = 7


@page.page(
    "authorising",
    title="授权",
    icon=":material/key:",
    section=SOURCES,
    order=44,
    permission=Permission.SEE_COLLECTING,
)
def authorising(visit: Visit) -> None:
    """What runs out first, and what to send to whom."""
    markup.style()
    st.title("授权", anchor=False)
    number = max(1, links.number(st.query_params.to_dict(), filters.PAGE) or 1)
    offset = (min(number, 10_000) - 1) * SIZE
    found = data.read(visit, data.runway.runways, visit.now, limit=SIZE, offset=offset)
    if not found.total:
        markup.show(
            markup.empty(
                "您的范围内尚无授权",
                ("没有授权也可以：用后台导出或人工巡查取得数据。", "有授权的，由系统管理员登记。"),
            )
        )
        return
    told = f"授权{found.total:,}项 · 已失效{found.void:,}项 · 7日内到期{found.soon:,}项"
    markup.show(markup.note(told))
    columns = ("账号", "接口", "状态", "到期", "剩余", "需要谁做什么")
    markup.show(markup.table(columns, [_line(each, visit.now) for each in found.rows]))
    filters.pager(found.total, SIZE)
    _group(visit)
    if visit.may(Permission.MANAGE_SECRETS):
        _invite(visit, found.rows)


def _group(visit: Visit) -> None:
    text = renewal_text.group(visit.store, visit.person)
    if not text:
        return
    with st.expander("到期提醒（可直接粘贴到工作群）"):
        markup.show(
            markup.note("14天内到期的全部列入。不含链接：每个账号的链接单独生成、单独发送。")
        )
        st.code(text, language=None, wrap_lines=True)


def _line(each: Runway, now: int) -> list[str | Html]:
    left = None if each.expires_at is None else (each.expires_at - now) // DAY
    if each.account_id:
        account = markup.joined(
            markup.link(each.name, links.account(each.account_id)), markup.faint(each.unit_name)
        )
    else:
        account = markup.joined("应用密钥", markup.faint("全部账号共用"))
    tone = "正常" if each.state == VALID else "失败"
    return [
        account,
        readers.title(each.reader),
        markup.badge(tone, each.state),
        say.moment(each.expires_at) if each.expires_at is not None else "没有到期日",
        _left(each, left),
        _who(each, left),
    ]


def _left(each: Runway, left: int | None) -> str | Html:
    if each.state != VALID or left is None:
        return say.NONE
    if left < 0:
        return markup.badge("失败", "已到期")
    return markup.badge("提醒", f"{left}天") if left < SOON else f"{left}天"


def _who(each: Runway, left: int | None) -> str:
    if each.state == VALID and (left is None or left >= SOON):
        return say.NONE
    if not each.account_id:
        return "系统管理员重新登记应用密钥"
    if readers.connects(each.reader):
        return "账号管理员打开授权链接，重新同意"
    return "账号管理员在平台后台取得新密钥，由系统管理员登记"


def _invite(visit: Visit, rows: tuple[Runway, ...]) -> None:
    """A link for one account, to be copied to its operator."""
    able = {
        (each.reader, each.account_id): each
        for each in rows
        if each.account_id and readers.connects(each.reader)
    }
    if not able:
        return
    st.subheader("重新授权", anchor=False)
    with st.form("authorising_invite", border=False):
        chosen = st.selectbox(
            "账号",
            list(able),
            format_func=lambda key: f"{able[key].name}（{readers.title(key[0])}）",
            filter_mode=None,
        )
        sent = st.form_submit_button("生成授权链接", type="primary")
    if not sent:
        return
    try:
        address = connecting.invite(visit.store, page.dial(), visit.person, chosen)
    except SentinelError as error:
        st.error(str(error))
        return
    each = able[chosen]
    markup.show(markup.note("7天内有效。复制下面的文字，发给该账号的管理员，用手机打开即可。"))
    text = (
        f"{each.unit_name}：“{each.name}”的数据读取授权需要重新同意，"
        f"请账号管理员7天内打开：{address}"
    )
    st.code(text, language=None, wrap_lines=True)
