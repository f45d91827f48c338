"""What is measured in SQL is what a walk over the rows one by one finds, on both databases."""

from datetime import date
from typing import Any

import pytest

from monitor.domain.assessed import Fact, Listed
from monitor.domain.instants import DAY, day_start
from monitor.domain.measuring import Span
from monitor.record import score_facts, score_frame
from monitor.record.score_facts import EARLIER, Asked
from monitor.record.score_posts import NUMBERS
from monitor.record.store import Reading, Store
from monitor.score.catalogue import MEASUREMENTS
from tests import generated
from tests.builders import a_post, put
from tests.record.builders import LATEST, stamp
from tests.record.score_world import LEVELS, QUARTER, WORDS, Walk, build, rows

SPAN = Span(QUARTER.since, QUARTER.until, QUARTER.until, LATEST, LEVELS)
SEEDS = range(60) if generated.DEEP else range(3)


def measured(tx: Reading, span: Span = SPAN) -> tuple[list[Listed], dict[tuple[str, str], Fact]]:
    roster = score_frame.roster(tx, span)
    facts = score_facts.measure(tx, Asked(span, frozenset(MEASUREMENTS), WORDS), roster)
    return roster, {(each.account or each.unit, each.measure): each for each in facts}


@pytest.mark.parametrize("seed", SEEDS)
def test_sql_measures_what_a_walk_finds(store: Store, seed: int) -> None:
    made = build(store, seed)
    with store.reading() as tx:
        roster, found = measured(tx)
        walk = Walk(tx, SPAN)
    assert [each.unit for each in roster] == sorted(f"42010{n}000000" for n in (0, 2, 3, 4))
    works = walk.works()
    for account in made.accounts:
        key = str(account)
        due, posted, proven = walk.weeks(account)
        _weeks(found[key, "有发布周率"], account == made.accounts[8], due, posted, proven)
        assert found[key, "监测未更新周数"].value == proven - posted
        if (key, "便民与防范周率") in found:
            helped = walk.weeks(account, helpful=True)
            _weeks(found[key, "便民与防范周率"], account == made.accounts[8], *helped)
        assert found[key, "作品数"].value == len(works[account])
        _originals(found[key, "原创作品数"], found[key, "原创率"], works[account])
        _sent(found[key, "头条作品数"], found[key, "推送次数"], walk.sent(account))
        for measure, column in NUMBERS.items():
            there, known, total = walk.told(account, column)
            fact = found[key, measure]
            assert (fact.value, fact.samples) == (total, known)
            assert (fact.cause == "系统原因") == (known < 0.8 * there)
        ratio = walk.against_median(account)
        assert found[key, "阅读与自身中位数之比"].value == (
            None if ratio is None else pytest.approx(ratio)
        )
        before, after = walk.levels(account)
        assert found[key, "粉丝数"].value == after
        gained = None if before is None or after is None else after - before
        assert found[key, "粉丝净增数"].value == gained


def _originals(number: Fact, share: Fact, works: list[dict[str, Any]]) -> None:
    original = [each for each in works if each["form"] in {"微博", "自制", "原创"}]
    known = len(original) + sum(each["form"] in {"转发", "转载"} for each in works)
    assert number.value == len(original)
    if known < 0.8 * len(works):
        assert (share.cause, share.numerator) == (number.cause, None) == ("系统原因", None)
    else:
        assert (share.numerator, share.denominator) == (len(original), known)


def _sent(headlines: Fact, messages: Fact, told: tuple[int, int, int, int, int]) -> None:
    articles, placed, first, known, sent = told
    assert (headlines.value, headlines.samples) == (first, placed)
    assert (messages.value, messages.samples) == (sent, known)
    assert headlines.cause == "系统原因" or placed >= 0.8 * articles
    assert messages.cause == "系统原因" or known >= 0.8 * articles


def _weeks(fact: Fact, paused: bool, due: int, posted: int, proven: int) -> None:
    if paused or not due:
        assert (fact.cause, fact.denominator) == ("不适用", None)
    elif proven < 0.8 * due:
        assert (fact.cause, fact.numerator, fact.denominator) == ("系统原因", posted, due)
    else:
        assert (fact.cause, fact.numerator, fact.denominator) == (None, posted, proven)


def test_no_personal_no_closed_and_no_station_account_is_measured(store: Store) -> None:
    made = build(store, 1)
    with store.reading() as tx:
        assert list(score_frame.accounts(tx, SPAN)) == made.accounts


def test_what_was_recorded_later_changes_nothing_of_what_was_known(store: Store) -> None:
    made = build(store, 2)
    then = Span(QUARTER.since, QUARTER.until, QUARTER.until, stamp(store), LEVELS)
    with store.reading() as tx:
        before = measured(tx, then)
    with store.writing() as tx:
        for key in [each["key_id"] for each in rows(tx, "post")]:
            row = {"key_id": key, "source": "购买数据", "observed_at": QUARTER.until - 6}
            put(tx, "post_obs", **row, reads=5, likes=5, recorded_at=tx.stamp)
        for account in made.accounts:
            key = a_post(tx, account, QUARTER.since + 20 * DAY, "办理迟到")
            row = {"key_id": key, "source": "后台导出", "observed_at": QUARTER.until - 5}
            put(tx, "post_obs", **row, reads=7, likes=9, recorded_at=tx.stamp)
            row = {"account_id": account, "source": "后台导出", "basis": "累计"}
            more = {"observed_at": QUARTER.until - 5, "recorded_at": tx.stamp}
            put(tx, "account_obs", **row, **more, followers=1)
    with store.reading() as tx:
        assert measured(tx, then) == before
        assert measured(tx) != before


def test_every_unit_has_a_fact_of_every_measurement_and_says_why_one_is_missing(
    store: Store,
) -> None:
    build(store, 1)
    with store.reading() as tx:
        roster = score_frame.roster(tx, SPAN)
        facts = score_facts.measure(tx, Asked(SPAN, frozenset(MEASUREMENTS), WORDS), roster)
    there = {(each.unit, each.measure) for each in facts}
    assert there == {(each.unit, key) for each in roster for key in {*MEASUREMENTS} - {EARLIER}}
    idle = "420104000000"
    assert {each.cause for each in facts if each.unit == idle and each.measure == "作品数"} == {
        "不适用"
    }
    for each in facts:
        known = each.value is not None or each.denominator is not None
        assert known or each.cause, each
        assert not each.cause or each.note, each


def test_a_quarter_has_its_whole_weeks_only() -> None:
    assert SPAN.monday - SPAN.since == 5 * DAY
    assert SPAN.weeks == 12
    assert Span(SPAN.since, SPAN.until, SPAN.monday + 8 * DAY, LATEST).weeks == 1
    assert Span(SPAN.since, SPAN.until, SPAN.since + DAY, LATEST).weeks == 0
    january = Span(day_start(date(2026, 6, 1)), SPAN.until, SPAN.until, LATEST)
    assert january.monday == january.since
