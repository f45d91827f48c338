"""Observations: written only when they differ from their neighbour in observed time."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers
from monitor.domain.post import SeenPost
from monitor.record.store import Store
from tests.record.builders import EXPORT, post, registry, rows, save

KEPT = "SELECT observed_at, reads, final FROM post_obs ORDER BY observed_at, recorded_at"
T = 1_000_000


def seen(at: int, reads: int | None, *, final: bool = False) -> SeenPost:
    return post("p", 100, observed_at=T + at, reads=reads, final=final)


def test_unchanged_numbers_are_not_written_again(store: Store) -> None:
    (key,) = registry(store)
    assert save(store, key, seen(0, 5)).observations == 1
    assert save(store, key, seen(10, 5)).observations == 0
    assert save(store, key, seen(20, 6)).observations == 1
    assert [row[:2] for row in rows(store, KEPT)] == [(T, 5), (T + 20, 6)]


def test_numbers_become_final_though_they_stay_the_same(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, seen(0, 5))
    assert save(store, key, seen(10, 5, final=True)).observations == 1


def test_of_one_instant_the_later_word_stands_beside_the_first(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, seen(0, 5))
    assert save(store, key, seen(0, 8, final=True)).observations == 1
    assert save(store, key, seen(0, 8, final=True)).observations == 0
    assert [row[1] for row in rows(store, KEPT)] == [5, 8]
    assert save(store, key, seen(9, 8, final=True)).observations == 0


def test_another_source_saying_the_same_is_written(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, seen(0, 5))
    assert save(store, key, seen(10, 5), route=EXPORT).observations == 1


def test_a_late_file_is_held_against_its_own_neighbour(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, seen(0, 5))
    save(store, key, seen(20, 9))
    assert save(store, key, seen(10, 5)).observations == 0
    assert save(store, key, seen(15, 9)).observations == 1
    assert [row[0] - T for row in rows(store, KEPT)] == [0, 15, 20]


def test_missing_is_not_zero_and_nothing_said_is_nothing_kept(store: Store) -> None:
    (key,) = registry(store)
    assert save(store, key, seen(0, None)).observations == 0
    assert save(store, key, seen(1, 0)).observations == 1
    numbers = PostNumbers(reads=0, likes=0)
    told = SeenPost("p", 100, 100, T + 2, numbers=numbers, capped=frozenset({"reads"}))
    assert save(store, key, told).observations == 1
    assert rows(store, "SELECT likes, plays, capped FROM post_obs WHERE likes = 0") == [
        (0, None, "reads")
    ]


def test_numbers_of_an_account_are_kept_by_basis(store: Store) -> None:
    (key,) = registry(store)
    level = AccountObservation(T, AccountNumbers(followers=7), "累计")
    day = AccountObservation(T, AccountNumbers(followers=7), "单日")
    assert save(store, key, accounts=(level, day)).observations == 2
    again = AccountObservation(T + 86_400, AccountNumbers(followers=7), "累计")
    assert save(store, key, accounts=(again,)).observations == 0


SIGHTS = st.lists(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2), st.booleans()), max_size=5),
    max_size=5,
)
ISOLATED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ISOLATED
@given(files=SIGHTS)
def test_whatever_order_files_come_in_a_row_is_kept_just_where_it_says_something_else(
    store: Store, files: list[list[tuple[int, int, bool]]]
) -> None:
    (key,) = registry(store)
    (before,) = rows(store, "SELECT count(*) FROM post_key")
    native = f"p{before[0]}"
    kept: dict[tuple[int, int], tuple[int, bool]] = {}
    for number, file in enumerate(files):
        unique = {at: (at, reads, final) for at, reads, final in file}
        for at, reads, final in sorted(unique.values()):
            earlier = [moment for moment in kept if moment[0] <= at]
            if not earlier or kept[max(earlier)] != (reads, final):
                kept[at, number] = (reads, final)
        save(
            store,
            key,
            *(
                post(native, 100, observed_at=T + at, reads=reads, final=final)
                for at, reads, final in unique.values()
            ),
            post(f"{native} alone", 100, observed_at=T),
        )
    found = rows(
        store,
        "SELECT o.observed_at, o.reads, o.final FROM post_obs o JOIN post_key k ON k.id = o.key_id"
        f" WHERE k.native_id = '{native}' ORDER BY o.observed_at, o.recorded_at",
    )
    expected = [(T + at, *kept[at, number]) for at, number in sorted(kept)]
    assert [(at, reads, bool(final)) for at, reads, final in found] == expected
