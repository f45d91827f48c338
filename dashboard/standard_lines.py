"""Rulebooks on screen: line by line with source and rank, and two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from dashboard import data, markup, say
from monitor.actions import setting_up
from monitor.actions import standard_sheets as sheets
from monitor.domain.instants import BEGINNING, shanghai_day
from monitor.domain.standard import in_force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.actions.standard_sheets import Difference, Line
    from monitor.record.screens.standards import Held

OWN, UPPER = "本厅口径", "上级口径"
ALWAYS: Final = "启用以来"
OWN_DEFAULT, UPPER_DEFAULT = "hubei-default", "gb2019"
TONES: Final = {"国家规定": "不合格", "省级规定": "提醒", "本厅设定": "正常"}


@dataclass(frozen=True)
class Sheet:
    """A rulebook on screen: what it is called, its text, and from which second it is in force."""

    called: str
    text: str
    since: int | None = None


def called(text: str) -> str:
    """`本厅口径 第2版`."""
    book = sheets.kept(text)
    return f"{book.title} 第{book.version}版"


def present(visit: Visit, history: Sequence[Held], *, upper: bool) -> Sheet:
    """What is in force now; before anything was judged, what the office chose of the presets."""
    mine = {each.term.id: each for each in history if each.term.upper == upper}
    term = in_force([each.term for each in mine.values()], visit.now)
    if term is not None:
        held = mine[term.id]
        return Sheet(called(held.text), held.text, term.since)
    office = setting_up.office(visit.store)
    name = (office.upper or UPPER_DEFAULT) if upper else (office.own or OWN_DEFAULT)
    text = sheets.presets(visit.data_dir)[name]
    return Sheet(called(text), text)


def past(visit: Visit) -> tuple[Held, ...]:
    """The history of both, the newest first."""
    return data.read(visit, data.standards.history)


def table(lines: Sequence[Line]) -> Html:
    """Every line with its source and rank."""
    rows = [(each.item, each.said, each.source, rank(each.rank)) for each in lines]
    return markup.table(("项目", "规定", "来源", "级别"), rows)


def rank(name: str) -> Html:
    """On whose word, as a badge."""
    return markup.badge(TONES.get(name, "内容不更新"), name) if name else markup.Html("")


def differing(found: Sequence[Difference], before: str, after: str) -> Html:
    """What differs, side by side; a quiet line where nothing does."""
    if not found:
        return markup.note("两份标准没有不同。")
    rows = [(each.item, _side(each.before), _side(each.after)) for each in found]
    return markup.table(("项目", before, after), rows)


def _side(line: Line | None) -> Html | str:
    if line is None:
        return markup.faint("没有这一项")
    return markup.joined(line.said, markup.faint(f"{line.source}（{line.rank}）"))


def begun(since: int | None) -> str:
    """From when, as a day or, where somebody chose it in the middle of one, an instant."""
    if since is None or since == BEGINNING:
        return ALWAYS
    moment = say.moment(since)
    return moment[:10] if moment.endswith("00:00") else moment


def today(visit: Visit) -> date:
    """The day in Shanghai."""
    return shanghai_day(visit.now)


def stood(since: int | None) -> str:
    """Since when it has been in force, as a sentence begins."""
    told = begun(since)
    return told if told == ALWAYS else f"{told}起用"
