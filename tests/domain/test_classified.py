"""A mark of secrecy stops a text however it is written; the mention of secrets does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.classified import mark_in, refuse_marked
from monitor.domain.errors import InputError

MARKED = (
    "绝密",
    "机密",
    "秘密★",
    "秘密★1年",
    "机密★长期",
    "密级:秘密",
    "【秘密】",
    "内部警情编号",
    "警情编号:4201022026112200",
)
HIDDEN = ["", " ", "\u200b", "\ufeff", "\u3000", "\u00ad", "\u2060", "·", "-", "\t", "\u0301"]


@pytest.mark.parametrize("mark", MARKED)
def test_a_mark_is_found(mark: str) -> None:
    assert mark_in(f"关于某事的通知 {mark} 请阅")


@given(st.sampled_from(MARKED), st.data(), st.text(max_size=20), st.text(max_size=20))
def test_what_is_put_between_the_characters_hides_no_mark(
    mark: str, data: st.DataObject, before: str, after: str
) -> None:
    written = "".join(sign + data.draw(st.sampled_from(HIDDEN)) for sign in mark)
    wide = "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" and data.draw(st.booleans()) else sign
        for sign in written
    )
    assert mark_in(f"{wide}\n{before}。") or mark_in(f"{wide}\n")
    assert mark_in(f"通知\n{wide}\n请阅")


@pytest.mark.parametrize("line", ["秘密", " 秘 密 ", "工作秘密", "秘密 1年", "秘密\u200b"])
def test_a_line_that_is_nothing_but_the_mark_is_one(line: str) -> None:
    assert mark_in(f"关于某事的通知\n{line}\n正文")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "保守国家秘密,人人有责:4·15全民国家安全教育日",
        "手机密码别告诉任何人",
        "计算机密钥保管常识",
        "与司机密切配合",
        "杜绝密码泄露",
        "飞机密闭舱体验",
        "商业秘密如何保护",
        "本系统为非涉密系统,严禁存储、处理、传输国家秘密和警务工作秘密。",
        "接警后十分钟到达",
        "联系电话 027-00001234",
        "警情通报(演示):关于城南路口交通事故的情况通报",
    ],
)
def test_ordinary_words_pass(text: str) -> None:
    assert mark_in(text) == ""


@given(st.text(alphabet="平安江陵交警大队提醒市民防范诈骗秘，。！0123456789 ", max_size=60))
def test_texts_without_the_characters_of_a_mark_pass(text: str) -> None:
    if not any(run.isdigit() and len(run) >= 8 for run in text.split()):
        assert mark_in(text) == ""


def test_the_refusal_names_the_field_and_the_mark_and_no_more() -> None:
    refuse_marked({"标题": "防诈提示", "备注": ""})
    with pytest.raises(InputError, match="机密") as told:
        refuse_marked({"备注": "某人的电话 13800001234 机密"})
    assert "13800001234" not in str(told.value)
    assert "备注" in str(told.value)
