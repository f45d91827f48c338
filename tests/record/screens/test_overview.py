"""首页: figures agree with each other, with the lists they lead to, and with a count by hand."""

from monitor.domain.instants import DAY
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record.screens.listing import Group, Wanted, listing
from monitor.record.screens.overview import overview
from monitor.record.store import Store
from tests.builders import T, a_day, a_finding, an_account
from tests.conftest import NOW
from tests.filled import Filled

SECOND = int(NOW.timestamp())
YESTERDAY = SECOND - DAY


def test_every_figure_is_the_length_of_the_list_behind_it(store: Store, made: Filled) -> None:
    with store.reading() as tx:
        seen = overview(tx, EVERYTHING, SECOND, YESTERDAY)
        lists = {
            group: listing(tx, EVERYTHING, SECOND, Wanted(group=group, since=YESTERDAY)).total
            for group in Group
        }
    assert lists == {
        Group.ALL: seen.filed,
        Group.PROBLEMS: seen.troubled,
        Group.FAILED: seen.failed,
        Group.FRESH: seen.fresh,
        Group.OVER: seen.over,
        Group.SOON: seen.soon,
        Group.FORESEEN: 0,  # no run has looked ahead in this store
        Group.UNDECIDED: seen.undecided,
        Group.UPPER: seen.upper_fail,
        Group.COUNTED: seen.counted,
        Group.DECIDED: seen.decided,
        Group.KEPT: seen.kept,
    }


def test_the_figures_are_those_of_the_filled_store(store: Store, made: Filled) -> None:
    with store.reading() as tx:
        seen = overview(tx, EVERYTHING, SECOND, YESTERDAY)
    # Eleven lively ones, five silent, one about to run out, one that answers nobody,
    # three unknown, one closed, one new.
    assert (seen.filed, seen.counted, seen.decided) == (23, 21, 18)
    assert seen.troubled == 6
    assert (seen.failed, seen.undecided, seen.not_counted, seen.unjudged) == (5, 3, 1, 1)
    assert (seen.over, seen.soon) == (4, 1)
    assert seen.completeness == 18 / 21
    assert seen.pass_rate == 13 / 18
    assert seen.as_of == SECOND


def test_an_officers_own_account_enters_no_total(store: Store, made: Filled) -> None:
    with store.writing() as tx:
        own = an_account(tx, made.units["江陵县公安局"], "另一个人的", kind="民警个人")
        a_day(tx, own, "睡眠", "不合格")
    with store.reading() as tx:
        assert overview(tx, EVERYTHING, SECOND, YESTERDAY).failed == 5


def test_nothing_judged_gives_no_shares_rather_than_zero(store: Store, made: Filled) -> None:
    with store.writing() as tx:
        tx.conn.execute(T["account_day"].delete())
    with store.reading() as tx:
        seen = overview(tx, EVERYTHING, SECOND, YESTERDAY)
    assert (seen.completeness, seen.pass_rate, seen.as_of) == (None, None, None)
    assert seen.unjudged == seen.filed == 23


def test_a_problem_known_before_is_not_new_when_it_is_told_again(
    store: Store, made: Filled
) -> None:
    with store.writing() as tx:
        sleeper = made.accounts["睡眠示例(演示)"]
        stamp = tx.stamp
        before = (YESTERDAY - DAY) * 1_000_000
        book = made.rulebooks["hubei-default"]
        a_finding(tx, sleeper, book, recorded_at=before, superseded_at=stamp)
        lately = made.accounts["僵尸示例(演示)"]
        long_ago = before - 9 * DAY * 1_000_000
        a_finding(tx, lately, book, recorded_at=long_ago, superseded_at=before)
    with store.reading() as tx:
        wanted = Wanted(group=Group.FRESH, since=YESTERDAY)
        fresh = {each.account_id for each in listing(tx, EVERYTHING, SECOND, wanted).rows}
    assert sleeper not in fresh
    assert lately in fresh


def test_regions_add_up_to_the_whole_and_stay_within_the_scope(store: Store, made: Filled) -> None:
    with store.reading() as tx:
        seen = overview(tx, EVERYTHING, SECOND, YESTERDAY)
        jingzhou = Scope(frozenset({made.paths["荆州市公安局"]}))
        own = overview(tx, jingzhou, SECOND, YESTERDAY)
    assert int(seen.regions["accounts"].sum()) == seen.filed
    assert list(own.regions["region_name"]) == ["荆州市"]
    by_code = seen.regions.set_index("region")
    assert int(by_code["accounts"].loc["421000"]) == own.filed
    assert int(seen.statuses["accounts"].sum()) == seen.filed
