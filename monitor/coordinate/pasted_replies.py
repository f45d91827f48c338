"""粘贴接龙 understood, pure: which unit published what on which platform, and what nobody can tell.

What is certain is told apart from what is not; nothing is guessed in silence, and no line is lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from monitor.coordinate import pasted_lines, pasted_marks
from monitor.coordinate.pasted_lines import Part, Stretch
from monitor.coordinate.pasted_marks import Marks, half_width, without_links
from monitor.coordinate.unit_names import Mention, Names
from monitor.domain.account import PLATFORMS
from monitor.domain.pasted import Asked, Claim, Named, Said, Sense

LONGEST: Final = 30_000
"""So many characters are pasted at once."""
MOST_TOLD: Final = 3
REPLIED: Final = re.compile(r"(?:\W|收到|好的?|知道了|明白|辛苦了?|谢谢|感谢|领导|ok|1)*")
ASIDES: Final = {
    Part.QUOTE: "引用的前文",
    Part.ASIDE: "标题、时间或分隔",
    Part.SENDER: "发言人,没有内容",
}


def read(text: str, units: Sequence[Named], asked: Sequence[Asked]) -> tuple[Said, ...]:
    """What a pasted text says of the tasks `asked`, in its own order; never raises.

    `units` are those whose names count: more than have a task, so that one without is known.
    """
    names = Names(units, asked)
    reader = _Reader(names, asked)
    stretches = pasted_lines.cut(text, lambda line: bool(names.mentions(_blanked(line))))
    return tuple(_without_repeats([reader.said(each) for each in stretches]))


def _blanked(text: str) -> str:
    """The words of a half-width text, all else a blank; as long as it is."""
    lowered = (each.lower() if len(each.lower()) == 1 else each for each in without_links(text))
    return "".join(each if each.isalnum() else " " for each in lowered)


@dataclass
class _Told:
    """What is gathered of one stretch."""

    claims: list[Claim] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Reader:
    """Stretches against the tasks that are asked."""

    def __init__(self, names: Names, asked: Sequence[Asked]) -> None:
        self._names = names
        self._asked: dict[int, list[Asked]] = {}
        for each in asked:
            self._asked.setdefault(each.unit_id, []).append(each)

    def said(self, stretch: Stretch) -> Said:
        """One stretch, understood as far as it can be."""
        if stretch.part is not Part.REPLY:
            return _said(stretch, Sense.ASIDE, why=(ASIDES[stretch.part],))
        words = stretch.said
        mentions = self._names.mentions(_blanked(words))
        marks = pasted_marks.read(words, tuple((each.start, each.end) for each in mentions))
        mentions = self._names.merged(words, mentions)
        if not _speaks(marks):
            return self._silent(stretch, marks, mentions)
        if not mentions:
            return self._unnamed(stretch, marks)
        told = _Told()
        self._doubtful(stretch, mentions, told)
        self._claim(mentions, marks, told, sure=not told.doubts)
        _remark(marks, told)
        sense = _sense(told)
        why = (*dict.fromkeys((*told.doubts, *told.notes)),)
        return _said(stretch, sense, self._called(mentions), tuple(told.claims), why)

    def _silent(self, stretch: Stretch, marks: Marks, mentions: Sequence[Mention]) -> Said:
        """Nothing was said to be out."""
        called = self._called(mentions)
        if marks.excuse:
            return _said(stretch, Sense.DOUBT, called, why=("提到免发,请由单位“申请免发”",))
        if marks.refused:
            return _said(stretch, Sense.ASIDE, called, why=("说的是还没有发布",))
        if marks.too_long:
            return _said(stretch, Sense.NOTHING, called, why=("链接太长,不能登记",))
        if REPLIED.fullmatch(stretch.said):
            return _said(stretch, Sense.ASIDE, called, why=("只是回应",))
        return _said(stretch, Sense.NOTHING, called, why=("没有看出发布了什么",))

    def _unnamed(self, stretch: Stretch, marks: Marks) -> Said:
        """Somebody published, but who? What is alike is offered, not taken."""
        heads = pasted_lines.heads(half_width(stretch.said))
        guessed = dict.fromkeys(key for head in heads for key in self._names.guesses(head))
        if not guessed:
            return _said(stretch, Sense.NOTHING, why=("没有看出是哪个单位",))
        mention = Mention(0, 0, frozenset(guessed))
        told = _Told()
        self._claim((mention,), marks, told, sure=False)
        called = self._called((mention,))
        why = (f"没有这个名称的单位,疑为{_listed(called)}", *dict.fromkeys(told.doubts))
        return _said(stretch, Sense.DOUBT, called, tuple(told.claims), why)

    def _doubtful(self, stretch: Stretch, mentions: Sequence[Mention], told: _Told) -> None:
        """Why it is not certain of whom the stretch speaks."""
        if len({each.units for each in mentions}) > 1:
            told.doubts.append(f"一处说到几个单位:{_listed(self._called(mentions))}")
        for each in mentions:
            if len(each.units) > 1:
                told.doubts.append(f"同名或简称相同:{_listed(self._called((each,)))}")
            if each.below:
                told.doubts.append("后面所说的部门不在名单里")
        if stretch.borrowed:
            told.doubts.append("有的行没有写单位,按上一行理解")

    def _claim(self, mentions: Sequence[Mention], marks: Marks, told: _Told, *, sure: bool) -> None:
        groups = list(dict.fromkeys(each.units for each in mentions))
        every = frozenset(key for group in groups for key in group)
        named = frozenset(key for each in mentions for key in each.tasks)
        for platform, url in marks.out:
            for group in [every] if url else groups:
                self._one(group, named, (platform, url), told, sure=sure)
        for url in marks.loose:
            self._loose(every, url, told, sure=sure)
        for platform in marks.unsaid:
            told.doubts.append(f"{PLATFORMS[platform]}没有说已发布")
            self._one(every, named, (platform, ""), told, sure=False)
        if marks.every or not (marks.out or marks.loose or marks.unsaid or marks.refused):
            self._unspecified(every, named, marks, told, sure=sure)

    def _one(
        self,
        units: frozenset[int],
        named: frozenset[int],
        out: tuple[str, str],
        told: _Told,
        *,
        sure: bool,
    ) -> None:
        """One publication on a platform: of the task that it must be, or of those it may be."""
        platform, url = out
        title = PLATFORMS[platform]
        there = [each for each in self._tasks(units) if each.platform == platform]
        mine = [each for each in there if each.id in named]
        if named and there and not mine:
            told.doubts.append(f"{title}账号的名称与所写的不同")
        able = [each for each in mine or there if each.open]
        if not there:
            told.doubts.append(f"没有{title}任务")
        elif not able:
            told.notes.append(f"{title}任务已登记过或已办结,不再登记")
        elif len(able) > 1 and len(units) == 1:
            told.doubts.append(f"有{len(able)}个{title}账号")
        if able:
            certain = sure and len(able) == 1 and (bool(mine) or not named)
            told.claims.append(Claim(tuple(each.id for each in able), url, certain))

    def _loose(self, units: frozenset[int], url: str, told: _Told, *, sure: bool) -> None:
        able = [each for each in self._tasks(units) if each.open]
        if len(able) != 1:
            told.doubts.append("有的链接看不出是哪个平台" if able else "没有未办的任务")
        if able:
            certain = sure and len(able) == 1
            told.claims.append(Claim(tuple(each.id for each in able), url, certain))

    def _unspecified(
        self,
        units: frozenset[int],
        named: frozenset[int],
        marks: Marks,
        told: _Told,
        *,
        sure: bool,
    ) -> None:
        """已发 without a platform: certain only where there is one thing it can be."""
        there = self._tasks(units)
        able = [each for each in there if each.open]
        mine = [each for each in able if each.id in named]
        able = mine or able
        if not able:
            told.notes.append("没有未办的任务" if there else "没有任务")
        if len(able) > 1:
            said = "全部账号,请逐个核对" if marks.every else "没有说是哪个平台"
            told.doubts.append(said)
        told.claims += [Claim((each.id,), "", sure and len(able) == 1) for each in able]

    def _tasks(self, units: Iterable[int]) -> list[Asked]:
        return [each for key in sorted(units) for each in self._asked.get(key, ())]

    def _called(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        keys = dict.fromkeys(key for each in mentions for key in sorted(each.units))
        return tuple(self._names.units[key].name for key in keys)


def _speaks(marks: Marks) -> bool:
    said = marks.out or marks.loose or marks.unsaid or marks.every
    return bool(said) or (marks.done and not marks.refused and not marks.excuse)


def _remark(marks: Marks, told: _Told) -> None:
    """What else a reply said, beside what is out."""
    if marks.not_yet:
        names = "、".join(PLATFORMS[each] for each in marks.not_yet)
        told.notes.append(f"{names}说的是还没有发布,不登记")
    if marks.excuse:
        told.doubts.append("提到免发,请由单位“申请免发”")
    if marks.too_long:
        told.doubts.append("有的链接太长,不能登记")


def _sense(told: _Told) -> Sense:
    if told.doubts:
        return Sense.DOUBT
    return Sense.CLEAR if told.claims else Sense.ASIDE


def _said(
    stretch: Stretch,
    sense: Sense,
    units: tuple[str, ...] = (),
    claims: tuple[Claim, ...] = (),
    why: tuple[str, ...] = (),
) -> Said:
    return Said(stretch.text, stretch.first, stretch.last, sense, units, claims, why)


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}个" if len(names) > MOST_TOLD else ""
    return "、".join(names[:MOST_TOLD]) + more


def _without_repeats(said: Sequence[Said]) -> Iterator[Said]:
    """A 接龙 is pasted over and over: what stood there before is not entered twice. Another link of
    the same account is for a person to choose from."""
    before: dict[int, tuple[int, str]] = {}
    for each in said:
        claims, notes, doubt = [], [], False
        for claim in each.claims:
            first, url = before.get(claim.tasks[0], (0, "")) if claim.sure else (0, "")
            if not first or (claim.url and not url):
                claims.append(claim)
                if first:
                    notes.append(f"补上第{first}行的链接")
                if claim.sure:
                    before[claim.tasks[0]] = (each.first, claim.url)
            elif claim.url in ("", url):
                notes.append(f"与第{first}行重复")
            else:
                claims.append(replace(claim, sure=False))
                notes.append(f"第{first}行已有,链接不同")
                doubt = True
        sense = Sense.DOUBT if doubt else each.sense
        if each.claims and not claims:
            sense = Sense.ASIDE if each.sense is Sense.CLEAR else each.sense
        why = (*each.why, *dict.fromkeys(notes))
        yield replace(each, claims=tuple(claims), sense=sense, why=why) if notes else each
