"""正文 as it is kept: what a reader of the page sees, in bounds, whatever was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.bodies import UNFIT, body, caption, of_html, plain
from monitor.collect.errors import PlatformError
from monitor.domain.post import LONGEST_TEXT

SIGNS = st.text(alphabet="<>/!&;pscriptdv \n\r\t\x00正文\"'=", max_size=200)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("<p>一盔一带</p><p>慢行</p>", "一盔一带\n慢行"),
        ("<p>一盔<b>一带</b>,<span style='x'>慢行</span></p>", "一盔一带,慢行"),
        ("甲<br/>乙<script>var a = '<p>丙</p>'</script>丁", "甲\n乙\n丁"),
        ("<style>p{}</style><section>甲 &amp; 乙&nbsp;丙</section>", "甲 & 乙 丙"),
        ("3 < 5 且 7 > 2", "3 < 5 且 7 > 2"),
        ("<p><img alt='图'/></p>", ""),
        ("<script>没有结尾", ""),
    ],
)
def test_of_a_page_stay_the_words_that_are_seen(source: str, read: str) -> None:
    assert of_html(source) == read


def test_plain_words_keep_their_paragraphs_and_lose_what_nobody_sees() -> None:
    assert plain(" 甲\u200b乙 \r\n\n\t丙\x00 ") == "甲乙\n丙"


def test_what_is_no_text_is_refused_and_what_is_missing_is_none() -> None:
    assert body({}, "desc", "某接口") == body({"desc": None}, "desc", "某接口") == ""
    with pytest.raises(PlatformError, match="desc"):
        body({"desc": 5}, "desc", "某接口")


def test_a_caption_that_its_title_holds_whole_is_not_kept_twice() -> None:
    assert caption({"text": "短"}, "text", "某接口") == ""
    assert caption({"text": "长" * 501}, "text", "某接口") == "长" * 501


@given(SIGNS | st.text(max_size=200))
def test_whatever_is_sent_comes_out_fit_and_in_bounds(source: str) -> None:
    for words in (of_html(source), plain(source)):
        assert len(words) <= LONGEST_TEXT
        assert not UNFIT.search(words)
        assert words == words.strip()
        words.encode("utf-8")
        assert plain(words) == words


def test_a_long_article_is_cut_where_the_longest_kept_ends() -> None:
    assert of_html("<p>" + "长" * 5_000 + "</p>") == "长" * LONGEST_TEXT
    assert len(of_html("<" * 1_000_000)) <= LONGEST_TEXT
