"""Telling 告知, pure: who hears of which task, what may be said at night, what has come to be said.

A unit's own people are those entered nearest to it; a 市州's stand between its units and the office
that runs the campaign; of that office those hear who may run one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from monitor.access import permissions, scopes
from monitor.domain.campaign import Content, Order, TaskState
from monitor.domain.campaign_rules import Audience, CampaignRules, Quiet, Step
from monitor.domain.instants import DAY, HOUR, MINUTE, day_start, shanghai, shanghai_day
from monitor.domain.notice import Matter, Post, What
from monitor.domain.person import Grant, Permission, Person, Role
from monitor.domain.robot import Robot

UNIT: Final = frozenset({Role.UNIT_LIAISON, Role.OPERATOR})
CITY: Final = frozenset({Role.LIAISON, Role.PREFECTURE_ADMIN})
PAPERS: Final = frozenset(
    each for each in UNIT | CITY if Permission.CONSENT in permissions.TABLE[each]
)
"""Who keeps the papers of officers' own accounts hands an invitation on to the officer alone."""
WANTED: Final = frozenset(
    {TaskState.TO_SIGN, TaskState.TO_PUBLISH, TaskState.MISSED, TaskState.TO_CORRECT}
)
"""Of these tasks people are reminded: who could not be verified is not said to be late."""
Grants = Mapping[str, Sequence[Person]]
"""People by the path one of their roles is given for."""


def issuing(rules: CampaignRules, order: Order) -> tuple[Audience, ...]:
    """Who is told of new tasks: in some orders the 市州 alone, who hand them on to their units."""
    return (Audience.CITY,) if order in rules.through else (Audience.UNIT, Audience.CITY)


def posts(
    told: Iterable[tuple[Matter, Sequence[Audience]]], people: Iterable[Person]
) -> tuple[Post, ...]:
    """Everything for one person in one post, in the order in which things are told.

    Where a unit has nobody its 市州 is told, and the other way round; of the office's own accounts
    the office. What nobody can be told of is one post without a person.
    """
    everyone = [each for each in people if each.active and not each.must_change]
    by = (_grants(everyone, UNIT), _grants(everyone, CITY), _grants(everyone, PAPERS))
    found: dict[int, tuple[Person, Audience, dict[tuple[bool, int], Matter]]] = {}
    nobody: dict[tuple[bool, int], Matter] = {}
    for matter, to in told:
        heard = _heard(matter, to, everyone, by)
        for person, audience in heard:
            mine = found.setdefault(person.id, (person, audience, {}))[2]
            mine.setdefault(matter.key, matter)
        if not heard:
            nobody[matter.key] = matter
    made = [Post(person, to, tuple(mine.values())) for person, to, mine in found.values()]
    lost = [Post(None, Audience.DESK, tuple(nobody.values()))] if nobody else []
    return (*made, *lost)


def all_posts(
    told: Sequence[tuple[Matter, Sequence[Audience]]],
    people: Iterable[Person],
    robots: Iterable[Robot],
) -> tuple[Post, ...]:
    """What people are told, and then what their groups' robots say of the same."""
    return (*posts(told, people), *groups((matter for matter, _ in told), robots))


def groups(matters: Iterable[Matter], robots: Iterable[Robot]) -> tuple[Post, ...]:
    """What each group's robot says: all tasks below its unit, and of no officer's account."""
    every = [each for each in matters if not each.voluntary]
    found = []
    for robot in robots:
        mine = {each.task_id: each for each in every if each.path.startswith(robot.path)}
        if mine:
            found.append(Post(None, Audience.UNIT, tuple(mine.values()), robot))
    return tuple(found)


def _heard(
    matter: Matter,
    to: Sequence[Audience],
    everyone: Sequence[Person],
    by: tuple[Grants, Grants, Grants],
) -> list[tuple[Person, Audience]]:
    desk = matter.asked.desk
    if matter.voluntary:
        keepers = _nearest(by[2], matter.path) or _desk(everyone, desk)
        return [(person, Audience.UNIT) for person in keepers]
    unit = _nearest(by[0], matter.path)
    city = [
        person
        for path in scopes.upward(matter.path)
        if path != desk and path.startswith(desk)
        for person in by[1].get(path, ())
    ]
    office = _desk(everyone, desk) if Audience.DESK in to or matter.path == desk else []
    hears = {Audience.UNIT: unit or city, Audience.CITY: city, Audience.DESK: office}
    heard = [(person, each) for each in to for person in hears[each]]
    return heard or [(person, Audience.UNIT) for person in unit or office]


def _grants(people: Iterable[Person], roles: Collection[Role]) -> Grants:
    found: dict[str, list[Person]] = {}
    for person in people:
        for path in {each.path for each in person.held if each.role in roles and each.path}:
            found.setdefault(path, []).append(person)
    return found


def _nearest(grants: Grants, path: str) -> list[Person]:
    return next((list(grants[each]) for each in scopes.upward(path) if each in grants), [])


def _desk(people: Iterable[Person], desk: str) -> list[Person]:
    """Who runs campaigns at just that office."""
    paths = scopes.of_office(desk)
    return [each for each in people if any(_runs(grant, paths) for grant in each.held)]


def _runs(grant: Grant, paths: Collection[str]) -> bool:
    return grant.path in paths and Permission.CAMPAIGN in permissions.TABLE[grant.role]


def leaves_at(rules: CampaignRules, content: Content, now: int) -> int:
    """The second from which people may be told of a campaign's tasks: what may be said at night
    never waits, nor does what would be over by the morning."""
    morning = held_until(rules.quiet, now, night=rules.kinds[content.kind].night)
    return morning if morning < content.due else now


def held_until(quiet: Quiet, now: int, *, night: bool) -> int:
    """`now`, or the end of the quiet hours where they hold something back."""
    hour = shanghai(now).hour
    if quiet.since <= quiet.until:
        inside = quiet.since <= hour < quiet.until
    else:
        inside = hour >= quiet.since or hour < quiet.until
    if night or not inside:
        return now
    days = 1 if hour >= quiet.until else 0
    return day_start(shanghai_day(now)) + days * DAY + quiet.until * HOUR


def come(steps: Sequence[Step], matter: Matter, now: int) -> Step | None:
    """The last step of a task's clock that has come; what was slept through is let go, as is a step
    that had come before the task was given. Who is not to publish yet is not reminded."""
    if matter.state not in WANTED or matter.opens is None or matter.opens > now:
        return None
    begun = max(matter.opens, matter.asked.issued_at)
    reached = [each for each in steps if begun < matter.due + each.minute * MINUTE <= now]
    return reached[-1] if reached else None


def turned(matter: Matter, now: int) -> bool:
    """Whether a task's turn came after it was given: the first has published, its batch is on."""
    waits = matter.state in WANTED and matter.state is not TaskState.TO_CORRECT
    return waits and matter.opens is not None and matter.asked.issued_at < matter.opens <= now


def step_of(what: What, event: int | str = "") -> str:
    """What a telling is called in a task's rows: told once under each name."""
    return f"{what.value}{event}"
