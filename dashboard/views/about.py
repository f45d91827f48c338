"""关于本系统: what it is for, what it does not do, and the words that stand under its lists."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import markup
from dashboard.page import SETTINGS, Visit, page
from monitor.domain.person import Permission
from monitor.report import wording

LINES: Final = (
    ("用途", wording.NOTE_PURPOSE),
    ("保密", wording.NOTE_UNCLASSIFIED),
    ("疑似问题", wording.NOTE_SUSPECTED),
    ("暂不作认定", wording.NOTE_UNDECIDED),
    ("基层减负", wording.NOTE_BURDEN),
    ("提前提醒", wording.NOTE_EARLY),
    (
        "协同发声",
        "协同任务仅面向备案官方账号,内容为公开权威信息。严禁要求干警、群众、学生点赞、投票、转发、跟评;"
        "发现请向省厅宣传处反映。",
    ),
    (
        "民警个人账号",
        "自愿参与,可不参加,不作任何考核依据;本人可随时退出,退出后各页和导出不再出现。",
    ),
    ("群众信息", "不保存评论者的昵称和用户标识;联系方式加密存放,查看须写明事由并留痕。"),
)


@page(
    "about",
    title="关于本系统",
    icon=":material/info:",
    section=SETTINGS,
    order=90,
    permission=Permission.SEE_HOME,
)
def about(visit: Visit) -> None:
    """The words the office answers for."""
    markup.style()
    st.title("关于本系统", anchor=False)
    markup.show(markup.pairs((("使用单位", visit.office), *LINES)))
