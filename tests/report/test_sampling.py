"""抽查: by place and platform in proportion, drawn again from its seed, n of N."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.report.sampling import Candidate, draw

PLACES = st.sampled_from(("荆州市", "宜昌市", "襄阳市"))
PLATFORMS = st.sampled_from(("wechat", "weibo"))
FRAMES = st.lists(st.tuples(PLACES, PLATFORMS), max_size=80).map(
    lambda some: [Candidate(n, place, platform) for n, (place, platform) in enumerate(some)]
)


@given(FRAMES, st.integers(0, 90), st.randoms(use_true_random=False))
def test_a_sample_is_in_proportion_and_the_same_in_any_order(frame, size, dice) -> None:  # type: ignore[no-untyped-def]
    sample = draw(frame, size, "2026Q3")
    shuffled = list(frame)
    dice.shuffle(shuffled)
    assert draw(shuffled, size, "2026Q3") == sample
    assert len(sample.drawn) == min(size, len(frame)) == sum(each.drawn for each in sample.strata)
    where = {each.account_id: (each.place, each.platform) for each in frame}
    seen = Counter(where[each] for each in sample.drawn)
    for each in sample.strata:
        assert each.drawn == seen[(each.place, each.platform)]
        quota = len(sample.drawn) * each.total / len(frame)
        assert abs(each.drawn - quota) < 1, "largest remainder keeps within its quota"


def test_the_places_left_go_to_the_largest_remainders() -> None:
    sizes = {("甲", "x"): 47, ("乙", "x"): 16, ("丙", "x"): 37}
    names = [key for key, total in sizes.items() for _ in range(total)]
    frame = [Candidate(n, *key) for n, key in enumerate(names)]
    told = {each.place: each.drawn for each in draw(frame, 10, "s").strata}
    assert told == {"甲": 5, "乙": 1, "丙": 4}, "4.7, 1.6 and 3.7: the two greatest rests"


def test_another_seed_draws_others_and_n_is_shown_of_all() -> None:
    frame = [Candidate(n, "荆州市", "wechat") for n in range(100)]
    one, other = draw(frame, 12, "a"), draw(frame, 12, "b")
    assert one.drawn != other.drawn
    assert one.said == "抽查12个(共100个)"
    with pytest.raises(ValueError, match="size"):
        draw(frame, -1, "a")
