"""Who waited how long: from the first or from one's own turn, and who tells nothing."""

from dataclasses import replace

import pytest

from monitor.coordinate.campaign_waits import Span, waits
from monitor.coordinate.progress import Waited, progress
from monitor.domain.campaign import Source, Task, TaskState

T = TaskState
SPAN = Span(start=1000, until=5000)


def a_task(state: TaskState, published: int | None = None, opens: int | None = 0) -> Task:
    return Task(state, due=4000, opens=opens, published=published)


@pytest.mark.parametrize("state", [T.VERIFIED, T.LATE, T.DIFFERS, T.REPORTED, T.TO_CORRECT])
def test_what_stands_on_the_platform_waited_until_then(state: TaskState) -> None:
    assert waits([a_task(state, 1600)], SPAN) == [Waited(600, published=True)]


@pytest.mark.parametrize("state", [T.TO_SIGN, T.TO_PUBLISH, T.MISSED, T.ASKS_OUT])
def test_what_is_still_to_come_was_watched_until_now(state: TaskState) -> None:
    assert waits([a_task(state)], SPAN) == [Waited(4000, published=False)]


@pytest.mark.parametrize("state", [T.EXCUSED, T.UNKNOWN])
def test_who_is_excused_or_blind_is_no_part_of_it(state: TaskState) -> None:
    assert waits([a_task(state)], SPAN) == []


def test_a_units_own_word_says_neither_when_nor_that_it_did_not() -> None:
    said = replace(a_task(T.REPORTED), source=Source.SELF)
    assert waits([said], SPAN) == []


def test_in_batches_each_starts_with_its_own_turn() -> None:
    turns = replace(SPAN, turns=True)
    tasks = [
        a_task(T.VERIFIED, 3100, opens=3000),
        a_task(T.TO_PUBLISH, opens=4400),
        a_task(T.TO_PUBLISH, opens=9000),
        a_task(T.TO_PUBLISH, opens=None),
    ]
    found = waits(tasks, turns)
    assert [each.published for each in found] == [True, False, False, False]
    assert [max(each.seconds, 0) for each in found] == [100, 600, 0, 0]
    assert [step.watched for step in progress(found).steps] == [2]
    assert waits(tasks, SPAN)[0] == Waited(2100, published=True)


def test_a_correction_is_done_when_it_is_put_right() -> None:
    amends = replace(SPAN, amends=True)
    right = replace(a_task(T.CORRECTED, 900), put_right_at=1900)
    found = waits([right, a_task(T.TO_CORRECT)], amends)
    assert found == [Waited(900, published=True), Waited(4000, published=False)]
