"""The words the office answers for stand on the screens, exactly as the office wrote them."""

import pytest
import streamlit

from dashboard import frame, markup
from dashboard.sheets import Sheets
from monitor.report import wording

PURPOSE = (
    "本系统用于公安机关依规备案的官方政务新媒体账号的运行管理。不监测公民个人账号,"
    "不采集公民个人主页,不具备发布、点赞、跟评、转发功能。"
)
SECRET = "本系统为非涉密系统,严禁存储、处理、传输国家秘密和警务工作秘密。"
SUSPECTED = "“疑似问题”为系统初步比对结果,未经核实不得作为通报、考核依据。"
UNDECIDED = "“暂不作认定”表示数据不足,不代表该账号存在问题。"


def test_the_foot_of_every_page_says_what_lists_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(streamlit, "html", said.append)
    frame._foot("页面时间")
    (foot,) = said
    for words in (PURPOSE, SECRET, SUSPECTED, UNDECIDED):
        assert words in foot


def test_the_entrance_says_what_the_product_is_for_and_that_no_secret_belongs_here() -> None:
    sheet = Sheets("省公安厅宣传处", demo=False).login(token="t", onward="/").replace("，", ",")
    assert PURPOSE in sheet
    assert SECRET in sheet


def test_the_banner_of_a_text_box_is_the_offices_sentence() -> None:
    assert SECRET in markup.unclassified().text
    assert wording.NOTE_EARLY == "提前提醒只发给您本人和联络员,按期恢复不计入通报。"
