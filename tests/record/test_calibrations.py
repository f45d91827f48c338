"""Calibration on record: what is counted, and that its ceiling is dated."""

import pytest

from monitor.domain.collecting import Route
from monitor.domain.instants import DAY
from monitor.domain.numbers import Provenance
from monitor.record import calibrations, owners, routes
from monitor.record.calibrations import SURE, Measured
from monitor.record.store import Store, Writing
from tests.builders import a_look, a_post, a_route, a_unit, an_account, put
from tests.record.builders import rows

FEED = Route("douyin", "gsdata", Provenance.PURCHASED, grade=2, fresh_hours=60)
START = 1_760_000_000


def test_a_purchased_feed_is_worth_nothing_until_it_was_measured(store: Store) -> None:
    with store.writing() as tx:
        route = routes.ensure(tx, FEED)
        assert routes.ceilings(tx, tx.stamp) == {route: 0}
    with store.writing() as tx:
        before = tx.stamp - 1
        calibrations.add(tx, route, Measured(START, START + 28 * DAY, 200, 199, 2, "召回率达到"))
    with store.reading() as tx:
        assert routes.ceilings(tx, before) == {route: 0}
        assert routes.ceilings(tx, 1 << 61) == {route: 2}


def test_only_what_others_are_sure_of_and_the_feed_reads_is_counted(store: Store) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "某县公安局", "420500000001")
        read, unread = (an_account(tx, unit, name, "douyin") for name in ("甲", "乙"))
        feed, own = routes.ensure(tx, FEED), a_route(tx, "douyin/own")
        a_look(tx, read, feed, START, START + 30 * DAY)
        a_look(tx, unread, own, START, START + 30 * DAY)
        posts = [a_post(tx, read, START + n * DAY) for n in range(4)]
        a_post(tx, read, START + 40 * DAY)
        a_post(tx, read, START + 5 * DAY, source="购买数据")
        a_post(tx, unread, START + DAY)
        for key in posts[:3]:
            put(
                tx,
                "post_obs",
                key_id=key,
                source="购买数据",
                observed_at=START + 30 * DAY,
                final=False,
                capped="",
                plays=3,
                recorded_at=tx.stamp,
            )
    with store.reading() as tx:
        assert calibrations.count(tx, feed, START, START + 28 * DAY) == (4, 3)
        assert calibrations.keys(tx, Provenance.PURCHASED) == ("douyin/gsdata",)
        assert calibrations.find_route(tx, "douyin/gsdata") == (feed, Provenance.PURCHASED)
        assert calibrations.find_route(tx, "douyin/none") is None


def a_measured_feed(tx: Writing) -> tuple[int, int, int]:
    """An account the feed and an interface read for thirty days; its id and both routes."""
    unit = a_unit(tx, "某县公安局", "420500000001")
    account = an_account(tx, unit, "甲", "douyin")
    feed, own = routes.ensure(tx, FEED), a_route(tx, "douyin/own")
    a_look(tx, account, feed, START, START + 30 * DAY)
    return account, feed, own


def test_a_period_takes_in_its_first_second_and_not_its_last(store: Store) -> None:
    with store.writing() as tx:
        account, feed, _ = a_measured_feed(tx)
        for at in (START - 1, START, START + DAY - 1, START + DAY):
            a_post(tx, account, at)
    with store.reading() as tx:
        assert calibrations.count(tx, feed, START, START + DAY) == (2, 0)
        assert calibrations.count(tx, feed, START, START) == (0, 0)


def test_deleted_and_superseded_posts_are_asked_of_nobody(store: Store) -> None:
    with store.writing() as tx:
        account, feed, _ = a_measured_feed(tx)
        a_post(tx, account, START + DAY)
        a_post(tx, account, START + 2 * DAY, deleted_seen_at=START + 3 * DAY)
        a_post(tx, account, START + 3 * DAY, superseded_at=tx.stamp)
    with store.reading() as tx:
        assert calibrations.count(tx, feed, START, START + 28 * DAY) == (1, 0)


@pytest.mark.parametrize("source", list(Provenance))
def test_only_a_source_that_is_sure_says_a_post_is_there(store: Store, source: Provenance) -> None:
    with store.writing() as tx:
        account, feed, _ = a_measured_feed(tx)
        a_post(tx, account, START + DAY, source=source.value)
    with store.reading() as tx:
        known, found = calibrations.count(tx, feed, START, START + 28 * DAY)
    assert known == (source in SURE)
    assert found == 0


def test_a_route_that_is_not_there_has_seen_nothing_and_read_nothing(store: Store) -> None:
    with store.writing() as tx:
        account, _, _ = a_measured_feed(tx)
        a_post(tx, account, START + DAY)
    with store.reading() as tx:
        assert calibrations.count(tx, 999, START, START + 28 * DAY) == (0, 0)


def test_the_last_measurement_holds_and_the_earlier_ones_stay(store: Store) -> None:
    with store.writing() as tx:
        route = routes.ensure(tx, FEED)
    stamps = []
    for ceiling, found in ((2, 199), (0, 100), (1, 180)):
        measured = Measured(START, START + 28 * DAY, 200, found, ceiling, f"见到{found}")
        with store.writing() as tx:
            calibrations.add(tx, route, measured, by=3)
            stamps.append(tx.stamp)
    with store.reading() as tx:
        assert [routes.ceilings(tx, each)[route] for each in stamps] == [2, 0, 1]
        assert routes.ceilings(tx, stamps[0] - 1) == {route: 0}
    assert rows(
        store, 'SELECT known, found, ceiling, reason, "by" FROM calibration ORDER BY id'
    ) == [
        (200, 199, 2, "见到199", 3),
        (200, 100, 0, "见到100", 3),
        (200, 180, 1, "见到180", 3),
    ]


def test_a_pick_is_remembered_and_two_different_ones_tell_nothing_any_more(store: Store) -> None:
    for picked, told in ((7, 7), (7, 7), (8, None), (7, None)):
        with store.writing() as tx:
            owners.remember(tx, "douyin|江城", picked)
        with store.reading() as tx:
            assert owners.recall(tx, "douyin|江城") == told
            assert owners.recall(tx, "douyin|宜昌") is None


def test_what_every_export_is_called_is_remembered_for_nobody(store: Store) -> None:
    with store.writing() as tx:
        owners.remember(tx, "", 7)
    with store.reading() as tx:
        assert owners.recall(tx, "") is None
