"""Whose turn it is: against a naive sort, and nobody starves."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.turns import EVERY, ORDINARY, Waiting, turns

accounts = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, ORDINARY), st.integers(0, 9)),
    unique_by=lambda each: each[0],
).map(lambda rows: [Waiting(*row) for row in rows])


def naive(waiting: list[Waiting]) -> list[int]:
    """Place by place, by looking at everybody who is left."""
    left, order = list(waiting), []
    for place in range(len(waiting)):
        by_age = place % EVERY == EVERY - 1
        worth = {each.account_id: ORDINARY if by_age else each.worth for each in left}
        first = min(
            left, key=lambda each: (worth[each.account_id], each.looked_at, each.account_id)
        )
        left.remove(first)
        order.append(first.account_id)
    return order


@given(accounts)
def test_the_order_is_that_of_a_naive_sort_and_has_everybody_once(waiting: list[Waiting]) -> None:
    assert turns(waiting) == naive(waiting)


@given(accounts, st.randoms(), st.integers(EVERY, 20))
def test_everybody_is_read_however_many_are_wanted(
    waiting: list[Waiting], dice: object, budget: int
) -> None:
    """Each day there are calls for a few, and whoever likes names the wanted anew."""
    looked = {each.account_id: each.looked_at for each in waiting}
    read: set[int] = set()
    share = budget // EVERY
    for day in range(10, 10 + -(-len(waiting) // share)):
        today = [Waiting(key, dice.choice((0, 1, 2)), at) for key, at in looked.items()]  # type: ignore[attr-defined]
        for account_id in turns(today)[:budget]:
            looked[account_id] = day
            read.add(account_id)
    assert read == looked.keys()
