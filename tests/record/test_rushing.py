"""截止前集中发布: counted per unit over the period, official accounts only, on both databases."""

from datetime import date

from monitor.domain.assessed import Listed
from monitor.domain.assessment import Kind, State
from monitor.domain.instants import DAY, HOUR, day_start
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import assessed, assessments, schemes
from monitor.record.assessments import Opening
from monitor.record.schemes import Sheet
from monitor.record.screens import rushing
from monitor.record.store import Store, Writing
from tests.builders import a_number, a_post, a_unit, an_account

T = day_start(date(2026, 10, 1))
SINCE = T - 90 * DAY


def test_the_last_three_days_are_told_beside_the_whole_period(store: Store) -> None:
    with store.writing() as tx:
        units = {name: a_unit(tx, name, f"99{number}") for number, name in enumerate("甲乙")}
        accounts = {name: an_account(tx, key, f"{name}(演示)") for name, key in units.items()}
        own = an_account(tx, units["甲"], "民警(演示)", "douyin", kind="民警个人")
        for at in (SINCE, SINCE + DAY, T - 72 * HOUR, T - 1, SINCE - 1, T):
            a_post(tx, accounts["甲"], at)
        a_post(tx, accounts["乙"], T - 73 * HOUR)
        a_post(tx, own, T - 1)
        key = an_assessment(tx)
    roster = [
        Listed(f"99{n}", units[name], name, f"/{units[name]}/", "县级局")
        for n, name in enumerate("甲乙")
    ]
    assessed.add(store, key, roster)
    with store.reading() as tx:
        found = rushing.rushed(tx, EVERYTHING, key, SINCE, T)
        mine = rushing.rushed(tx, Scope(frozenset({f"/{units['乙']}/"})), key, SINCE, T)
    assert [(each.name, each.posts, each.late) for each in found] == [("甲", 4, 2), ("乙", 1, 0)]
    assert found[0].share == 0.5
    assert [each.name for each in mine] == ["乙"]


def test_bursts_late_deletions_and_jumps_of_followers_are_told_as_facts(
    store: Store,
) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "甲", "990")
        account = an_account(tx, unit, "甲(演示)")
        for number, gap in enumerate((0, 0, 60, 600, 1201)):  # a push of two, two bursts, one far
            a_post(tx, account, SINCE + gap, native_id=f"n{number}")
        gone = SINCE + 10 * DAY
        a_post(tx, account, gone, deleted_seen_at=gone + 7 * DAY)
        a_post(tx, account, gone + 1, deleted_seen_at=gone + 7 * DAY)
        levels = ((0, 1000), (1, 1100), (2, 1500), (3, 1300), (10, 9000))
        for day, followers in levels:
            a_number(tx, account, SINCE + day * DAY, followers)
        key = an_assessment(tx)
    assessed.add(store, key, [Listed("990", unit, "甲", f"/{unit}/", "县级局")])
    with store.reading() as tx:
        [found] = rushing.rushed(tx, EVERYTHING, key, SINCE, T)
    assert (found.posts, found.bursts, found.deleted) == (5, 2, 1)
    assert found.jumps == 2
    assert found.marked


def an_assessment(tx: Writing) -> int:
    revision = schemes.enter(tx, Sheet("s", 1, "方案", "name: s", SINCE), State.IN_FORCE)
    return assessments.begin(tx, Opening("2026Q3", Kind.FORMAL, revision, "考核"), None)
