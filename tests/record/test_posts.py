"""Posts: the narrowest time stands, a deletion stays, and another source's id is no other post."""

import pytest

from monitor.domain.instants import OPEN
from monitor.record.store import Store
from tests.record.builders import EXPORT, facts_of, post, registry, rows, save, stamp

VERSIONS = (
    "SELECT published_from, published_until, deleted_seen_at, superseded_at FROM post ORDER BY id"
)


def test_the_same_post_seen_again_writes_nothing(store: Store) -> None:
    (key,) = registry(store)
    assert save(store, key, post("p", 100)).new_posts == 1
    again = save(store, key, post("p", 100, observed_at=10_000_050))
    assert (again.new_posts, again.changed_posts) == (0, 0)
    assert rows(store, VERSIONS) == [(100, 100, None, OPEN)]


def test_a_narrower_time_is_a_new_version_of_the_same_post(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("p", 0, 86_399))
    before = stamp(store)
    assert save(store, key, post("p", 500)).changed_posts == 1
    assert rows(store, VERSIONS) == [
        (0, 86_399, None, rows(store, "SELECT max(recorded_at) FROM post")[0][0]),
        (500, 500, None, OPEN),
    ]
    assert rows(store, "SELECT count(DISTINCT key_id) FROM post") == [(1,)]
    assert facts_of(store, key, 90_000, before).newest_until == 86_399
    assert facts_of(store, key, 90_000).newest_until == 500


@pytest.mark.parametrize("later", [(0, 86_399), (400, 400), (90_000, 90_000)])
def test_a_time_no_narrower_never_replaces_the_one_that_stands(
    store: Store, later: tuple[int, int]
) -> None:
    (key,) = registry(store)
    save(store, key, post("p", 500))
    save(store, key, post("p", *later, observed_at=10_000_100))
    assert rows(store, VERSIONS) == [(500, 500, None, OPEN)]


def test_a_deletion_is_a_new_version_and_stays(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("p", 500))
    save(store, key, post("p", 500, observed_at=10_000_100, deleted=True))
    save(store, key, post("p", 500, observed_at=10_000_200))
    assert [row[2] for row in rows(store, VERSIONS)] == [None, 10_000_100]
    assert facts_of(store, key, 1_000).newest_until == 500


def test_nothing_is_published_after_it_was_captured(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("day", 0, 86_399, observed_at=50_000), post("skew", 60, observed_at=50))
    assert {row[:2] for row in rows(store, VERSIONS)} == {(50, 50), (0, 50_000)}


def test_of_one_post_twice_in_a_file_the_narrowest_stands_and_its_deletion_too(
    store: Store,
) -> None:
    (key,) = registry(store)
    save(
        store,
        key,
        post("p", 0, 86_399, observed_at=10_000_000),
        post("p", 700, observed_at=10_000_300, deleted=True),
        post("p", 0, 90_000, observed_at=10_000_100),
    )
    assert rows(store, VERSIONS) == [(700, 700, 10_000_300, OPEN)]


def test_an_export_names_by_address_what_the_interface_named_by_id(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("msg_1", 500, url="https://a.example/1"), covers=(0, 1_000))
    saved = save(store, key, post("x", 0, 86_399, url="https://a.example/1"), route=EXPORT)
    assert (saved.new_posts, saved.revoked) == (0, 0)
    assert rows(store, VERSIONS) == [(500, 500, None, OPEN)]


def test_a_post_first_known_by_its_day_gets_its_second_and_stays_one_post(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("line 7", 0, 86_399, title="平安夜巡"), route=EXPORT)
    for seen in (10_000_000, 10_000_900):
        save(store, key, post("msg_1", 500, title="平安夜巡", observed_at=seen), covers=(0, 1_000))
    assert rows(store, "SELECT count(*) FROM post_key") == [(1,)]
    assert [row[:2] for row in rows(store, VERSIONS)] == [(0, 86_399), (500, 500)]


def test_two_posts_of_one_title_are_two_where_one_source_names_both(store: Store) -> None:
    (key,) = registry(store)
    saved = save(store, key, post("a", 0, 86_399, title="警情"), post("b", 0, 86_399, title="警情"))
    assert saved.new_posts == 2
    other = save(
        store, key, post("x", 100, title="警情"), post("y", 200, title="警情"), route=EXPORT
    )
    assert other.new_posts == 0
    third = save(store, key, post("z", 300, title="警情"), route=EXPORT)
    assert third.new_posts == 1


def test_the_same_title_on_another_day_is_another_post(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, post("a", 0, 86_399, title="警情"))
    assert save(store, key, post("x", 200_000, title="警情"), route=EXPORT).new_posts == 1
