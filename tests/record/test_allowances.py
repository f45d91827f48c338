"""Leased allowances: never more than the limit in any window, and nearly all of it usable."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.domain.allowance import Allowance, Bucket, Lease, Per, Window
from monitor.domain.instants import DAY, shanghai_day, to_second
from monitor.record import allowances
from monitor.record.store import Store
from tests.conftest import StandingClock


def bucket(most: int, window: Window) -> Bucket:
    return Bucket("weibo", Allowance(Per.TOKEN, most, window), "7")


class Process:
    """Spends calls as fast as it may; a crash forgets its lease."""

    def __init__(self, store: Store, of: Bucket) -> None:
        self.store, self.of, self.lease, self.left = store, of, Lease(0, 0, 0), 0

    def call(self, now: int) -> bool:
        if not (self.left and now < self.lease.until):
            with self.store.writing() as tx:
                self.lease = allowances.lease(tx, self.of)
            self.left = self.lease.calls
        self.left -= self.left > 0
        return self.lease.calls > 0 and now < self.lease.until


@pytest.mark.parametrize(
    ("most", "window", "step"),
    [
        (100, Window.DAY, 2400),
        (120, Window.MINUTE, 1),
        (60, Window.HOUR, 60),
        (96, Window.ROLLING_DAY, 900),
    ],
)
def test_no_window_ever_sees_more_than_the_limit_and_nearly_all_of_it_is_used(
    sqlite_store: Store, clock: StandingClock, most: int, window: Window, step: int
) -> None:
    dice = random.Random(7)
    processes = [Process(sqlite_store, bucket(most, window)) for _ in range(3)]
    begun = to_second(clock())
    sent: list[int] = []
    while to_second(clock()) < begun + 3 * window.seconds:
        now = to_second(clock())
        for process in dice.sample(processes, 3):
            for _ in range(dice.randrange(most // 3)):
                if not process.call(now):
                    break
                sent.append(now)
        clock.move(seconds=step)
    if window is Window.DAY:
        per_day = Counter(shanghai_day(at) for at in sent)
        assert max(per_day.values()) <= most
        assert sorted(per_day.values())[1] >= 0.95 * most
        return
    for start in range(begun, begun + 2 * window.seconds, step):
        assert sum(start <= at < start + window.seconds for at in sent) <= most
    assert len([at for at in sent if at >= begun + window.seconds]) >= 2 * 0.95 * most


def test_a_lease_is_a_twentieth_of_what_is_left_and_one_at_the_least(
    store: Store, clock: StandingClock
) -> None:
    of = bucket(100, Window.DAY)
    taken = []
    with store.writing() as tx:
        while (leased := allowances.lease(tx, of)).calls:
            taken.append(leased.calls)
    assert taken[:3] == [5, 4, 4]
    assert sum(taken) == 100
    midnight = shanghai_day(to_second(clock()) + DAY)
    assert shanghai_day(to_second(clock()) + leased.wait) == midnight


def test_a_new_day_begins_at_shanghai_midnight_and_a_crash_loses_its_lease_only(
    store: Store, clock: StandingClock
) -> None:
    of = bucket(40, Window.DAY)
    clock.move(hours=-2)
    with store.writing() as tx:
        allowances.lease(tx, of)  # crashed with two calls unspent
        rest = 0
        while (leased := allowances.lease(tx, of)).calls:
            rest += leased.calls
    assert rest == 38
    clock.move(hours=2)
    with store.writing() as tx:
        assert allowances.lease(tx, of).calls == 2


def test_what_is_given_back_can_be_leased_again(store: Store) -> None:
    of = bucket(1, Window.DAY)
    with store.writing() as tx:
        leased = allowances.lease(tx, of)
        assert allowances.lease(tx, of).calls == 0
        allowances.give_back(tx, of, leased.slot, 1)
        assert allowances.lease(tx, of).calls == 1


def test_a_pause_holds_everybody_and_passes(store: Store, clock: StandingClock) -> None:
    of = bucket(100, Window.HOUR)
    with store.writing() as tx:
        allowances.pause(tx, of, 300)
        told = allowances.lease(tx, of)
    assert (told.calls, told.wait, told.held) == (0, 300, True)
    clock.move(seconds=300)
    with store.writing() as tx:
        assert allowances.lease(tx, of).calls == 5


def test_threads_that_lease_at_once_never_get_more_than_there_is(store: Store) -> None:
    of = bucket(60, Window.DAY)

    def grab(_: int) -> int:
        with store.writing() as tx:
            return allowances.lease(tx, of).calls

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(grab, range(90))) == 60


def test_the_screen_sees_how_full_each_allowance_is(store: Store, clock: StandingClock) -> None:
    with store.writing() as tx:
        allowances.lease(tx, bucket(100, Window.DAY))
        allowances.lease(tx, bucket(10, Window.MINUTE))
    with store.reading() as tx:
        told = allowances.used(tx, to_second(clock()))
    assert [(each.window, each.used, each.most) for each in told] == [
        ("每分钟", 1, 10),
        ("每日", 5, 100),
    ]
