"""Texts for a group: whole lines from the front, the rest counted, never over 450 characters."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.report import group_text

HEAD, FOOT = "【整改提醒】:", "已办请忽略。"


@given(st.lists(st.text("号平安局;", min_size=1, max_size=90), max_size=40))
def test_a_listing_says_the_first_lines_whole_and_counts_all_others(lines: list[str]) -> None:
    text = group_text.listing(HEAD, lines, "件", FOOT)
    assert len(text) <= group_text.LONGEST
    assert text.startswith(HEAD)
    assert text.endswith(FOOT)
    body = text[len(HEAD) : -len(FOOT)]
    shown = [n for n in range(len(lines) + 1) if body.startswith("".join(lines[:n]))]
    rest = [len(lines) - n for n in shown]
    assert body in {
        "".join(lines[:n]) + (f"另有{left}件见系统。" if left else "")
        for n, left in zip(shown, rest, strict=True)
    }


def test_a_long_line_is_not_passed_over_for_a_shorter_one_behind_it() -> None:
    text = group_text.listing(HEAD, ["甲;", "长" * 450, "乙;"], "件", FOOT)
    assert text == f"{HEAD}甲;另有2件见系统。{FOOT}"
