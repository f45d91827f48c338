"""The smallest set for an audience: against every set there is, and with the ties it brings."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate.audience import smallest

NUMBERS = st.lists(st.integers(0, 20), max_size=8)


@given(NUMBERS, st.integers(1, 60))
def test_no_smaller_set_comes_to_as_many(followers: list[int], wanted: int) -> None:
    sizes = [
        size
        for size in range(1, len(followers) + 1)
        if any(sum(some) >= wanted for some in combinations(followers, size))
    ]
    found = smallest(followers, wanted)
    assert found.enough == bool(sizes)
    if sizes:
        assert found.fewest == min(sizes)


@given(NUMBERS, st.integers(1, 60))
def test_what_is_proposed_is_everybody_with_so_many_followers(
    followers: list[int], wanted: int
) -> None:
    found = smallest(followers, wanted)
    taken = [each for each in followers if 0 < each >= found.least]
    assert (found.accounts, found.followers) == (len(taken), sum(taken))
    assert found.enough == (found.followers >= wanted)


def test_equals_come_along_and_accounts_without_followers_never_do() -> None:
    found = smallest([0, 300, 200, 200, 100], 400)
    assert (found.accounts, found.fewest, found.least, found.followers) == (3, 2, 200, 700)
    assert not smallest([0, 0], 1).enough
    assert smallest([], 5).accounts == 0
