"""Small records for hypothesis: at most 13 instants, 3 posts, 4 looks, 2 excuses."""

import os

from hypothesis import settings
from hypothesis import strategies as st

from monitor.domain.instants import BEGINNING
from tests.judge.evidence import Look, Post, Record

settings.register_profile(
    "judge",
    max_examples=5000 if os.environ.get("SENTINEL_DEEP") == "1" else 300,
    deadline=None,
    derandomize=True,
    database=None,
)
THOROUGH = settings.get_profile("judge")
"""300 examples that are the same on every run; SENTINEL_DEEP=1 asks for 5,000."""

LAST = 12
seconds = st.integers(0, LAST)
dated = st.tuples(st.integers(-2, LAST), st.sampled_from([0, 0, 0, 1, 2, 3]))
posts = dated.map(lambda pair: Post(pair[0], pair[0] + pair[1]))
looks = st.builds(
    lambda a, length, **rest: Look(a, (0 if a == BEGINNING else a) + length, **rest),
    st.one_of(seconds, st.just(BEGINNING)),
    st.integers(0, LAST),
    fresh=st.integers(0, 8),
    grade=st.sampled_from([0, 2, 4, 4]),
    looked=st.integers(0, 16),
    confirm=st.sampled_from([0, 3]),
)
long_looks = st.builds(Look, a=st.integers(0, 3), b=st.integers(9, LAST), fresh=st.just(8))
"""Looks that convict where no later post is known."""

excuses = st.tuples(seconds, st.integers(0, 5)).map(lambda pair: (pair[0], pair[0] + pair[1]))
openings = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(-3, 6), st.integers(0, 4)).map(lambda p: (p[0], p[0] + p[1])),
    st.integers(-3, 6).map(lambda first: (first, None)),
    st.integers(-3, 6).map(lambda last: (None, last)),
)
any_records = st.builds(
    Record,
    posts=st.lists(posts, max_size=3).map(tuple),
    looks=st.lists(looks, max_size=4).map(tuple),
    excuses=st.lists(excuses, max_size=2).map(tuple),
    opened=openings,
    registered=st.integers(0, 8),
)
looked_at_records = st.tuples(any_records, long_looks).map(lambda pair: pair[0].and_(pair[1]))
records = st.one_of(any_records, looked_at_records)


def consistent(record: Record, as_of: int) -> bool:
    """Whether some world is allowed: no post surely before the opening, nor that yet to come."""
    opened = record.opened[0]
    if opened is None:
        return True
    return opened < as_of and all(post.last >= opened for post in record.posts)
