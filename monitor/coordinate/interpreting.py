"""A quarter's list of documents as somebody types or pastes it, a line each, and back; pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from monitor.domain.errors import InputError
from monitor.domain.instants import day_start, shanghai_day
from monitor.domain.interpreting import MOST, Document

FIELDS: Final = ("文号", "名称", "印发日期", "起草单位")
LONGEST: Final = {"文号": 60, "名称": 120}
WHERE: Final = "政策解读清单"
BETWEEN: Final = re.compile(r"\t|\s*[|｜]\s*")  # noqa: RUF001  # as people type it
QUOTES: Final = "《》 "


def read(text: str, units: Mapping[str, str]) -> tuple[Document, ...]:
    """The documents of a text: 文号, 名称, 印发日期, 起草单位, parted by a tab (as a spreadsheet
    copies them) or by `|`. `units` are codes by code and by name. InputError names the line."""
    lines = [each.strip("\r ") for each in text.split("\n") if each.strip()]
    found = tuple(_document(number, line, units) for number, line in enumerate(_rows(lines), 1))
    if len(found) > MOST:
        raise InputError(f"一个季度最多{MOST}件", WHERE, "只列最需要解读的文件")
    twice = _twice([each.number for each in found])
    if twice:
        raise InputError(f"“{twice}”列了两次", WHERE, "同一文件只列一次")
    return found


def written(documents: Iterable[Document], names: Mapping[str, str]) -> str:
    """The same text; `names` of units by code."""
    return "\n".join(
        " | ".join(
            (
                each.number,
                each.title,
                shanghai_day(each.issued).isoformat(),
                names.get(each.unit, each.unit),
            )
        )
        for each in documents
    )


def names_it(document: Document, said: str) -> bool:
    """Whether what an interpretation gives as its document is this one: by 文号 or by 名称."""
    plain = _bare(said)
    return any(each and each in plain for each in map(_bare, (document.number, document.title)))


def _rows(lines: list[str]) -> Iterator[str]:
    """Without the head a spreadsheet may have copied along."""
    yield from lines[1:] if lines and lines[0].startswith(FIELDS[0]) else lines


def _document(number: int, line: str, units: Mapping[str, str]) -> Document:
    where = f"第{number}行"
    cells = [each.strip() for each in BETWEEN.split(line)]
    if len(cells) != len(FIELDS) or not all(cells):
        told = "、".join(FIELDS)
        raise InputError(f"应有{told}四项", where, "用“|”或制表符分开,可从表格直接粘贴")
    name, title = cells[0], cells[1].strip(QUOTES)
    for field, text in zip(FIELDS, (name, title), strict=False):
        if len(text) > LONGEST[field]:
            raise InputError(f"{field}超过{LONGEST[field]}字", where)
    if cells[3] not in units:
        raise InputError(f"没有“{cells[3]}”这个单位", where, "写全称或12位机构代码")
    return Document(name, title, day_start(_day(cells[2], where)), units[cells[3]])


def _day(text: str, where: str) -> date:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        if found is not None:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise InputError(f"印发日期“{text}”不是日期", where, "例如 2026-10-08")


def _bare(text: str) -> str:
    return re.sub(r"[\s《》〈〉()()\[\]〔〕]", "", text)  # as people type them


def _twice(names: list[str]) -> str:
    return next((each for each in names if names.count(each) > 1), "")
