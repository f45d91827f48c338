"""Calibration on record: what is counted, and that its ceiling is dated."""

from monitor.domain.collecting import Route
from monitor.domain.instants import DAY
from monitor.domain.numbers import Provenance
from monitor.record import calibrations, owners, routes
from monitor.record.calibrations import Measured
from monitor.record.store import Store
from tests.builders import a_look, a_post, a_route, a_unit, an_account, put

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
