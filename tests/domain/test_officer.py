"""An officer's account joins by two papers and is gone the moment either fails it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.errors import Conflict
from monitor.domain.officer import AFTER, GONE, Joining, Standing, Step, after, offered, told

NOW = 1_000


@given(st.lists(st.tuples(st.sampled_from(Step), st.integers(0, 2_000))), st.integers(0, 2_000))
def test_whatever_is_done_only_two_papers_that_hold_make_it_shown(
    steps: list[tuple[Step, int]], now: int
) -> None:
    joining, papers = Joining(), {Step.APPROVE: 0, Step.CONSENT: 0}
    for step, until in steps:
        try:
            standing = after(joining, step, NOW)
        except Conflict:
            assert step not in offered(joining) or step is Step.JOIN
            continue
        if step in papers:
            papers[step] = until
        elif step is not Step.JOIN:
            papers = dict.fromkeys(papers, 0)
        joining = Joining(standing, papers[Step.APPROVE], papers[Step.CONSENT])
        left = step in {Step.LEAVE, Step.MOVE, Step.RETIRE}
        assert (joining.standing in GONE) == left or step in papers
        if left:
            assert not joining.valid(0)
    if joining.valid(now):
        assert joining.standing is Standing.JOINED
        assert papers[Step.APPROVE] > now
        assert papers[Step.CONSENT] > now


def test_one_may_leave_from_everywhere_one_can_be() -> None:
    for standing in set(Standing) - GONE:
        for step in (Step.LEAVE, Step.MOVE, Step.RETIRE):
            assert AFTER[step][standing] in GONE


def test_nobody_joins_with_a_paper_that_ran_out_and_the_list_says_so() -> None:
    with pytest.raises(Conflict, match="到期"):
        after(Joining(Standing.CONSENTED, NOW, NOW + 9), Step.JOIN, NOW)
    assert told(Joining(Standing.JOINED, NOW + 9, NOW), NOW) == "已到期"
    assert told(Joining(Standing.JOINED, NOW + 9, NOW + 1), NOW) == "已加入"
