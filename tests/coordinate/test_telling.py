"""Who hears of which task, and when: a unit's own people, its city, the office; never at night."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate import telling
from monitor.domain.campaign import Content, Kind, Order, TaskState
from monitor.domain.campaign_rules import Audience, Quiet, Step
from monitor.domain.instants import HOUR, MINUTE, shanghai, typed_minute
from monitor.domain.notice import Asked, Matter, Post, What
from monitor.domain.person import Grant, Person, Role

UNIT, CITY, DESK = Audience.UNIT, Audience.CITY, Audience.DESK
NOON = typed_minute("2026-11-26 12:00")
CONTENT = Content(Kind.WARNING, "提示", Order.TOGETHER, "说明", "正文", due=NOON + 4 * HOUR)
ASKED = Asked(1, "协同〔2026〕001号", CONTENT, "/1/", "湖北省公安厅", NOON)
PEOPLE = (
    Person(1, "editor", "编辑", held=(Grant(Role.EDITOR, "/"),)),
    Person(2, "head", "科室", held=(Grant(Role.HEAD, "/1/"),)),
    Person(3, "city", "市州", held=(Grant(Role.LIAISON, "/1/2/"),)),
    Person(4, "county", "县", held=(Grant(Role.OPERATOR, "/1/2/3/"),)),
    Person(5, "station", "所", held=(Grant(Role.UNIT_LIAISON, "/1/2/3/4/"),)),
    Person(6, "other", "别处", held=(Grant(Role.OPERATOR, "/1/7/"),)),
    Person(7, "gone", "离岗", held=(Grant(Role.OPERATOR, "/1/2/3/"),), active=False),
)


def a_matter(path: str, task: int = 1, **more: object) -> Matter:
    fields = {"opens": NOON, "due": NOON + 4 * HOUR, "state": TaskState.TO_PUBLISH, **more}
    made = Matter(
        task, ASKED, "平安", "wechat", 9, "某局", path, "某市", TaskState.TO_SIGN, None, 0
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def heard(matter: Matter, *to: Audience, people: tuple[Person, ...] = PEOPLE) -> list[str]:
    found = telling.posts([(matter, to)], people)
    return [each.person.login if each.person else "nobody" for each in found]


@pytest.mark.parametrize(
    ("path", "to", "who"),
    [
        ("/1/2/3/", (UNIT,), ["county"]),
        ("/1/2/3/4/", (UNIT,), ["station"]),
        ("/1/2/3/5/", (UNIT,), ["county"]),
        ("/1/2/3/", (UNIT, CITY), ["county", "city"]),
        ("/1/2/", (UNIT,), ["city"]),
        ("/1/7/", (CITY,), ["other"]),
        ("/1/2/3/", (CITY, DESK), ["city", "editor", "head"]),
        ("/1/", (UNIT, CITY), ["editor", "head"]),
        ("/1/8/", (UNIT, CITY), ["nobody"]),
        ("/1/8/", (CITY, DESK), ["editor", "head"]),
    ],
)
def test_who_stands_nearest_hears_first(path: str, to: tuple[Audience, ...], who: str) -> None:
    assert heard(a_matter(path), *to) == who


def test_one_person_has_one_post_with_every_task_that_is_his() -> None:
    told = [(a_matter("/1/2/3/", 1), (UNIT, CITY)), (a_matter("/1/2/3/4/", 2), (UNIT, CITY))]
    posts = {each.person.login: _ids(each) for each in telling.posts(told, PEOPLE) if each.person}
    assert posts == {"county": [1], "station": [2], "city": [1, 2]}


def _ids(post: Post) -> list[int]:
    return [each.task_id for each in post.matters]


def test_a_citys_own_campaign_is_not_told_to_its_writers_as_to_a_city_between() -> None:
    own = replace(a_matter("/1/2/3/"), asked=replace(ASKED, desk="/1/2/"))
    assert heard(own, UNIT, CITY) == ["county"]


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-26 12:00", "2026-11-26 12:00"),
        ("2026-11-26 21:59", "2026-11-26 21:59"),
        ("2026-11-26 22:00", "2026-11-27 07:00"),
        ("2026-11-27 03:00", "2026-11-27 07:00"),
        ("2026-11-27 07:00", "2026-11-27 07:00"),
    ],
)
def test_what_comes_at_night_waits_for_the_morning(at: str, until: str) -> None:
    found = telling.held_until(Quiet(22, 7), typed_minute(at), night=False)
    assert found == typed_minute(until)
    assert telling.held_until(Quiet(22, 7), typed_minute(at), night=True) == typed_minute(at)


@given(
    since=st.integers(0, 23),
    until=st.integers(0, 23),
    now=st.integers(NOON, NOON + 72 * HOUR),
)
def test_nothing_is_held_longer_than_a_day_and_nothing_leaves_in_quiet_hours(
    since: int, until: int, now: int
) -> None:
    quiet = Quiet(since, until)
    found = telling.held_until(quiet, now, night=False)
    assert now <= found < now + 24 * HOUR
    assert telling.held_until(quiet, found, night=False) == found
    assert found == now or shanghai(found).strftime("%H:%M") == f"{until:02d}:00"


STEPS = (Step("前", -30, (UNIT,)), Step("后", 15, (UNIT, CITY)), Step("久", 60, (DESK,)))


def test_only_the_last_step_that_came_is_told_and_none_that_came_before_the_task() -> None:
    due = NOON + HOUR
    found = {
        minute: step.name
        for minute in (20, 29, 30, 74, 75, 119, 120, 3000)
        if (step := telling.come(STEPS, a_matter("/1/", due=due), NOON + minute * MINUTE))
    }
    assert found == {30: "前", 74: "前", 75: "后", 119: "后", 120: "久", 3000: "久"}
    soon = a_matter("/1/", due=NOON + 20 * MINUTE)
    assert telling.come(STEPS, soon, NOON + 10 * MINUTE) is None


@pytest.mark.parametrize(
    "more",
    [
        *({"state": each} for each in TaskState if each not in telling.WANTED),
        {"opens": None},
        {"opens": NOON + 9 * HOUR},
    ],
)
def test_who_published_was_excused_or_cannot_be_verified_is_not_reminded(
    more: dict[str, object],
) -> None:
    late = NOON + 5 * HOUR
    assert telling.come(STEPS, a_matter("/1/"), late) is not None
    assert telling.come(STEPS, a_matter("/1/", **more), late) is None


def test_a_turn_that_comes_later_is_told_and_one_that_came_with_the_task_is_not() -> None:
    assert not telling.turned(a_matter("/1/"), NOON + HOUR)
    later = a_matter("/1/", opens=NOON + HOUR)
    assert not telling.turned(later, NOON + HOUR - 1)
    assert telling.turned(later, NOON + HOUR)
    assert telling.step_of(What.STOPPED, 3) == "紧急停发3"
