"""What a look does to the verdict: the mistakes of earlier wordings (judgement.md 1, 9 a-h)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from monitor.domain.finding import Judgement
from monitor.domain.instants import DAY, HOUR, day_end, day_start, to_second
from monitor.domain.patrol import OFFICE_GRADE, OWN_GRADE, SETTLE, Doubt, Look, claim, doubt
from monitor.domain.relative import bounds
from monitor.record import facts, looks
from monitor.record.due import due_accounts
from monitor.record.looks import Witness
from monitor.record.store import Store
from monitor.runs import books, judge, setup
from monitor.runs.evaluate import evaluate
from monitor.runs.parts import Parts
from tests.conftest import NOW, StandingClock
from tests.record.builders import account, registry
from tests.service.parts import some_parts

AS_OF = to_second(NOW)
AT = AS_OF - 12 * HOUR
"""Sunday 2026-11-22 12:00 in Shanghai."""
LIMIT = 14 * DAY


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock) -> Parts:
    return setup.ready(some_parts(sqlite_store, clock))


def enter(parts: Parts, platform: str = "douyin", **values: int) -> int:
    since = AT - 900 * DAY
    opened: dict[str, Any] = {"opened_from": since, "opened_until": since, **values}
    return registry(parts.store, replace(account(**opened), platform=platform))[0]


def judged(
    parts: Parts, key: int, seen: Look, platform: str = "douyin", grade: int = OFFICE_GRADE
) -> tuple[Judgement, Judgement]:
    """Both judgements once the look is stored."""
    with parts.store.writing() as tx:
        looks.save(tx, platform, seen, Witness(grade, None, f"{seen.looked_from}"))
    with parts.store.reading() as tx:
        ((_, own, upper),) = evaluate(tx, books.open_books(parts), AS_OF, 1 << 61, [key])
    return own, upper


def test_a_a_post_under_review_may_come_within_settling(parts: Parts) -> None:
    key = enter(parts)
    posted = AT - LIMIT - SETTLE
    own, upper = judged(parts, key, Look(key, AT, AT, newest=(posted, posted)))
    assert (own.cutoff, upper.outcome) == (AT - SETTLE, "正常")
    assert own.silence_min == LIMIT


def test_b_coverage_begins_after_the_last_second_of_a_dated_post(parts: Parts) -> None:
    key = enter(parts)
    day = (day_start(date(2026, 11, 6)), day_end(date(2026, 11, 6)))
    own, _ = judged(parts, key, Look(key, AT, AT, newest=day))
    assert own.silence_min == AT - SETTLE - day[1]
    assert own.silence_max == AT - SETTLE - day[0]
    today = Look(key, AT, AT, newest=(day_start(date(2026, 11, 22)), AT))
    found = claim(today, "douyin")
    assert found is not None
    assert found.a == found.b == AT - SETTLE


def test_c_a_look_known_by_its_day_ends_at_that_days_start(parts: Parts) -> None:
    key = enter(parts)
    start = day_start(date(2026, 11, 22))
    posted = AT - 40 * DAY
    own, _ = judged(parts, key, Look(key, start, start + DAY - 1, newest=(posted, posted)))
    assert (own.cutoff, own.status) == (start, "睡眠")


def test_d_a_pinned_post_convicts_nobody() -> None:
    pinned = (AT - 40 * DAY, AT - 40 * DAY)
    seen = Look(1, AT, AT, newest=pinned)
    assert doubt(seen, (AT - DAY, AT - DAY), LIMIT) is Doubt.NEWER_KNOWN
    assert doubt(seen, None, LIMIT) is Doubt.SECOND_WANTED
    assert doubt(replace(seen, second=(AT - DAY, AT)), None, LIMIT) is Doubt.PINNED
    older = (AT - 50 * DAY, AT - 50 * DAY)
    assert doubt(replace(seen, second=older), None, LIMIT) is Doubt.NONE
    assert doubt(Look(1, AT, AT, empty=True), pinned, LIMIT) is Doubt.NEWER_KNOWN


def test_e_three_days_ago_is_the_hull_of_both_ways_of_counting(parts: Parts) -> None:
    key = enter(parts)
    seen = bounds("15天前", (AT, AT))
    assert seen == (AT - 16 * DAY + 1, day_end(date(2026, 11, 7)))
    own, upper = judged(parts, key, Look(key, AT, AT, newest=seen))
    assert (own.silence_min, own.silence_max) == (AT - SETTLE - seen[1], AT - SETTLE - seen[0])
    assert upper.outcome == "不合格"


def test_f_an_empty_page_is_never_updated_and_weibo_shows_half_a_year_only(parts: Parts) -> None:
    key = enter(parts)
    own, _ = judged(parts, key, Look(key, AT, AT, empty=True))
    assert (own.status, own.outcome) == ("从未更新", "不合格")


def test_f_weibo_shows_half_a_year_only(parts: Parts) -> None:
    key = enter(parts, "weibo")
    own, _ = judged(parts, key, Look(key, AT, AT, empty=True), "weibo")
    assert (own.status, own.status_max) == ("僵尸", "长期停更")
    assert own.silence_min == 180 * DAY - SETTLE + 1


def test_g_a_units_own_look_speaks_against_itself_and_not_to_superiors(parts: Parts) -> None:
    key = enter(parts)
    posted = AT - 40 * DAY
    seen = Look(key, AT, AT, newest=(posted, posted))
    own, upper = judged(parts, key, seen, grade=OWN_GRADE)
    assert (own.outcome, upper.outcome) == ("不合格", "暂不作认定")
    own, upper = judged(parts, key, replace(seen, looked_from=AT - 1))
    assert (own.outcome, upper.outcome) == ("不合格", "不合格")


def test_h_on_wechat_a_look_sees_notified_posts_only(parts: Parts) -> None:
    key = enter(parts, "wechat")
    old = AT - 40 * DAY
    own, upper = judged(parts, key, Look(key, AT, AT, newest=(old, old)), "wechat")
    assert (own.outcome, upper.outcome) == ("暂不作认定", "暂不作认定")
    recent = Look(key, AT + 1, AT + 1, newest=(AT - DAY, AT - DAY))
    own, _ = judged(parts, key, recent, "wechat")
    assert own.outcome == "正常"


def test_a_look_is_newer_evidence_so_the_next_evaluation_takes_it_up(parts: Parts) -> None:
    key = enter(parts)
    judge.run(parts)  # keeps the rulebooks, which are news to everybody
    judge.run(parts)
    with parts.store.reading() as tx:
        assert due_accounts(tx, AS_OF) == []
    with parts.store.writing() as tx:
        seen = Look(key, AT, AT, newest=(AT - DAY, AT - DAY))
        looks.save(tx, "douyin", seen, Witness(OFFICE_GRADE, None, "k"))
    with parts.store.reading() as tx:
        assert due_accounts(tx, AS_OF) == [key]
        assert facts.measure(tx, AS_OF, 1 << 61, [key])[0].coverage
