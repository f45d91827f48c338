"""The gate of a bulletin, pure: only what is verified, told in time and uncontested is named."""

from collections.abc import Iterable, Iterator
from typing import Final

from monitor.coordinate.deadline import after_working_days
from monitor.domain.bulletin import Candidate, Dropped, Gate
from monitor.domain.calendar import Calendar
from monitor.domain.case import State
from monitor.domain.instants import shanghai_day

WORKING_DAYS: Final = 3
"""So many whole working days lie between the unit's being told and its being named."""
NOBODYS: Final = frozenset({State.UNFOUNDED, State.MERGED})
"""What is no problem, or is told of in another case."""


def sift(candidates: Iterable[Candidate], now: int, calendar: Calendar) -> Gate:
    """Who may be named at `now` (seconds), and who drops out for which reasons; a case that was
    not founded or went into another is neither."""
    entering: list[Candidate] = []
    dropped: list[Dropped] = []
    for each in candidates:
        if each.case.state in NOBODYS:
            continue
        reasons = tuple(_reasons(each, now, calendar))
        if reasons:
            dropped.append(Dropped(each, reasons))
        else:
            entering.append(each)
    return Gate(tuple(entering), tuple(dropped))


def _reasons(candidate: Candidate, now: int, calendar: Calendar) -> Iterator[str]:
    case = candidate.case
    if case.state is State.UNVERIFIED or not any(each.confirmed for each in case.problems):
        yield "尚未核实"
    elif case.state is State.REVIEW:
        yield "已核实,尚未同意交办"
    if candidate.told_at is None:
        yield "尚未告知责任单位"
    else:
        yield from _too_soon(candidate.told_at, now, calendar)
    if case.appealed:
        yield "复核申请未办结"


def _too_soon(told_at: int, now: int, calendar: Calendar) -> Iterator[str]:
    """The day of telling does not count; the last of the working days must be over."""
    until = after_working_days(told_at, WORKING_DAYS, calendar)
    if until.at >= now:
        told, last = shanghai_day(told_at), shanghai_day(until.at)
        guess = "(该年调休未公布,暂按周历)" if until.provisional else ""
        yield (
            f"告知单位未满{WORKING_DAYS}个工作日"
            f"({told.month}月{told.day}日告知,{last.month}月{last.day}日期满){guess}"
        )
