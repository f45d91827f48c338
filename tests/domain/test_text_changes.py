"""Versions of a text side by side: nothing is lost, and what changed is marked as one reads it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.text_changes import changes

TEXTS = st.text(alphabet="公安局提醒您\n 12.ab,。", max_size=60)


def marked(old: str, new: str) -> str:
    return "".join(
        f"[{each.old}|{each.new}]" if each.changed else each.old for each in changes(old, new)
    )


def test_what_changed_is_marked_and_no_more() -> None:
    for old, new, told in (
        ("10月6日18:00前发布。", "10月7日18:00前发布。", "10月[6|7]日18:00前发布。"),
        ("追回12万元", "追回120万元", "追回[12|120]万元"),
        ("请勿转账。", "请勿垫资、转账。", "请勿[|垫资、]转账。"),
        ("第一段。\n第二段。\n", "第一段。\n", "第一段。\n[第二段。\n|]"),
        ("民警正在处置", "民警已到处置", "民警[正在|已到]处置"),
        ("一样", "一样", "一样"),
        ("", "新写", "[|新写]"),
    ):
        assert marked(old, new) == told


@given(TEXTS, TEXTS)
def test_both_versions_stand_in_the_pieces_to_the_character(old: str, new: str) -> None:
    found = changes(old, new)
    assert "".join(each.old for each in found) == old
    assert "".join(each.new for each in found) == new
    assert all(each.old or each.new for each in found)
    assert not any(one.changed and two.changed for one, two in pairwise(found))


@given(TEXTS)
def test_a_text_has_not_changed_against_itself(text: str) -> None:
    assert not any(each.changed for each in changes(text, text))
