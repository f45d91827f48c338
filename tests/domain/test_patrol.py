"""What a look proves, whatever it saw: never more than it can, and nothing that may not be."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.instants import BEGINNING, DAY
from monitor.domain.patrol import (
    FRESH_HOURS,
    NONE_BELOW,
    OFFICE_GRADE,
    OWN_GRADE,
    SETTLE,
    Doubt,
    Look,
    claim,
    convicts,
    doubt,
    route,
)

LIMIT = 14 * DAY
AT = 1_795_320_000
SECONDS = st.integers(AT - 900 * DAY, AT)


@st.composite
def a_look(draw: st.DrawFn) -> Look:
    first = draw(SECONDS)
    last = first + draw(st.sampled_from([0, 59, DAY - 1]))
    newest = draw(st.none() | st.tuples(SECONDS, SECONDS).map(sorted).map(tuple))
    if newest is not None:
        newest = (min(newest[0], last), min(newest[1], last))
    return Look(1, first, last, newest=newest, empty=newest is None and draw(st.booleans()))


@given(a_look(), st.sampled_from(["douyin", "weibo"]), st.data())
def test_no_post_that_came_unseen_lies_within_what_was_proven(
    look: Look, platform: str, data: st.DataObject
) -> None:
    """Whenever in the look it was, and whenever the newest post was published."""
    proven = claim(look, platform)
    if proven is None:
        assert look.newest is None
        assert not look.empty
        return
    at = data.draw(st.integers(look.looked_from, look.looked_until))
    assert proven.a <= proven.b <= at
    if look.newest is not None:
        posted = data.draw(st.integers(*look.newest))
        assert proven.a == proven.b or proven.a > posted
    if platform == "weibo" and look.empty:
        assert proven.a >= min(at - 180 * DAY, proven.b)


@given(a_look())
def test_an_answer_that_convicts_is_never_taken_without_the_second(look: Look) -> None:
    if convicts(look, LIMIT):
        assert doubt(look, None, LIMIT) is Doubt.SECOND_WANTED
    else:
        assert doubt(look, None, LIMIT) is Doubt.NONE


def test_a_page_with_one_post_has_no_second() -> None:
    look = Look(1, AT, AT, newest=(AT - 40 * DAY, AT - 40 * DAY), second=NONE_BELOW)
    assert doubt(look, None, LIMIT) is Doubt.NONE
    assert convicts(look, LIMIT)


def test_settling_and_the_beginning_of_time() -> None:
    found = claim(Look(1, AT, AT, empty=True), "douyin")
    assert found is not None
    assert (found.a, found.b, found.looked_at) == (BEGINNING, AT - SETTLE, AT)


@pytest.mark.parametrize(
    "values",
    [{"newest": (5, 4)}, {"newest": (5, AT + 1)}, {"newest": (5, 5), "empty": True}],
)
def test_a_look_that_contradicts_itself_is_no_look(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"post|published"):
        Look(1, AT, AT, **values)  # type: ignore[arg-type]


def test_grades_and_freshness_are_those_of_the_sheet_of_sources() -> None:
    told = yaml.safe_load(Path("data/sources.yaml").read_text("utf-8"))["sources"]
    for name, grade in (("patrol", OFFICE_GRADE), ("patrol-own", OWN_GRADE)):
        assert (told[name]["grade"], told[name]["fresh_hours"]) == (grade, FRESH_HOURS)
        way = route("douyin", grade)
        assert (way.source.value, way.confirm_hours) == (told[name]["provenance"], 0)
