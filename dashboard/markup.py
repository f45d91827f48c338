"""Cards, tables and badges as escaped HTML: Chinese throughout, readable aloud, links that work.

A table's body in Streamlit's own grid is a canvas no screen reader and no search finds, and its
menus speak English; these lists are at most 200 rows long, so plain HTML serves them better.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import say
from dashboard.charts.palette import colour
from monitor.report import wording

STYLE: Final = Path(__file__).parent / "static" / "pages.css"
DARK: Final = frozenset(
    {"正常", "睡眠", "僵尸", "长期停更", "从未更新", "不合格", "失败", "中断", "完整", "完成"}
)
"""Badges whose ground is dark enough for white letters."""
TONES: Final = {
    "完整": "正常",
    "完成": "正常",
    "部分完成": "提醒",
    "不完整": "提醒",
    "失败": "僵尸",
    "中断": "僵尸",
}
"""Outcomes of passes and runs borrow the colour of the status that is as good or bad."""


@dataclass(frozen=True)
class Html:
    """Text that is HTML already; everything else is escaped."""

    text: str


Cell = str | Html


@dataclass(frozen=True)
class Card:
    """One figure: where it leads, and what it is a part of. `alarming` marks what needs a hand."""

    title: str
    figure: str
    note: str = ""
    href: str = ""
    alarming: bool = False


def style() -> None:
    """The look of what stands in this file; once per page."""
    st.html(STYLE)


def show(*parts: Html) -> None:
    """Put parts on the page, one below the other."""
    st.html("".join(part.text for part in parts))


def raw(cell: Cell) -> str:
    """A cell as HTML."""
    return cell.text if isinstance(cell, Html) else escape(cell)


def joined(*cells: Cell, by: str = "<br>") -> Html:
    """Several cells in one; empty ones are left out."""
    return Html(by.join(raw(cell) for cell in cells if raw(cell)))


def faint(text: str) -> Html:
    """Smaller and paler: what explains the line above it."""
    return Html(f'<span class="ms-faint">{escape(text)}</span>') if text else Html("")


def folded(title: str, cell: Cell) -> Html:
    """What stands behind a line, opened by whoever asks for it; a search of the page finds it."""
    inside = f"<summary>{escape(title)}</summary>{raw(cell)}"
    return Html(f'<details class="ms-fold">{inside}</details>')


def link(text: str, href: str, *, outside: bool = False) -> Html:
    """A link within the desk, or to a platform's page in a tab of its own.

    An address that is no web address leads nowhere: what a platform said is not to be trusted.
    """
    if outside and not href.startswith(("https://", "http://")):
        return Html(escape(text))
    where = 'target="_blank" rel="noopener noreferrer"' if outside else 'target="_self"'
    return Html(f'<a href="{escape(href, quote=True)}" {where}>{escape(text)}</a>')


def verdict(outcome: str | None, status: str | None, status_max: str | None = None) -> Html:
    """A conclusion on its colour, 疑似 before a failing class; a dash where there is none."""
    if not status:
        return Html(escape(say.NONE))
    return badge(status, say.concluded(outcome, status, status_max))


def badge(status: str, shown: str = "") -> Html:
    """A status on its colour; `shown` is the longer wording where there is one."""
    name = TONES.get(status, status)
    ink = "#ffffff" if status in DARK else "#1c2733"
    ground = f"background:{colour(name)};color:{ink}"
    return Html(f'<span class="ms-badge" style="{ground}">{escape(shown or status)}</span>')


def bar(share: float | None, words: str) -> Html:
    """A share with its figure beside it; nothing is drawn where nothing is known."""
    width = 0 if share is None else round(max(0.0, min(1.0, share)) * 100)
    return Html(
        f'<span class="ms-bar"><i style="width:{width}%"></i></span>'
        f'<span class="ms-barred">{escape(words)}</span>'
    )


def cards(every: Iterable[Card]) -> Html:
    """A row of figures that wraps on narrow screens."""
    return Html(f'<div class="ms-cards">{"".join(_card(each) for each in every)}</div>')


def _card(card: Card) -> str:
    kind = "ms-card ms-alarm" if card.alarming else "ms-card"
    inside = (
        f'<span class="ms-title">{escape(card.title)}</span>'
        f'<span class="ms-figure">{escape(card.figure)}</span>'
        f'<span class="ms-note">{escape(card.note)}</span>'
    )
    if not card.href:
        return f'<div class="{kind}">{inside}</div>'
    href = escape(card.href, quote=True)
    return f'<a class="{kind}" href="{href}" target="_self">{inside}</a>'


def table(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, lesser: Collection[str] = ()
) -> Html:
    """Rows under Chinese heads; on a narrow screen each row becomes a small card of its own.

    `lesser` are the columns a narrow screen leaves out: the account's own page has them.
    """
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(_row(columns, row, lesser) for row in rows)
    return Html(
        f'<div class="ms-scroll"><table class="ms-table">'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(columns: Sequence[str], row: Sequence[Cell], lesser: Collection[str]) -> str:
    cells = "".join(
        f'<td{_LESS if column in lesser else ""} data-label="{escape(column, quote=True)}">'
        f"<div>{raw(cell)}</div></td>"
        for column, cell in zip(columns, row, strict=True)
    )
    return f"<tr>{cells}</tr>"


_LESS: Final = ' class="ms-less"'


def pairs(every: Iterable[tuple[str, Cell]]) -> Html:
    """Terms and what they are, in two or more columns as there is room."""
    inside = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{raw(said)}</dd></div>" for term, said in every
    )
    return Html(f'<dl class="ms-pairs">{inside}</dl>')


def legend(every: Iterable[tuple[str, str]]) -> Html:
    """What colours mean: words and a patch of each."""
    inside = "".join(
        f'<span><i style="background:{shade}"></i>{escape(meaning)}</span>'
        for meaning, shade in every
    )
    return Html(f'<div class="ms-legend">{inside}</div>')


def empty(title: str, todo: Sequence[Cell]) -> Html:
    """Nothing here yet: what to do, in order."""
    steps = "".join(f"<li>{raw(step)}</li>" for step in todo)
    below = f"<ol>{steps}</ol>" if steps else ""
    return Html(f'<div class="ms-empty"><b>{escape(title)}</b>{below}</div>')


def unscoped() -> Html:
    """For who holds a role and no unit or line with it: whom to ask."""
    return empty("尚未划定查看范围", ("请联系本级管理员，为您的角色指定单位或条线。",))


def note(cell: Cell) -> Html:
    """A quiet line."""
    return Html(f'<p class="ms-line">{raw(cell)}</p>')


def unclassified() -> Html:
    """What stands above every text box whose words leave the hand of whoever types them."""
    return Html(f'<p class="ms-unclassified" role="note">{escape(wording.NOTE_UNCLASSIFIED)}</p>')


def whole(text: str) -> Html:
    """Words a line must not break, such as an instant."""
    return Html(f'<span class="ms-whole">{escape(text)}</span>')


def back(text: str, href: str) -> Html:
    """The way back to the list."""
    return Html(f'<p class="ms-back">{link(text, href).text}</p>')
