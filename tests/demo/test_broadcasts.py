"""What the invented accounts publish of a campaign: cautious about real names, by day, for ever."""

from collections import Counter
from datetime import date, timedelta

import pytest

from monitor.coordinate.matching import Releases
from monitor.demo.broadcasts import (
    BROADCASTS,
    CATCHING,
    POLICY,
    WARNING,
    WEEK,
    Broadcast,
    Said,
    aimed,
    said,
    speaks,
)
from monitor.demo.province import Province
from monitor.demo.roster import Resident
from monitor.domain.instants import DAY, shanghai
from monitor.domain.matching import Published, Verdict
from monitor.runs.match import releases

PROVINCE = Province()
FIRST = PROVINCE.first_day
EVERY: list[tuple[Broadcast, Resident, Said]] = [
    (broadcast, resident, post)
    for broadcast in BROADCASTS
    for resident in PROVINCE.residents
    for post in said(resident, FIRST)
    if post.key == broadcast.key
]


def words(post: Said) -> str:
    return f"{post.title}\n{post.text}"


def test_units_that_exist_say_what_was_approved_in_time() -> None:
    real = [each for each in EVERY if each[1].seat.real]
    assert len(real) > 200
    for broadcast, resident, post in real:
        assert post.at <= broadcast.due_at(FIRST), resident.world.name
        assert broadcast.slip[1] not in words(post) or not broadcast.slip[1]
    named = {each.world.uid for _, each, _ in real}
    asked = [
        each
        for broadcast in BROADCASTS
        for each in PROVINCE.residents
        if each.seat.real and each.official and aimed(broadcast.content.aim, each) and speaks(each)
    ]
    assert {each.world.uid for each in asked} == named


def test_nobody_publishes_at_night_or_before_it_was_issued() -> None:
    for broadcast, _, post in EVERY:
        late = post.at > broadcast.due_at(FIRST)
        assert broadcast.issued_at(FIRST) < post.at
        assert 7 <= shanghai(post.at).hour < 22 or late


def test_an_account_says_a_broadcast_where_it_is_aimed_at_and_keeps_a_promised_silence() -> None:
    for broadcast, resident, _ in EVERY:
        assert aimed(broadcast.content.aim, resident)
        assert resident.role == "steady"


@pytest.mark.parametrize("small", [False, True])
def test_in_the_week_somebody_is_late_somebody_slips_and_somebody_says_nothing(
    small: bool,
) -> None:
    residents = [
        each
        for each in Province(small=small).residents
        if each.official and aimed(WEEK.content.aim, each)
    ]
    posts = [each for r in residents for each in said(r, FIRST) if each.key == WEEK.key]
    assert any(each.at > WEEK.due_at(FIRST) for each in posts)
    assert any(WEEK.slip[1] in words(each) for each in posts)
    assert len(posts) < sum(map(speaks, residents))
    soon = [each for each in posts if each.at < WEEK.issued_at(FIRST) + DAY / 24]
    assert len(posts) / 10 < len(soon) < len(posts) / 2


def test_the_world_publishes_them_whatever_the_first_day() -> None:
    for later in (0, 3, 200):
        day = date(2026, 11, 23) + timedelta(days=later)
        province = Province(first_day=day)
        told = Counter(
            broadcast.key
            for resident in province.residents
            for post in province.posts(resident.world, WEEK.issued_at(day), WARNING.due_at(day))
            for broadcast in BROADCASTS
            if {post.title, post.text} & {broadcast.content.body, broadcast.short}
        )
        assert told[WEEK.key] > 100
        assert told[POLICY.key] > 20
        assert told[WARNING.key] > 150


@pytest.mark.parametrize("broadcast", BROADCASTS, ids=lambda each: each.key)
def test_every_way_of_saying_it_is_found_and_what_was_changed_is_shown(
    broadcast: Broadcast,
) -> None:
    sought = Releases(releases(1, broadcast.content))

    def found(title: str, text: str = "") -> tuple[Verdict, tuple[str, ...]]:
        match = sought.matches(Published(1, 1, title, text))[0]
        return match.verdict, tuple(each.said for each in match.differences)

    content = broadcast.content
    for told in (content.title, content.body, broadcast.short):
        assert found(told) == (Verdict.SAME, ())
    for title in ("", content.title, *CATCHING):
        assert found(title, content.body) == found(title, broadcast.short) == (Verdict.SAME, ())
        if all(broadcast.slip):
            slipped = content.body.replace(*broadcast.slip)
            assert found(title, slipped) == (Verdict.SAME, (broadcast.slip[1],))
