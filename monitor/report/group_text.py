"""Group text 群消息: at most 450 characters of whole sentences, whatever there is to say."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from monitor.report import wording
from monitor.report.outline import Outline

LONGEST: Final = 450
"""A text for a group holds no more characters."""
MOST: Final = 999
"""Those left out are counted with no more digits."""


def compose(said: Outline, link_base: str = "") -> str:
    """The digest for a chat group: what must be said first, then as much as fits, in order.

    A sentence stands whole or not at all. `said.points[0]` and the note that nothing is confirmed
    yet always stand.
    """
    first, last = _must(said)
    room = LONGEST - len(first) - len(last)
    chosen = []
    for sentence in _wishes(said, link_base):
        if len(sentence) <= room:
            chosen.append(sentence)
            room -= len(sentence)
    return "".join([first, *chosen, last])


def listing(head: str, lines: Sequence[str], unit: str, foot: str) -> str:
    """`head`, as many of the lines as fit from the front, the rest counted in `unit`, `foot`.

    A line stands whole or is counted; what comes first is never passed over for a shorter one.
    """
    kept = fitting(lines, LONGEST - len(head) - len(foot) - len(_rest(MOST, unit)))
    return "".join([head, *kept, _rest(len(lines) - len(kept), unit), foot])


def fitting(lines: Iterable[str], room: int) -> list[str]:
    """The lines from the front that are together no longer than `room`."""
    kept: list[str] = []
    for line in lines:
        room -= len(line)
        if room < 0:
            break
        kept.append(line)
    return kept


def _rest(count: int, unit: str) -> str:
    return f"另有{count}{unit}见系统。" if count else ""


def _must(said: Outline) -> tuple[str, str]:
    marks = "".join(f"【{mark}】" for mark in said.marks)
    if said.quiet:
        return f"{marks}{said.points[0]}", ""
    return f"{marks}【{said.subject}】\n{said.points[0]}", f"\n{wording.NOTE_SUSPECTED}"


def _wishes(said: Outline, link_base: str) -> Iterator[str]:
    if said.quiet:
        return
    yield from (f"\n{point}" for point in said.points[1:])
    yield from (f"\n{section.group}" for section in said.sections if section.group)
    if link_base:
        yield f"\n详情请登录系统查看:{link_base}"
