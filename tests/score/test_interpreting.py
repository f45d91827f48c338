"""解读发布率 and 解读时效得分率 against a walk in words: the unseen and excused are in neither."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.calendar import Calendar, Year
from monitor.domain.instants import DAY, HOUR, day_start
from monitor.domain.interpreting import Duty
from monitor.domain.scheme import Cause
from monitor.score.catalogue import MEASUREMENTS
from monitor.score.interpreting import RATE, TIMELY, delay, facts, points, standings

HOLIDAYS = frozenset(date(2026, 10, each) for each in range(1, 8))
CALENDAR = Calendar({2026: Year(2026, HOLIDAYS, frozenset({date(2026, 10, 10)}))})
ISSUED = day_start(date(2026, 9, 30))


def a_duty(unit: str = "a", ahead: float | None = 0, **more: object) -> Duty:
    """A document of 30 September, interpreted so many days later (None: not yet)."""
    if ahead is None:
        return Duty(1, unit, ISSUED, **more)  # type: ignore[arg-type]
    out = {"out": True, "published": ISSUED + int(ahead * DAY), **more}
    return Duty(1, unit, ISSUED, **out)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ahead", "days"),
    [(-1, 0), (0.6, 0), (3, 0), (8.4, 1), (9, 2), (10, 3), (11, 3), (12.9, 4), (14, 6)],
)
def test_only_days_on_which_offices_work_are_counted(ahead: float, days: int) -> None:
    assert delay(a_duty(ahead=ahead), CALENDAR) == days


def test_the_points_fall_as_the_scheme_says() -> None:
    assert [points(each) for each in range(8)] == [1, 1, 0.8, 0.8, 0.5, 0.5, 0.2, 0.2]


def test_a_unit_nobody_could_look_at_is_held_against_nobody() -> None:
    rate, timely = facts([a_duty(ahead=None, unseen=True)], ["a"], CALENDAR)
    assert (rate.cause, timely.cause) == (Cause.SYSTEM, Cause.SYSTEM)
    assert rate.denominator is None
    rate, timely = facts([a_duty(ahead=None, excused=True)], ["a"], CALENDAR)
    assert (rate.cause, timely.cause) == (Cause.NOT_APPLICABLE, Cause.NOT_APPLICABLE)


def test_its_own_word_counts_as_published_and_its_unknown_time_counts_not_at_all() -> None:
    own = Duty(2, "a", ISSUED, out=True, own_word=True)
    rate, timely = facts([a_duty(), own], ["a"], CALENDAR)
    assert (rate.numerator, rate.denominator, rate.self_reported) == (2, 2, 0.5)
    assert (timely.value, timely.samples) == (1, 1)
    _, unknown = facts([own], ["a"], CALENDAR)
    assert unknown.value is None
    assert unknown.cause == Cause.SYSTEM


def test_the_measurements_are_those_the_schemes_ask_for() -> None:
    assert {RATE, TIMELY} <= {each.key for each in MEASUREMENTS.values()}


@st.composite
def duties(draw: st.DrawFn) -> list[Duty]:
    """What three units owe, in every state."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        unit, issued = draw(st.sampled_from("abc")), ISSUED + draw(st.integers(0, 60)) * DAY
        how = draw(st.sampled_from(["out", "own", "unseen", "excused", "nothing"]))
        if how == "out":
            at = issued + draw(st.integers(-HOUR, 20 * DAY))
            found.append(Duty(number, unit, issued, out=True, published=at))
        elif how == "own":
            found.append(Duty(number, unit, issued, out=True, own_word=True))
        else:
            told = {how: True} if how != "nothing" else {}
            found.append(Duty(number, unit, issued, **told))
    return found


@given(duties())
def test_every_share_is_that_of_a_walk_over_the_documents(every: list[Duty]) -> None:
    for unit, it in standings(every, CALENDAR).items():
        asked = out = 0
        shares = []
        for each in every:
            if each.unit != unit or each.excused or (each.unseen and not each.out):
                continue
            asked += 1
            out += each.out
            if each.published is not None:
                shares.append(_share(each.issued, each.published))
            elif not each.out:
                shares.append(0.0)
        assert it.rate == (None if not asked else pytest.approx(out / asked))
        assert it.timely == (None if not shares else pytest.approx(sum(shares) / len(shares)))


def _share(issued: int, published: int) -> float:
    """By walking from day to day."""
    day = date(1970, 1, 1) + timedelta(seconds=issued + 8 * HOUR)
    last = date(1970, 1, 1) + timedelta(seconds=published + 8 * HOUR)
    worked = 0
    while day < last:
        day += timedelta(days=1)
        weekend, made_up = day.weekday() > 4, day == date(2026, 10, 10)
        worked += made_up or not (weekend or day in HOLIDAYS)
    if worked <= 1:
        return 1.0
    if worked <= 3:
        return 0.8
    return 0.5 if worked <= 5 else 0.2
