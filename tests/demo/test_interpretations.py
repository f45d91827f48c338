"""What was interpreted of the quarter before, whatever the first day: listed, released, said."""

from datetime import timedelta

import pytest

from monitor.demo.broadcasts import POLICY, said
from monitor.demo.interpretations import (
    INTERPRETATIONS,
    documents_of,
    line,
    quarter_before,
    quarter_of,
)
from monitor.demo.past_files import stretches
from monitor.demo.province import FIRST_DAY, Province
from monitor.domain.instants import DAY, day_start, shanghai

DAYS = [FIRST_DAY + timedelta(days=ahead) for ahead in range(0, 370, 3)]


@pytest.mark.parametrize("first_day", DAYS, ids=str)
def test_documents_are_issued_on_working_days_of_the_quarter_whose_list_they_are_on(
    first_day: object,
) -> None:
    day = first_day
    assert isinstance(day, type(FIRST_DAY))
    quarter = quarter_before(day)
    listed = [each for each, _ in documents_of(quarter, day)]
    for each in INTERPRETATIONS:
        at = each.issued_at(day)
        assert shanghai(at).weekday() < 5
        assert quarter.since <= at < each.due_at(day) < quarter.until
        assert each in listed
        assert shanghai(at).date().isoformat() in line(each, each.drafter, day)
    assert (POLICY in listed) is (quarter_of(POLICY.issued_at(day)) == quarter)


@pytest.mark.parametrize("first_day", DAYS, ids=str)
def test_files_of_the_past_join_the_usual_ones_without_a_gap(first_day: object) -> None:
    day = first_day
    assert isinstance(day, type(FIRST_DAY))
    found = list(stretches(day))
    ends = [b for _, _, b in found]
    assert ends[-1] == day_start(day - timedelta(days=45))
    assert [a for _, a, _ in found][1:] == ends[:-1]
    assert 135 * DAY < day_start(day) - found[0][1] < 277 * DAY


def test_who_exists_says_both_as_they_were_approved_and_in_time() -> None:
    province = Province()
    told = [
        (post, each)
        for each in province.residents
        for post in said(each, province.first_day, INTERPRETATIONS)
    ]
    assert len(told) > 300
    by_key = {each.key: each for each in INTERPRETATIONS}
    for post, resident in told:
        assert resident.seat.real
        assert post.at <= by_key[post.key].due_at(province.first_day)
