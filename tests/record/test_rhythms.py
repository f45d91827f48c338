"""Rhythms: when posts were out at the latest, as known then, each account by itself."""

from monitor.domain.instants import DAY, HOUR
from monitor.record import rhythms
from monitor.record.store import Store
from tests.builders import a_post, a_unit, an_account


def test_posts_of_the_stretch_come_in_order_as_known_then(store: Store) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "甲局", "420100000000")
        one, other, silent = (an_account(tx, unit, name) for name in ("一", "二", "三"))
        for second in (40 * DAY, 20 * DAY, 90 * DAY, 5 * DAY):
            a_post(tx, one, second, recorded_at=100)
        a_post(tx, one, 30 * DAY, recorded_at=100, superseded_at=150)
        a_post(tx, one, 31 * DAY, recorded_at=900)
        a_post(tx, one, 50 * DAY, recorded_at=100, deleted_seen_at=60 * DAY)
        a_post(tx, one, 79 * DAY, published_until=80 * DAY + HOUR, recorded_at=100)
        a_post(tx, other, 25 * DAY, published_until=26 * DAY, recorded_at=100)
    with store.reading() as tx:
        found = rhythms.posts(tx, 80 * DAY, 200, 10 * DAY, [one, other, silent])
        alone = rhythms.posts(tx, 80 * DAY, 120, 10 * DAY, [one])
    assert found == {one: [20 * DAY, 40 * DAY, 50 * DAY], other: [26 * DAY]}
    assert alone == {one: [20 * DAY, 30 * DAY, 40 * DAY, 50 * DAY]}
