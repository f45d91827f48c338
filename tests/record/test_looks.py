"""Looks: a post, a service check, coverage last; what is in doubt proves nothing."""

from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.instants import BEGINNING, DAY, HOUR
from monitor.domain.patrol import OFFICE_GRADE, OWN_GRADE, SETTLE, Comments, Look, Seen
from monitor.record import looks
from monitor.record.looks import Kept, Witness
from monitor.record.store import Store
from tests.record.builders import facts_of, post, registry, rows, save

NOON = 1_795_320_000
"""2026-11-22 12:00 in Shanghai."""
WITNESS = Witness(OFFICE_GRADE, 7, "k1")


def look(account_id: int, at: int = NOON, **values: object) -> Look:
    return replace(Look(account_id, at, at), **values)  # type: ignore[arg-type]


def keep(store: Store, seen: Look, witness: Witness = WITNESS, platform: str = "douyin") -> Kept:
    with store.writing() as tx:
        return looks.save(tx, platform, seen, witness)


def test_a_look_proves_the_list_between_the_newest_post_and_settling(store: Store) -> None:
    (key,) = registry(store)
    posted = (NOON - 20 * DAY, NOON - 20 * DAY + 59)
    kept = keep(store, look(key, newest=posted, title="甲", comments=Comments.CLOSED))
    assert kept.new_post
    known = facts_of(store, key, NOON + HOUR)
    assert (known.newest_from, known.newest_until) == posted
    (row,) = known.coverage
    assert (row.a, row.b, row.grade) == (posted[1] + 1, NOON - SETTLE, OFFICE_GRADE)
    assert (row.fresh, row.confirm, row.looked_at) == (168 * HOUR, 0, NOON)
    (service,) = known.services
    assert (service.function, service.works, service.measured) == ("评论留言", False, True)
    assert rows(store, "SELECT evidence_kind, evidence_id FROM coverage") == [
        ("look", kept.look_id)
    ]


def test_a_units_own_look_speaks_with_its_own_grade_by_its_own_way(store: Store) -> None:
    (key,) = registry(store)
    own = replace(WITNESS, grade=OWN_GRADE)
    keep(store, look(key, newest=(5, 5), comments=Comments.OPEN), own)
    known = facts_of(store, key, NOON + HOUR)
    assert [row.grade for row in known.coverage] == [OWN_GRADE]
    assert [each.measured for each in known.services] == [False]
    assert rows(store, "SELECT key FROM route") == [("douyin/patrol/own",)]


def test_an_empty_page_proves_all_time_or_as_far_as_the_page_reaches(store: Store) -> None:
    (key,) = registry(store)
    keep(store, look(key, empty=True))
    keep(store, look(key, empty=True), replace(WITNESS, key="k2"), platform="weibo")
    found = sorted(row.a for row in facts_of(store, key, NOON).coverage)
    assert found == [BEGINNING, NOON - 180 * DAY]


@pytest.mark.parametrize("seen", [Seen.UNREACHABLE, Seen.NOT_FOUND, Seen.DEREGISTERED])
def test_a_page_that_was_not_seen_proves_nothing(store: Store, seen: Seen) -> None:
    (key,) = registry(store)
    assert keep(store, look(key, seen=seen)).claim is None
    assert facts_of(store, key, NOON).coverage == ()
    assert rows(store, "SELECT seen FROM look") == [(seen.value,)]


def test_the_same_key_is_stored_once(store: Store) -> None:
    (key,) = registry(store)
    first = keep(store, look(key, newest=(5, 5)))
    again = keep(store, look(key, newest=(9, 9)))
    assert (again.look_id, again.already) == (first.look_id, True)
    assert rows(store, "SELECT count(*) FROM post") == [(1,)]


def test_what_is_in_doubt_is_kept_and_proves_nothing_but_its_post(store: Store) -> None:
    (key,) = registry(store)
    kept = keep(store, look(key, newest=(5, 5)), replace(WITNESS, doubt="已知有更新的作品"))
    assert kept.claim is None
    known = facts_of(store, key, NOON)
    assert (known.newest_from, known.coverage) == (5, ())


@pytest.mark.parametrize("said", [{}, {"title": "反诈"}, {"title": "别的写法"}])
def test_a_post_that_is_known_is_not_entered_twice(store: Store, said: dict[str, Any]) -> None:
    """Else it would look missed by the complete pass, and revoke honest coverage."""
    (key,) = registry(store)
    save(
        store,
        key,
        post("p", NOON - DAY, title="反诈提醒", observed_at=NOON),
        covers=(NOON - 9 * DAY, NOON - HOUR),
    )
    minute = NOON - DAY - 30
    kept = keep(store, look(key, newest=(minute, minute + 59), **said))
    assert not kept.new_post
    assert rows(store, "SELECT count(*) FROM coverage_revocation") == [(0,)]
    assert facts_of(store, key, NOON).newest_from == NOON - DAY


def test_a_post_a_complete_pass_missed_revokes_it(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, covers=(NOON - 9 * DAY, NOON - HOUR))
    kept = keep(store, look(key, newest=(NOON - DAY, NOON - DAY + 59)))
    assert kept.new_post
    assert rows(store, "SELECT count(*) FROM coverage_revocation") == [(1,)]


def test_a_narrower_word_on_the_same_post_narrows_it(store: Store) -> None:
    (key,) = registry(store)
    keep(store, look(key, newest=(NOON - 3 * DAY, NOON - 2 * DAY)))
    keep(
        store,
        look(key, newest=(NOON - 2 * DAY - 60, NOON - 2 * DAY - 1)),
        replace(WITNESS, key="b"),
    )
    known = facts_of(store, key, NOON)
    assert (known.newest_from, known.newest_until) == (NOON - 2 * DAY - 60, NOON - 2 * DAY - 1)
    assert known.posts_30d_min == 1


def test_posts_that_were_taken_down_are_marked_and_no_longer_stand(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("old", 100), post("new", NOON - DAY, observed_at=NOON))
    seen = look(key, newest=(100, 100))
    with store.writing() as tx:
        newest = looks.newest_live(tx, key, seen.end)
        assert newest is not None
        assert newest.native_id == "new"
        assert looks.take_down(tx, seen) == 1
        newest = looks.newest_live(tx, key, seen.end)
        assert newest is not None
        assert newest.native_id == "old"
    assert facts_of(store, key, NOON).newest_from == NOON - DAY
