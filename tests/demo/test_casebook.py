"""整改单 of the invented province: on invented units, in every state, never against the posts."""

from datetime import date, timedelta

import pytest

from monitor.coordinate.case import follow, open_case
from monitor.coordinate.case_moves import Act
from monitor.demo.case_stories import STORIES
from monitor.demo.case_telling import SIDES, Base, By
from monitor.demo.casebook import Sheet
from monitor.demo.places import INVENTED
from monitor.demo.province import Province
from monitor.domain.case import OVER, Case, Measure, Move, Problem, State
from monitor.domain.instants import DAY, day_start, shanghai

PROVINCE = Province()
LIMIT = 14 * DAY
BACK = {Move.HAND_IN, Move.RECOVERED, Move.CLOSE}
SILENT = {"slack", "sleepy", "zombie", "ended"}


def stands(sheet: Sheet) -> Case:
    """Where a case stands after all its deeds; the machine refuses what cannot follow."""
    people = {by: number for number, by in enumerate(By, start=1)}
    case = open_case((Problem("内容不更新", "…"),), transit=True)
    for at, deed in sheet.deeds:
        act = Act(
            move=deed.move,
            person=people[deed.by],
            side=SIDES[deed.by],
            words=deed.words,
            reason=deed.reason,
            measure=deed.measure,
            days=deed.days,
            looked_at=at,
            most_days=60,
            again_at=at + 30 * DAY,
            into=1 if sheet.into else None,
        )
        case = follow(case, act, at)
    return case


def test_every_state_and_every_mark_is_there_to_be_seen() -> None:
    cases = [stands(each) for each in PROVINCE.cases()]
    assert {each.state for each in cases} == set(State)
    assert {each.measure for each in cases} >= {None, Measure.PUT_RIGHT, Measure.CLOSE}
    for mark in ("appealed", "extended", "deferred", "named", "talked", "recovered"):
        assert any(getattr(each, mark) for each in cases), mark
    assert any(each.asked_days for each in cases)
    assert any(each.returns for each in cases)


def test_only_stations_and_teams_that_exist_nowhere_have_one() -> None:
    for sheet in PROVINCE.cases():
        assert not sheet.resident.seat.real
        assert sheet.resident.seat.name[:2] in INVENTED
        assert sheet.resident.official


@pytest.mark.parametrize("first", [date(2026, 11, 23) + timedelta(days=n) for n in range(7)])
def test_whatever_the_weekday_days_follow_each_other_and_nothing_lies_ahead(first: date) -> None:
    province = Province(first_day=first)
    sheets = province.cases()
    assert sheets == province.cases()
    for sheet in sheets:
        seconds = [sheet.opened_at, *(at for at, _ in sheet.deeds)]
        assert seconds == sorted(set(seconds))
        assert seconds[-1] < day_start(first)
        assert all(shanghai(at).weekday() < 5 for at in seconds)
    live = [each.resident.world.uid for each in sheets if stands(each).state not in OVER]
    assert len(live) == len(set(live)) > 60


@pytest.mark.parametrize("first", [date(2026, 11, 23), date(2027, 2, 14), date(2029, 7, 1)])
def test_what_a_case_says_of_an_account_its_own_posts_say_too(first: date) -> None:
    province = Province(first_day=first)
    for sheet in province.cases():
        if sheet.resident.role not in SILENT or sheet.story.kind:
            continue
        opened, account = sheet.opened_at, sheet.resident.world
        assert not province.posts(account, opened - LIMIT, opened), sheet
        for at, deed in sheet.deeds:
            if sheet.story.base is Base.SILENCE and deed.move in BACK:
                fewest = 1 if deed.move is Move.HAND_IN else 2
                assert len(province.posts(account, at - LIMIT, at)) >= fewest, sheet
        if sheet.story.base is Base.TODAY:
            assert not province.posts(account, opened, day_start(first)), sheet


def test_some_that_fail_are_left_for_whoever_tries_the_product() -> None:
    taken = {each.resident.world.uid for each in PROVINCE.cases()}
    failing = [each for each in PROVINCE.residents if each.role in {*SILENT, "never"}]
    assert sum(each.world.uid not in taken for each in failing) > 40
    assert sum(story.count for story in STORIES) > 80
