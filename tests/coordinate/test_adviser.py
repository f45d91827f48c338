"""关停合并建议: reasons that hold, nothing of what was not seen, and none for who is leaving."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate.adviser import advise
from monitor.domain.account import State
from monitor.domain.advice import Advice, Known
from monitor.domain.instants import DAY

KNOWN = st.builds(
    Known,
    state=st.sampled_from(State),
    main=st.booleans(),
    silent=st.none() | st.integers(0, 400 * DAY),
    never=st.booleans(),
    followers=st.none() | st.integers(0, 2000),
    lost=st.none() | st.integers(0, 400 * DAY),
    beside=st.sampled_from(["", "平安甲(演示)"]),
)


@given(KNOWN)
def test_nothing_is_proposed_of_what_was_not_seen_or_is_on_its_way_out(known: Known) -> None:
    found = advise(known)
    if known.state not in {State.ACTIVE, State.LOST, State.UNCHECKED}:
        assert found is None
        return
    silent = known.silent is not None and known.silent > 90 * DAY
    few = known.followers is not None and known.followers < 500
    lost = known.state is State.LOST and known.lost is not None and known.lost > 180 * DAY
    spoken = known.never or (silent and few) or lost
    merge = known.beside != "" and not known.main
    assert (found is not None) == (spoken or merge)
    if found is not None:
        assert (found.advice is Advice.MERGE) == merge
        assert all(found.reasons)


def test_the_reasons_carry_their_figures() -> None:
    found = advise(Known(State.LOST, silent=120 * DAY + 5, followers=31, lost=200 * DAY))
    assert found is not None
    assert found.advice is Advice.FIND
    assert found.reasons == ("已120天未更新,粉丝31人,不足500人", "失管已200天")


def test_silence_on_the_limit_and_followers_nobody_counted_propose_nothing() -> None:
    assert advise(Known(State.ACTIVE, silent=90 * DAY, followers=3)) is None
    assert advise(Known(State.ACTIVE, silent=300 * DAY)) is None
