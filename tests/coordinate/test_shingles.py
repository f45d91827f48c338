"""The bound of shared pairs: RapidFuzz over all pairs finds nothing that it passes over."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.fuzz import partial_ratio_alignment

from monitor.coordinate.shingles import LEAST, LONG, MANY, Shingles, least, needed

SHORT = st.text("甲乙丙丁", min_size=1, max_size=30)
WHOLE = st.text("甲乙丙丁戊己庚辛壬癸子丑寅卯", min_size=LONG, max_size=LONG + 30)
"""So long that characters are counted before their pairs."""
CUTOFFS = st.sampled_from([67.0, 75.0, 80.0, 90.0, 100.0])


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and what became of it by a few strokes, framed by something else."""
    text = draw(SHORT | WHOLE)
    kept = list(text)
    for _ in range(draw(st.integers(0, 8 + len(text) // 2))):
        at = draw(st.integers(0, len(kept)))
        kept[at : at + draw(st.integers(0, 1))] = draw(st.text("甲乙丙丁戊", max_size=1))
    frame = st.text("甲乙己庚", max_size=12)
    return text, draw(frame) + "".join(kept) + draw(frame)


@settings(max_examples=300)
@given(edited(), CUTOFFS)
@example(("甲甲甲", "甲甲"), 67.0)
@example(("甲乙", "乙甲"), 67.0)
def test_nothing_above_the_cutoff_is_passed_over(pair: tuple[str, str], cutoff: float) -> None:
    sought, text = pair
    for first, second in ((sought, text), (text, sought)):
        if not first or not second:
            continue
        theirs = partial_ratio_alignment(first, second, score_cutoff=cutoff)
        ours = list(Shingles([first], cutoff).alike(second))
        if theirs is None or theirs.score < cutoff:
            assert ours == []
        else:
            assert [(each.score, each.other_start) for each in ours] == [
                (theirs.score, theirs.dest_start)
            ]


@given(st.lists(SHORT | WHOLE, min_size=1, max_size=6), SHORT | WHOLE, CUTOFFS)
def test_many_are_sought_as_one_at_a_time(texts: list[str], text: str, cutoff: float) -> None:
    together = [(each.sought, each.score) for each in Shingles(texts, cutoff).alike(text)]
    alone = [
        (number, each.score)
        for number, sought in enumerate(texts)
        for each in Shingles([sought], cutoff).alike(text)
    ]
    assert together == alone


def test_the_bound_grows_with_the_text_and_with_the_cutoff() -> None:
    assert [needed(each, 75.0) for each in (1, 10, 100)] == [0, 1, 19]
    assert [needed(100, each) for each in (67.0, 80.0, 100.0)] == [0, 33, 99]
    assert [least(each, 75.0) for each in (0, 1, 10, 100)] == [0, 1, 6, 60]
    assert [least(100, each) for each in (67.0, 80.0, 100.0)] == [51, 67, 100]


def test_a_text_too_long_to_be_counted_is_looked_at_all_the_same() -> None:
    sought = "甲乙丙丁戊己庚辛壬癸" * 5
    text = "子" * MANY + sought
    assert [each.score for each in Shingles([sought], 75.0).alike(text)] == [100.0]


def test_a_cutoff_that_proves_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no bound"):
        Shingles(["甲"], LEAST - 1)
    assert list(Shingles([], 75.0).alike("甲乙")) == []
