"""What a campaign reached and what it cost, pure: against each account's own normal, by unit.

The normal of an account is the median of what it published before: one post that ran far ahead
moves it no more than any other. Accounts are compared with themselves only, never with each other.
"""

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Final

from monitor.coordinate.campaign_waits import STILL
from monitor.domain.campaign import Task, TaskState
from monitor.domain.campaign_review import Burden, Effect, Held, Read
from monitor.domain.instants import HOUR

LEAST: Final = 5
"""So many earlier posts make a normal."""
Number = Callable[[Read], int | None]


def reach_of(read: Read) -> int | None:
    """What was read or played."""
    return read.reach


def response_of(read: Read) -> int | None:
    """Likes, comments, shares and what else readers did."""
    return read.response


def effect(reads: Iterable[Read], number: Number) -> Effect:
    """How the campaign's posts did by one number."""
    own: dict[int, list[int | None]] = {}
    before: dict[int, list[int]] = {}
    for each in reads:
        value = number(each)
        if each.own:
            own.setdefault(each.account_id, []).append(value)
        elif value is not None:
            before.setdefault(each.account_id, []).append(value)
    ratios = [
        ratio
        for account, values in own.items()
        if (ratio := _ratio(values, before.get(account, ()))) is not None
    ]
    lower, middle, upper = quartiles(ratios) if ratios else (None, None, None)
    return Effect(len(own), len(ratios), middle, lower, upper)


def _ratio(values: Sequence[int | None], before: Sequence[int]) -> float | None:
    """The best known of an account's posts against its normal; None without either."""
    known = [each for each in values if each is not None]
    if not known or len(before) < LEAST:
        return None
    normal = median(before)
    return max(known) / normal if normal > 0 else None


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The lower quarter, the middle and the upper quarter, between neighbours in proportion."""
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

    return at(0.25), at(0.5), at(0.75)


def burden(held: Iterable[Held], until: int) -> Burden:
    """Tasks and hours of a unit. Who was excused was asked as well; who waits for a turn has spent
    no hour yet."""
    units: dict[int, list[Task]] = {}
    for each in held:
        units.setdefault(each.unit_id, []).append(each.task)
    if not units:
        return Burden(0)
    hours = [spent for tasks in units.values() if (spent := _hours(tasks, until)) is not None]
    counts = [len(tasks) for tasks in units.values()]
    return Burden(len(units), median(counts), max(counts), median(hours) if hours else None)


def _hours(tasks: Sequence[Task], until: int) -> float | None:
    """From the first turn to the last answer; of a unit whose answers' times are unknown, None."""
    turns = [each.opens for each in tasks if each.opens is not None and each.opens <= until]
    ends = [end for each in tasks if (end := _end(each, until)) is not None]
    if not turns or not ends:
        return None
    return max(0, max(ends) - min(turns)) / HOUR


def _end(task: Task, until: int) -> int | None:
    if task.put_right_at is not None:
        return task.put_right_at
    waits = task.state in STILL or task.state is TaskState.TO_CORRECT
    return until if waits else task.published


def in_time(tasks: Iterable[Task]) -> float | None:
    """The share that published before the deadline, of those of whom it is known and asked; None
    where that is nobody."""
    known = [
        each.published is not None and each.published <= each.due
        for each in tasks
        if each.published is not None or each.state in STILL
    ]
    return sum(known) / len(known) if known else None
