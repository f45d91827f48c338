"""A robot's text is cut between accounts, never within one, and holds no more bytes than it may."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.campaign import Content, Kind, Order, TaskState
from monitor.domain.campaign_rules import Audience
from monitor.domain.instants import typed_minute
from monitor.domain.notice import Asked, Matter, Post, What
from monitor.report import campaign_notice

DUE = typed_minute("2026-11-26 18:00")
NAMES = st.text(st.characters(categories=["Lo", "Nd"]), min_size=1, max_size=12)


def a_post(names: list[str], title: str = "提示", what: What = What.ISSUED) -> Post:
    content = Content(Kind.DRILL, title, Order.TOGETHER, "说明", "正文", due=DUE, contact="值班室")
    asked = Asked(7, "协同〔2026〕001号", content, "/1/", "湖北省公安厅")
    matters = tuple(
        Matter(
            *(number, asked, name, "douyin", 3, "江陵县公安局", "/1/2/3/", "荆州市"),
            *(TaskState.TO_PUBLISH, DUE, DUE, what, what.value),
        )
        for number, name in enumerate(names)
    )
    return Post(None, Audience.UNIT, matters)


@given(st.lists(NAMES, min_size=1, max_size=60), st.sampled_from([700, 2048, 6000]))
def test_every_account_stands_whole_in_one_part_and_no_part_is_too_long(
    names: list[str], most: int
) -> None:
    letters = campaign_notice.letters(a_post(names), "https://desk.example.cn", most)
    texts = [each.group_text for each in letters]
    assert max(len(each.encode()) for each in texts) <= most
    assert all("协同" in each for each in texts)
    lines = "".join(texts)
    for name in names:
        assert f"江陵县公安局“{name}”(抖音)" in lines
    assert lines.count("江陵县公安局“") == len(names)
    assert "https://desk.example.cn/campaigns?id=7" in texts[-1]
    if len(texts) > 1:
        assert all(f"({n}/{len(texts)})" in each for n, each in enumerate(texts, 1))


@given(st.text(min_size=1, max_size=64), st.lists(NAMES, min_size=1, max_size=80))
def test_a_group_text_holds_no_more_than_450_characters(title: str, names: list[str]) -> None:
    (letter,) = campaign_notice.letters(a_post(names, title), "")
    assert len(letter.group_text) <= 450
    assert "【演练】" in letter.group_text


def test_what_must_not_be_published_stands_on_top_and_carries_no_text_to_publish() -> None:
    stopped = a_post(["平安江陵"], what=What.STOPPED)
    issued = a_post(["江陵交警"])
    post = Post(None, Audience.UNIT, (*issued.matters, *stopped.matters))
    letter = campaign_notice.compose(post, "")
    assert letter.subject == "【紧急停发】等2项,2个账号"
    assert letter.text.index("请立即停止发布") < letter.text.index("协同发布")
    only = campaign_notice.compose(stopped, "")
    assert "发布内容" not in only.text
    assert "前发布" not in only.group_text
