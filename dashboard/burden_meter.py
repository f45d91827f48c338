"""基层负担 as 首页 shows it: the promise, and how far this week has kept it, figure by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard import data, links, markup
from dashboard.markup import Card
from monitor.domain.burden import PER_MATTER, Sort
from monitor.report import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.record.screens.burden import Figure

NAMES: Final = {
    Sort.FORM: "本周填报",
    Sort.TASK: "本周协同任务",
    Sort.URGE: "本周催办",
    Sort.CASE: "本周交办整改",
}


def read(visit: Visit) -> tuple[Figure, ...]:
    """The week's figures within the visitor's reach."""
    return data.read(visit, data.burden.meter, visit.now)


def show(figures: Sequence[Figure]) -> None:
    """The sentence and the figures, each leading to what is behind it."""
    markup.show(markup.note(f"基层负担：{wording.NOTE_BURDEN}"), cards(figures))


def cards(figures: Sequence[Figure]) -> Html:
    """A card a sort: how often, to how many units, the most of one and its cap."""
    return markup.cards(
        Card(
            NAMES[each.sort],
            f"{each.issued:,}次",
            _note(each),
            links.to(links.BURDEN, sort=each.sort.value),
            alarming=each.beyond > 0,
        )
        for each in figures
    )


def _note(each: Figure) -> str:
    base = "每件" if each.sort in PER_MATTER else "每个单位"
    limit = "不设上限" if each.cap is None else f"上限{base}{each.cap}次"
    if not each.issued:
        return f"本周没有下达，{limit}"
    told = f"{each.units:,}个单位，最多{each.most}次，{limit}"
    if each.beyond:
        return f"{told}，超限{each.beyond:,}处"
    return f"{told}，经准予超限{each.allowed:,}处" if each.allowed else told
