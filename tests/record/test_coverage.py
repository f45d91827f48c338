"""Coverage: written last, revoked by a row, and disproved at once by a post that a look missed."""

import pytest

from monitor.domain.account import Account
from monitor.domain.collecting import CoverageClaim, Harvest, PassOutcome
from monitor.domain.instants import BEGINNING
from monitor.domain.post import LIVE_STREAM
from monitor.record import coverage, harvests, routes
from monitor.record.store import Store
from tests.record.builders import (
    COUNTY,
    EXPORT,
    INTERFACE,
    account,
    facts_of,
    harvest,
    post,
    registry,
    rows,
    save,
    stamp,
)

REVOKED = "SELECT coverage_id, reason FROM coverage_revocation ORDER BY coverage_id"


def test_a_pass_that_broke_off_claims_nothing_and_its_posts_still_count(store: Store) -> None:
    (key,) = registry(store)
    broken = Harvest(key, INTERFACE, 0, 1, PassOutcome.PARTIAL, posts=(post("p", 50),))
    saved = harvests.save(store, broken, None)
    assert saved.coverage_id is None
    known = facts_of(store, key, 100)
    assert (known.newest_from, known.coverage) == (50, ())


def test_a_look_that_proves_nothing_is_kept_as_an_empty_stretch(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("p", 50), covers=(80, 80))
    (row,) = facts_of(store, key, 100).coverage
    assert (row.a, row.b) == (80, 80)


def test_a_revoked_row_counts_until_it_was_revoked_and_not_after(store: Store) -> None:
    (key,) = registry(store)
    saved = save(store, key, covers=(0, 90))
    before = stamp(store)
    assert saved.coverage_id is not None
    for _ in range(2):
        with store.writing() as tx:
            coverage.revoke(tx, saved.coverage_id, "复核有误", by=3)
    assert facts_of(store, key, 100).coverage == ()
    assert len(facts_of(store, key, 100, before).coverage) == 1
    assert rows(store, REVOKED) == [(saved.coverage_id, "复核有误")]


def test_a_post_first_known_later_and_surely_inside_revokes_the_row_at_once(store: Store) -> None:
    (key,) = registry(store)
    first = save(store, key, post("a", 10), covers=(0, 90))
    second = save(store, key, post("missed", 40, 89), covers=(0, 95))
    assert second.revoked == 1
    assert [row[0] for row in rows(store, REVOKED)] == [first.coverage_id]
    assert [row.b for row in facts_of(store, key, 100).coverage] == [95]


@pytest.mark.parametrize(
    ("first", "last"),
    [(90, 90), (80, 90), (-1, 5)],
    ids=["at the very end", "perhaps after the end", "perhaps before the start"],
)
def test_a_post_that_may_stand_outside_disproves_nothing(
    store: Store, first: int, last: int
) -> None:
    (key,) = registry(store)
    save(store, key, post("a", 10), covers=(0, 90))
    assert save(store, key, post("late", first, last)).revoked == 0


def test_a_post_that_was_gone_when_first_seen_disproves_nothing(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, covers=(0, 90))
    assert save(store, key, post("gone", 40, deleted=True)).revoked == 0


def test_a_live_stream_disproves_no_list_of_works(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, covers=(0, 90))
    assert save(store, key, post("live", 40, form=LIVE_STREAM)).revoked == 0
    assert facts_of(store, key, 100).newest_from == 40


def test_a_narrowed_post_disproves_nothing(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("p", -500, 500))
    save(store, key, post("q", 10), covers=(0, 90))
    assert save(store, key, post("p", 50)).revoked == 0


def test_a_post_of_another_account_disproves_nothing(store: Store) -> None:
    one, other = registry(store, account(), account("乙", "u2"))
    save(store, one, covers=(0, 90))
    assert save(store, other, post("p", 40)).revoked == 0


def ceilings(store: Store) -> list[tuple[int, ...]]:
    return rows(store, "SELECT route_id, ceiling FROM route_ceiling ORDER BY recorded_at")


def test_two_missed_posts_suspend_no_route_three_of_few_do_from_then_on(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("a", 10), covers=(0, 1_000))
    for place in (20, 30):
        save(store, key, post(f"m{place}", place), covers=(0, 1_000))
    assert ceilings(store) == []
    before = stamp(store)
    save(store, key, post("m40", 40), covers=(0, 1_001))
    assert [ceiling for _, ceiling in ceilings(store)] == [0]
    assert {row.grade for row in facts_of(store, key, 2_000, before).coverage} == {4}
    assert {row.grade for row in facts_of(store, key, 2_000).coverage} == {0}


def test_three_missed_posts_of_three_thousand_suspend_no_route(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, *(post(f"p{n}", 5_000 + n) for n in range(3_000)), covers=(0, 4_000))
    save(store, key, *(post(f"m{n}", n) for n in (1, 2, 3)))
    assert ceilings(store) == []
    save(store, key, covers=(0, 4_000))
    save(store, key, *(post(f"n{n}", n) for n in (7, 8, 9)))
    assert [ceiling for _, ceiling in ceilings(store)] == [0]


def test_once_a_person_lifts_a_suspension_counting_begins_anew(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, covers=(0, 1_000))
    save(store, key, *(post(f"m{n}", n) for n in (1, 2, 3)), covers=(0, 1_000))
    (route, ceiling) = ceilings(store)[0]
    with store.writing() as tx:
        routes.set_ceiling(tx, route, 4, "已核查,恢复采信", by=1)
    save(store, key, post("m4", 4), covers=(0, 1_000))
    assert (ceiling, [row[1] for row in ceilings(store)]) == (0, [0, 4])
    (row,) = facts_of(store, key, 2_000).coverage
    assert row.grade == 4


def test_each_route_has_its_own_ceiling_and_a_ceiling_lifts_no_grade(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, covers=(0, 50))
    save(store, key, covers=(0, 60), route=EXPORT)
    with store.writing() as tx:
        routes.set_ceiling(tx, routes.ensure(tx, EXPORT), 2, "校准", by=None)
        routes.set_ceiling(tx, routes.ensure(tx, INTERFACE), 9, "校准", by=None)
    assert [row.grade for row in facts_of(store, key, 100).coverage] == [4, 2]


def test_minus_infinity_and_what_a_row_rests_on_are_kept(store: Store) -> None:
    (key,) = registry(store)
    saved = save(store, key, covers=(BEGINNING, 50))
    assert rows(store, "SELECT a, b, evidence_kind, evidence_id FROM coverage") == [
        (BEGINNING, 50, "pass", saved.pass_id)
    ]
    with store.writing() as tx:
        proof = coverage.Proof(routes.ensure(tx, EXPORT), 1, 3600, "look", None)
        coverage.add(tx, key, CoverageClaim(0, 60, 60), proof)
    assert [row.fresh for row in facts_of(store, key, 100).coverage] == [60 * 3600, 3600]


def test_routes_of_two_platforms_are_two(store: Store) -> None:
    weibo = Account("weibo", "甲", COUNTY.code, uid="w1")
    one, other = registry(store, account(), weibo)
    save(store, one, covers=(0, 50))
    route = type(INTERFACE)("weibo", "own", INTERFACE.source, 4, 26, confirm_hours=24)
    harvests.save(store, harvest(other, covers=(0, 50), route=route), None)
    assert [row.confirm for row in facts_of(store, other, 100).coverage] == [86_400]
    assert [row.confirm for row in facts_of(store, one, 100).coverage] == [0]
