"""Group text 群消息: at most 450 characters of whole sentences, naming no account."""

from collections.abc import Iterator
from typing import Final

from monitor.report import wording
from monitor.report.outline import Outline

LONGEST: Final = 450


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
