"""正文 of a post as it is kept: words without marks, one line a paragraph, bounded."""

import re
from html import unescape
from typing import Final

from monitor.collect.answers import LONGEST, Document
from monitor.collect.errors import malformed
from monitor.domain.post import LONGEST_TEXT

MOST: Final = 200_000
"""So many characters of an article's source are looked at: its words stand before that."""
MARK: Final = re.compile(r"(<[A-Za-z/!?][^<>]*>)")
NAME: Final = re.compile(r"</?([A-Za-z0-9]+)")
UNSEEN: Final = frozenset({"script", "style", "template", "title"})
INLINE: Final = frozenset({"a", "b", "em", "font", "i", "mark", "small", "span", "strong", "u"})
"""Marks inside a line: whatever else is marked begins a line of its own."""
UNFIT: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff]")
SPACES: Final = re.compile(r"[^\S\n]+")


def body(document: Document, field: str, where: str, *, marked: bool = False) -> str:
    """The text under a field, '' where there is none; `marked`: it is written in HTML."""
    value = document.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise malformed(f"字段 {field} 应为文字", where)
    return of_html(value) if marked else plain(value)


def caption(document: Document, field: str, where: str) -> str:
    """A caption that is too long to stand as a title whole; '' where its title says all of it."""
    words = body(document, field, where)
    return words if len(words) > LONGEST else ""


def of_html(source: str) -> str:
    """The words a reader of the page sees."""
    kept: list[str] = []
    hidden = ""
    for piece in MARK.split(source[:MOST]):
        if not MARK.fullmatch(piece):
            kept.append("" if hidden else piece)
            continue
        found = NAME.match(piece)
        name = found[1].lower() if found else ""
        if hidden:
            hidden = "" if piece.startswith("</") and name == hidden else hidden
            continue
        hidden = name if name in UNSEEN and not piece.startswith("</") else ""
        kept.append("" if name in INLINE else "\n")
    return plain(unescape("".join(kept)))


def plain(words: str) -> str:
    """Words fit for the record: paragraphs without blanks around them, cut at the longest kept."""
    fit = UNFIT.sub("", words.replace("\r", "\n").replace("\t", " "))
    fit = fit.encode("utf-8", "replace").decode("utf-8")
    lines = (SPACES.sub(" ", line).strip() for line in fit.split("\n"))
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT].rstrip()
