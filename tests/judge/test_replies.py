"""How comments are answered: said only where a rulebook asks, and never of too few comments."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.errors import InputError
from monitor.domain.facts import Facts, Replies, Service
from monitor.domain.finding import Judgement, Outcome
from monitor.domain.instants import DAY, HOUR
from monitor.domain.numbers import Provenance
from monitor.domain.rulebook import Rulebook
from monitor.domain.service import Function
from monitor.judge.evaluate import judge
from monitor.judge.replies import windows
from monitor.judge.rulebook import parse
from tests.judge.evidence import measure
from tests.judge.shelf import NOW, book, document, of, silent

ASKED = {
    "window_days": 30,
    "least_comments": 20,
    "least_percent": 50,
    "most_hours": 48,
    "source": "本厅设定,国家和省无规定",
    "rank": "本厅设定",
}
OLDEST = NOW - 20 * DAY


def spoken(comments: int, replies: int, wait: int | None, **changes: Any) -> Facts:
    """A healthy account whose comments are open, answered like that on two of three posts."""
    usual = Replies(30, 3, 2, comments, replies, wait, OLDEST, (Provenance.INTERFACE,))
    services = (Service(Function.COMMENTS, True, NOW - DAY, measured=True),)
    told = replace(measure(silent(DAY), NOW), services=services, replies=(usual,))
    return replace(told, **changes)


def asking(**asked: Any) -> Rulebook:
    """The office's rulebook with `reply` set; a value of None leaves a line out."""
    page = document("hubei-default")
    lines = {key: value for key, value in (ASKED | asked).items() if value is not None}
    page["rules"]["不互动"]["parameters"]["reply"] = lines
    return parse(page)


ASKING = asking()


def judged(facts: Facts, **asked: Any) -> Judgement:
    """By that rulebook."""
    return judge(facts, asking(**asked) if asked else ASKING)


@pytest.mark.parametrize(
    ("comments", "replies", "wait", "expected"),
    [
        (20, 10, 48 * HOUR, None),
        (20, 9, 48 * HOUR, "提醒"),
        (20, 10, 48 * HOUR + 1, "提醒"),
        (20, 0, None, "提醒"),
        (20, 10, None, None),
        (19, 0, None, None),
        (0, 0, None, None),
    ],
)
def test_answers_too_rare_or_too_late_are_a_hint_and_too_few_comments_say_nothing(
    comments: int, replies: int, wait: int | None, expected: str | None
) -> None:
    found = of(judged(spoken(comments, replies, wait)), "不互动")
    assert (found[0] if found else None) == expected


def test_the_sentence_counts_and_says_of_how_many_posts_it_knows() -> None:
    assert of(judged(spoken(21, 4, 50 * HOUR)), "不互动") == (
        "提醒",
        "截至2026年11月23日的30天内,3件作品中2件读到评论数和回复数(接口采集),"
        "共有评论21次、回复4次,回复率19.0%(4/21),低于50%;"
        "等待回复的中位时长50小时(自然时间),超过48小时(本厅设定,国家和省无规定)。",
    )


def test_a_share_or_a_wait_just_beyond_the_limit_is_never_printed_as_the_limit() -> None:
    found = of(judged(spoken(10_000, 4_999, 48 * HOUR + 1)), "不互动")
    assert found is not None
    assert "回复率49.9%(4999/10000),低于50%" in found[1]
    assert "48小时余(自然时间),超过48小时" in found[1]


def test_an_office_may_make_it_fail_and_ask_for_one_of_both_only() -> None:
    slow = spoken(20, 20, 900 * HOUR)
    assert of(judged(slow, most_hours=None), "不互动") is None
    assert (of(judged(slow, outcome="不合格"), "不互动") or ("",))[0] == "不合格"
    assert of(judged(spoken(20, 0, HOUR), least_percent=None), "不互动") is None


def test_the_shipped_rulebooks_do_not_ask_and_measure_nothing() -> None:
    shipped = [book("hubei-default"), book("gb2019")]
    assert windows(shipped) == ()
    assert all(of(judge(spoken(500, 0, None), each), "不互动") is None for each in shipped)
    page = document("hubei-default")
    page["rules"]["不互动"]["parameters"]["reply"] = ASKED
    assert windows([*shipped, parse(page)]) == (30,)


def test_where_no_way_to_speak_works_or_none_was_asked_for_answers_do_not_matter() -> None:
    closed = (
        Service(Function.COMMENTS, False, NOW - DAY, measured=True),
        Service(Function.MESSAGES, False, NOW - DAY, measured=True),
    )
    shut = of(judged(spoken(50, 0, None, services=closed)), "不互动")
    unknown = of(judged(spoken(50, 0, None, services=())), "不互动")
    assert (shut or ("",))[0] == "不合格"
    assert (unknown or ("",))[0] == "暂不作认定"


def test_the_judge_returns_when_the_oldest_post_leaves_the_window() -> None:
    facts = spoken(20, 0, None)
    [found] = facts.replies
    near = replace(facts, replies=(replace(found, oldest=NOW - 30 * DAY + 7),))
    assert judged(near).next_at == NOW + 8


@pytest.mark.parametrize(
    "wrong",
    [
        {"window_days": 0},
        {"window_days": 91},
        {"window_days": True},
        {"least_comments": 0},
        {"least_percent": 101},
        {"least_percent": None, "most_hours": None},
        {"outcome": "正常"},
        {"rank": "听说"},
        {"source": " "},
        {"source": None},
        {"working_hours": 8},
    ],
)
def test_a_reply_that_makes_no_sense_is_refused_by_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="的取值不合规则的要求"):
        judged(spoken(20, 0, None), **wrong)


@given(st.integers(0, 300), st.integers(0, 300), st.none() | st.integers(0, 200 * HOUR))
def test_it_speaks_exactly_where_a_limit_is_broken_by_enough_comments(
    comments: int, replies: int, wait: int | None
) -> None:
    found = judge(spoken(comments, replies, wait), ASKING)
    enough = comments >= 20
    broken = enough and (replies / max(comments, 1) < 0.5 or (wait or 0) / 3600 > 48)
    assert (of(found, "不互动") is not None) is broken
    assert found.outcome is Outcome.OK
