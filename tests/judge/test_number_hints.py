"""Signals of 数据提示: what speaks, what keeps silent, and that chance alone hardly ever does."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from monitor.domain.instants import DAY, HOUR, day_start
from monitor.domain.number_hint import Followed, Signal, Traces, Work
from monitor.judge import number_hint
from monitor.judge.month_ends import at_an_end, month_ends
from monitor.judge.number_hint import hints, promising, signals

NOW = day_start(date(2026, 11, 23))
NEVER = ("刷", "买粉", "造假", "作弊", "虚假", "水军", "不合格")


def plain(seed: int) -> Traces:
    """An account nobody does anything with: some growth, some likes, a post every other day."""
    dice = Random(seed)
    level, followers, works, posts = 10_000.0, [], [], []
    for ago in range(400, 0, -1):
        at = NOW - ago * DAY
        level += dice.expovariate(1 / 12)
        if ago <= 60:
            followers.append(Followed(at, round(level)))
        if dice.random() < 0.45:
            views = round(1000 * dice.lognormvariate(0, 1))
            posts.append(at + 9 * HOUR)
            if ago <= 75:
                likes = round(views * dice.uniform(0.005, 0.03))
                works.append(Work(at + 9 * HOUR, views, likes))
    copied = tuple((at, dice.random() < 0.3) for at in posts)
    return Traces(seed, NOW, tuple(followers), tuple(works), tuple(posts), copied)


def leaping(traces: Traces, share: float = 1.3, ago: int = 9) -> Traces:
    """The same with a leap of its followers so many days ago."""
    since = NOW - ago * DAY
    followers = tuple(
        replace(each, level=round(each.level * share)) if each.at >= since else each
        for each in traces.followers
    )
    return replace(traces, followers=followers)


def liked(traces: Traces, share: float) -> Traces:
    """The same with so many likes for each view in the last fortnight."""
    works = tuple(
        replace(each, likes=round(each.views * share)) if each.at >= NOW - 14 * DAY else each
        for each in traces.works
    )
    return replace(traces, works=works)


def filled(traces: Traces) -> Traces:
    """The same with four posts on each of the last three days of every month."""
    more = [
        end - DAY * back + hour * HOUR
        for _, end in month_ends(traces.posts[0], NOW)
        for back in (1, 2, 3)
        for hour in (8, 10, 14, 16)
    ]
    return replace(traces, posts=tuple(sorted([*traces.posts, *more])))


def copying(traces: Traces) -> Traces:
    """The same with nothing of its own as months end."""
    known = [(at, copied or at_an_end(at)) for at, copied in traces.copied or ()]
    return replace(traces, copied=tuple(known))


def test_a_leap_without_a_cause_is_a_signal_and_one_with_a_cause_is_none() -> None:
    told = signals(leaping(plain(1)))["涨粉"]
    assert told.p < 1e-5
    assert "2026年11月14日粉丝数由" in told.sentence
    viral = Work(NOW - 10 * DAY, 10**6, 10**4)
    works = tuple(sorted([*plain(1).works, viral], key=lambda each: each.at))
    assert signals(replace(leaping(plain(1)), works=works))["涨粉"] == Signal(1.0)
    assert signals(leaping(plain(1), 1.02))["涨粉"] == Signal(1.0)


def test_followers_nobody_read_for_a_fortnight_say_nothing() -> None:
    short = replace(plain(1), followers=plain(1).followers[-14:])
    assert "涨粉" not in signals(short)
    assert "涨粉" in signals(replace(plain(1), followers=plain(1).followers[-15:]))


@pytest.mark.parametrize("share", [0.18, 0.0004])
def test_likes_unlike_the_accounts_own_past_are_a_signal_either_way(share: float) -> None:
    told = signals(liked(plain(2), share))["互动比例"]
    assert told.p < 1e-3
    assert "此前中位数1." in told.sentence
    assert signals(plain(2))["互动比例"] == Signal(1.0)


def test_posts_that_pile_up_as_months_end_are_a_signal_and_so_is_copying_then() -> None:
    told = signals(copying(filled(plain(3))))
    assert told["期末集中发布"].p < 1e-6
    assert told["期末照搬"].p < 1e-4
    steady = signals(plain(3))
    assert steady["期末集中发布"].p > 0.01
    assert steady["期末照搬"].p > 0.01


def test_no_sentence_accuses_anybody() -> None:
    told = signals(liked(leaping(copying(filled(plain(4)))), 0.2))
    assert len(told) == 4
    assert all(each.sentence for each in told.values())
    assert not [word for each in told.values() for word in NEVER if word in each.sentence]


def test_one_signal_however_strong_is_no_hint_two_are_and_they_are_named() -> None:
    clean = {seed: signals(plain(seed)) for seed in range(10, 60)}
    alone = signals(leaping(plain(1), 3.0))
    agreed = signals(liked(leaping(plain(2)), 0.18))
    found = hints({**clean, 1: alone, 2: agreed})
    assert [each.account_id for each in found] == [2]
    assert {each.name for each in found[0].told} == {"涨粉", "互动比例"}
    assert found[0].rate <= number_hint.FALSE_SHARE
    assert promising(alone)


def test_an_account_of_which_one_signal_speaks_is_not_counted_among_those_looked_at() -> None:
    assert hints({1: {"涨粉": Signal(0.0, "一")}}) == ()
    two = {"涨粉": Signal(1e-9, "一"), "互动比例": Signal(1e-3, "二")}
    assert [each.rate for each in hints({1: two})] == [1e-3]
    assert hints({1: two, **{key: {"涨粉": Signal(0.9)} for key in range(2, 999)}})[0].rate == 1e-3


def test_among_many_accounts_nobody_touched_there_is_hardly_ever_a_hint() -> None:
    said = {seed: signals(plain(seed)) for seed in range(1000, 1200)}
    assert all(len(each) >= 3 for each in said.values())
    assert hints(said) == ()


def test_months_are_whole_and_their_ends_are_their_last_three_days() -> None:
    first = day_start(date(2026, 1, 31))
    found = [*month_ends(first, day_start(date(2026, 4, 1)))]
    days = [(date(2026, 2, 1), date(2026, 3, 1)), (date(2026, 3, 1), date(2026, 4, 1))]
    assert found == [(day_start(a), day_start(b)) for a, b in days]
    assert [*month_ends(day_start(date(2026, 2, 1)), day_start(date(2026, 3, 1)))] == found[:1]
    assert not at_an_end(day_start(date(2026, 12, 29)) - 1)
    assert at_an_end(day_start(date(2026, 12, 29)))
    assert at_an_end(day_start(date(2027, 1, 1)) - 1)
    assert not at_an_end(day_start(date(2027, 1, 1)))
    assert day_start(date(2026, 12, 29) + timedelta(days=3)) == day_start(date(2027, 1, 1))
