"""Pasted text cut into replies: numbers of a 接龙, senders, quotations, links over two lines.

Nothing is lost: the texts of all stretches, joined, are what was pasted.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from monitor.coordinate.pasted_marks import half_width, spans, without_links
from monitor.coordinate.pasted_words import WORDS

NUMBER: Final = re.compile(r"[((【\[]?\d{1,3}(?:[.、)】\]]+|:(?!//))(?!\d)\s*")
CIRCLED: Final = re.compile(r"^\s*[\u2460-\u2473\u2776-\u277f]|^\s*\d{1,2}\ufe0f?\u20e3")
SENDER: Final = re.compile(
    r"(?P<name>\S.{0,30}?)\s+(?:\d{4}[-/年.])?\d{1,2}[-/月.]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?"
)
SPEAKER: Final = re.compile(r"(?P<name>[^\s:](?:[^:\n]{0,28}[^\s:])?)\s*:")
TIME: Final = re.compile(
    r"(?:(?:昨天|今天|前天|上午|下午|晚上|凌晨|中午|早上|星期.|周.|[\d年月日/.-]+)\s*)*\d{1,2}:\d{2}(?::\d{2})?"
)
RULE: Final = re.compile(r"[-—–_=*~·.…\s]{4,}")
TITLE: Final = re.compile(r"#?\s*接龙|例\s|【.*】$")
TAIL: Final = re.compile(r"[A-Za-z0-9/_?=&%.#~+-]{2,}")
OPENED: Final = re.compile(r"https?:?/{0,2}[!-~]*$", re.IGNORECASE)
FILLER: Final = re.compile(r"[\W\d_]|[了的各和在号账发于已均都也个条地址链接作品如下:]")
ORGAN: Final = re.compile(r"局|所|队|厅|公安|平安|警")
QUOTED: Final = 40
"""So many lines may stand in one quotation."""
NAME: Final = 8
"""A name somebody types before what was published is no longer."""


class Part(StrEnum):
    """What a stretch of pasted text is."""

    REPLY = "回复"
    SENDER = "发言人"
    QUOTE = "引用的前文"
    ASIDE = "标题或分隔"


@dataclass(slots=True)
class Stretch:
    """Lines that belong together: as pasted, and as read (half-width, without its number).
    `borrowed` where a line with other words took its unit from above."""

    part: Part
    first: int
    last: int
    raw: list[str]
    words: list[str] = field(default_factory=list)
    borrowed: bool = False
    ended: bool = False

    @property
    def text(self) -> str:
        """The lines as they were pasted."""
        return "".join(self.raw)

    @property
    def said(self) -> str:
        """What is read."""
        return "\n".join(self.words)


def cut(text: str, named: Callable[[str], bool]) -> list[Stretch]:
    """The stretches of a pasted text; `named` tells whether a half-width line names a unit."""
    cutter = _Cutter(named)
    lines = text.splitlines(keepends=True)
    for place, raw in enumerate(lines):
        cutter.take(place + 1, raw, lines[place + 1 : place + QUOTED])
    return cutter.found


class _Cutter:
    """The stretches so far; the next line joins the last of them or begins another."""

    def __init__(self, named: Callable[[str], bool]) -> None:
        self.found: list[Stretch] = []
        self._named = named
        self._quoting = False

    def take(self, number: int, raw: str, ahead: list[str]) -> None:
        """The next line; `ahead` are those that follow."""
        line = half_width(raw).strip()
        if self._quoting:
            self._join(raw)
            self._quoting = "」" not in line
        elif not line:
            self._blank(number, raw)
        elif line.startswith("「"):
            self._quote(number, raw, line, ahead)
        else:
            self._plain(number, raw, line)

    def _plain(self, number: int, raw: str, line: str) -> None:
        aside = RULE.fullmatch(line) or TITLE.match(line) or TIME.fullmatch(line)
        sender = SENDER.fullmatch(line) or SPEAKER.fullmatch(line)
        if line.startswith(">"):
            self._begin(Part.QUOTE, number, raw)
        elif aside:
            self._begin(Part.ASIDE, number, raw)
        elif sender and not _said(sender["name"]):
            self._begin(Part.SENDER, number, raw, sender["name"])
        elif NUMBER.match(line) or CIRCLED.match(raw):
            rest = (
                NUMBER.sub("", line, count=1) if NUMBER.match(line) else line.lstrip("0123456789")
            )
            self._begin(Part.REPLY, number, raw, rest)
        else:
            self._reply(number, raw, line)

    def _reply(self, number: int, raw: str, line: str) -> None:
        """A line without a number: of the reply above, or one of its own."""
        above = self.found[-1] if self.found else None
        joins = above is not None and above.part in (Part.REPLY, Part.SENDER) and not above.ended
        if above is None or not joins:
            self._begin(Part.REPLY, number, raw, line)
        elif above.words and OPENED.search(above.words[-1]) and TAIL.fullmatch(line):
            above.words[-1] += line
            self._join(raw)
        elif self._named(line) or not (above.part is Part.SENDER or self._belongs(above, line)):
            self._begin(Part.REPLY, number, raw, line)
        else:
            above.part = Part.REPLY
            above.borrowed |= bool(_rest(line))
            above.words.append(line)
            self._join(raw)

    def _belongs(self, above: Stretch, line: str) -> bool:
        """Whether a line that names nobody speaks of the unit above: one with a link, a platform or
        已发 and nothing before it that might be a name nobody knows."""
        if not _said(line):
            return len(_rest(line)) > NAME
        head = _rest(_head(line))
        return not head or (len(head) > NAME and ORGAN.search(head) is None)

    def _begin(self, part: Part, number: int, raw: str, words: str = "") -> None:
        self.found.append(Stretch(part, number, number, [raw], [words] if words else []))

    def _join(self, raw: str) -> None:
        self.found[-1].raw.append(raw)
        self.found[-1].last += 1

    def _blank(self, number: int, raw: str) -> None:
        if not self.found:
            self._begin(Part.ASIDE, number, raw)
            return
        self._join(raw)
        self.found[-1].ended = True

    def _quote(self, number: int, raw: str, line: str, ahead: list[str]) -> None:
        """「张某:…」 and what somebody wrote behind it on the same line."""
        if "」" in line:
            rest = line.partition("」")[2].strip(" -—")
            self._begin(Part.REPLY if rest else Part.QUOTE, number, raw, rest)
            return
        self._quoting = any("」" in half_width(each) for each in ahead)
        self._begin(Part.QUOTE, number, raw)


def _said(line: str) -> bool:
    """Whether a line tells of a publication: a link, a platform, 已发."""
    return any(True for _ in spans(line)) or WORDS.search(line.casefold()) is not None


def _head(line: str) -> str:
    """What stands before the first link or word of a publication."""
    starts = [start for start, *_ in spans(line)]
    found = WORDS.search(without_links(line).casefold())
    return line[: min([*starts, *([found.start()] if found else [])], default=len(line))]


def _rest(line: str) -> str:
    """The words of a line that say nothing of a publication."""
    return FILLER.sub("", WORDS.sub("", without_links(line).casefold()))


def heads(text: str) -> Iterator[str]:
    """What may be a name in each line of a reply, folded of all but its words."""
    for line in text.split("\n"):
        found = re.sub(r"[\W\d_]", "", _head(line))
        if found:
            yield found
