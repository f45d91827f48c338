"""How long each account of a campaign took, pure: what the curve of publication is drawn from.

Counted from the first publication of all, or in batches from an account's own turn: who has not
had his turn yet waited for nothing. Who is 免发 or 无法核验, and who only says so himself, is left
out: neither published nor late.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from monitor.coordinate.progress import Waited
from monitor.domain.campaign import Task, TaskState

T = TaskState
STILL: Final = frozenset({T.TO_SIGN, T.TO_PUBLISH, T.MISSED, T.ASKS_OUT})
"""States in which nothing was published as far as anybody saw."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which time is looked at, in seconds: from the start, common to all, until now or the end.

    `turns`: an account in a later batch starts with its turn. `amends`: it is a 更正/撤稿, done
    when put right."""

    start: int
    until: int
    turns: bool = False
    amends: bool = False


def waits(tasks: Iterable[Task], span: Span) -> list[Waited]:
    """One wait for each task of which it is known whether it is done."""
    found = (_waited(each, span) for each in tasks)
    return [each for each in found if each is not None]


def _waited(task: Task, span: Span) -> Waited | None:
    if task.state in (T.EXCUSED, T.UNKNOWN):
        return None
    start = _start(task, span)
    done = task.put_right_at if span.amends else task.published
    if done is not None:
        return Waited(done - start, published=True)
    if task.state in STILL or (span.amends and task.state is T.TO_CORRECT):
        return Waited(span.until - start, published=False)
    return None


def _start(task: Task, span: Span) -> int:
    if not span.turns:
        return span.start
    return span.until if task.opens is None else max(span.start, task.opens)
