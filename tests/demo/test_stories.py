"""Stories of the invented province, whatever its first day: reports, trials and campaign weeks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.demo.province import Province
from monitor.demo.roster import Resident
from monitor.domain.instants import DAY, shanghai, to_second
from monitor.domain.iso_week import week_of
from monitor.domain.patrol import SETTLE
from monitor.domain.report_line import NEWEST, POSTS
from monitor.domain.unit import Level

PROVINCE = Province()
CAMPAIGNERS = [r for r in PROVINCE.residents if r.rhythm.campaign]
FIRST = to_second(datetime(2026, 6, 1, tzinfo=UTC))
LAST = to_second(datetime(2040, 1, 1, tzinfo=UTC))

instants = st.integers(FIRST, LAST)


@given(st.sampled_from(CAMPAIGNERS), instants)
@settings(max_examples=80, deadline=None)
def test_a_station_that_speaks_in_campaign_weeks_only_never_fails(
    resident: Resident, at: int
) -> None:
    monday = resident.rhythm.campaign
    posts = PROVINCE.posts(resident.world, at - 60 * DAY, at)
    assert monday is not None
    assert posts[-1].published_at > at - 14 * DAY
    assert all((shanghai(p.published_at).date() - monday).days % 14 < 7 for p in posts)


def test_six_of_ten_stations_say_nothing_between_campaigns() -> None:
    stations = [r for r in PROVINCE.residents if r.official and r.seat.level is Level.STATION]
    pausing = [r for r in stations if r.rhythm.campaign or r.role != "steady"]
    assert 100 * len(pausing) // len(stations) in range(58, 63)


@pytest.mark.parametrize("later", range(7))
def test_whatever_the_day_a_report_says_more_than_was_seen_and_a_trial_is_gone(
    later: int,
) -> None:
    province = Province(first_day=PROVINCE.first_day + timedelta(days=later))
    reported, *others = province.reports()
    looks = province.glances()
    assert not others
    look = next(each for each in looks if each.resident is reported.resident)
    said = to_second(datetime.fromisoformat(f"{reported.words[NEWEST]}+08:00"))
    assert look.newest < said < look.at - SETTLE
    assert reported.words[POSTS] == "5"
    assert week_of(said) == week_of(look.newest) == reported.week
    night, morning = [each for each in looks if "nightly" in each.resident.marks]
    assert morning.newest < night.newest < night.at < morning.at
    assert morning.at - night.at < DAY / 2
    assert (night.gone, morning.gone) == (False, True)
    assert not night.resident.seat.real
