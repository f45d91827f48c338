"""A rulebook's sheet as somebody edits it: read strictly, every fault told by its line or field."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from monitor.actions.setting_up import shipped
from monitor.collect import shelf
from monitor.domain.account import State
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import InputError
from monitor.domain.rulebook import GONE, Rulebook
from monitor.domain.standard import Draft
from monitor.judge import book_lines, revising, sheet_form, sources
from monitor.judge import rulebook as rulebooks
from monitor.judge.book_lines import Difference, Line
from monitor.judge.sheet_form import (
    ASIDE,
    CONFIRM,
    EXCUSED,
    GRADE,
    LIMITS,
    NEW,
    NOTIFIED,
    RULES,
    SINCE,
    SOURCE,
    TITLE,
    VARIANTS,
    WHOM,
)

__all__ = [
    "ASIDE",
    "CONFIRM",
    "EXCUSED",
    "GRADE",
    "LIMITS",
    "NEW",
    "NOTIFIED",
    "RULES",
    "SINCE",
    "SOURCE",
    "TITLE",
    "VARIANTS",
    "WHOM",
    "Difference",
    "Line",
    "compared",
    "layout",
    "lines",
    "read",
    "words",
]

LONGEST_TEXT: Final = 100_000
STATES: Final = tuple(each.value for each in State if each not in GONE)
"""States of the registry a rulebook may leave aside, beside those that are never judged."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy is called: code, version, title, and the day it begins unless another is set."""

    name: str
    version: int
    title: str
    since: date


def freshness(data_dir: Path) -> Mapping[str, int]:
    """How long each kind of source may be judged by: no limit may be shorter."""
    return sources.freshness(sources.parse(shelf.read(data_dir / "sources.yaml").mapping))


def read(text: str, fresh: Mapping[str, int] = rulebooks.FRESHNESS_HOURS) -> Rulebook:
    """The rulebook a person wrote; InputError names the line of what is wrong."""
    return _read(_page(text), fresh)


def _page(text: str) -> shelf.Page:
    if len(text) > LONGEST_TEXT:
        raise InputError("标准的文字过长", f"{len(text)}字", f"应在{LONGEST_TEXT}字以内")
    return shelf.parse(text.encode(), "所填标准")


def _read(page: shelf.Page, fresh: Mapping[str, int]) -> Rulebook:
    try:
        return rulebooks.parse(page.mapping, page.sha256, fresh)
    except InputError as error:
        raise _at_line(error, page) from None


def _at_line(error: InputError, page: shelf.Page) -> InputError:
    said = error.explained
    line = shelf.lines(page.text).get(said.where)
    return error if line is None else InputError(said.what, f"第{line}行 {said.where}", said.remedy)


@lru_cache(maxsize=64)
def kept(text: str) -> Rulebook:
    """A rulebook that was read before: whatever sources are worth today."""
    page = shelf.parse(text.encode(), "认定标准")
    return rulebooks.parse(page.mapping, page.sha256, {})


def lines(text: str) -> tuple[Line, ...]:
    """Everything a sheet lays down, in the office's words."""
    return book_lines.lines(kept(text))


def compared(before: str, after: str) -> tuple[Difference, ...]:
    """What differs between two sheets, in the office's words."""
    return book_lines.differences(kept(before), kept(after))


def words(text: str) -> dict[str, str]:
    """The fields of the form that edits a sheet, as texts."""
    return sheet_form.words(shelf.parse(text.encode(), "认定标准").mapping)


def layout(text: str) -> dict[str, tuple[str, ...]]:
    """What that form shows under each heading."""
    return sheet_form.layout(shelf.parse(text.encode(), "认定标准").mapping)


@lru_cache(maxsize=4)
def presets(data_dir: Path) -> Mapping[str, str]:
    """The texts of the shipped rulebooks, by name."""
    return {book.name: text for book, text in shipped(data_dir)}


def kinds(data_dir: Path) -> tuple[str, ...]:
    """What may be no silence: all that any shipped rulebook names."""
    books = [kept(text) for text in presets(data_dir).values()]
    return tuple(sorted({kind for book in books for kind in book.excused_kinds}))


def copied(text: str, what: Copied) -> str:
    """A sheet under another name; all else, comments too, as it was."""
    said = {
        "name": what.name,
        "version": str(what.version),
        "title": json.dumps(what.title, ensure_ascii=False),
        "valid_from": what.since.isoformat(),
    }
    for key, value in said.items():
        line = f"{key}: {value}".replace("\\", r"\\")
        text = re.sub(rf"(?m)^{key}:.*$", line, text, count=1)
    found = kept(text)
    if (found.name, found.version, found.valid_from) != (what.name, what.version, what.since):
        raise InputError("这份标准的写法不能照抄", what.name, "请把名称、版本等各写一行")
    return text


def by_form(draft: Draft, said: Mapping[str, str], data_dir: Path) -> str:
    """The sheet of a draft with what the form changed; InputError names the field."""
    refuse_marked(said)
    before = shelf.parse(draft.text.encode(), draft.name)
    after = revising.revised(before.mapping, said)
    text = shelf.write(after, draft.text)
    try:
        _checked(draft, shelf.parse(text.encode(), draft.name), data_dir)
    except InputError as error:
        raise _at_field(error, after) from None
    return text


def _at_field(error: InputError, sheet: Mapping[str, Any]) -> InputError:
    said = error.explained
    label = sheet_form.label(sheet, said.where)
    return InputError(said.what.replace(f"“{said.where}”", f"“{label}”"), label, said.remedy)


def by_text(draft: Draft, text: str, data_dir: Path) -> str:
    """The sheet as somebody typed it; InputError names the line."""
    refuse_marked({"标准文字": text})
    page = _page(text.replace("\r\n", "\n").strip() + "\n")
    try:
        _checked(draft, page, data_dir)
    except InputError as error:
        raise _at_line(error, page) from None
    return page.text


def check(draft: Draft, data_dir: Path) -> Rulebook:
    """A draft as it is, read as strictly as when it was saved."""
    page = _page(draft.text)
    return _checked(draft, page, data_dir)


def _checked(draft: Draft, page: shelf.Page, data_dir: Path) -> Rulebook:
    """A whole rulebook of this name and version, and no figure under a source that is not its."""
    book = rulebooks.parse(page.mapping, page.sha256, freshness(data_dir))
    for key, found, wanted in (
        ("name", book.name, draft.name),
        ("version", book.version, draft.version),
        ("upper", book.upper, False),
    ):
        if found != wanted:
            shown = "false" if wanted is False else wanted
            raise InputError(f"{key} 不能改动", key, f"请改回 {key}: {shown}")
    base = shelf.parse(draft.base_text.encode(), draft.base).mapping
    part = sheet_form.unsourced(base, page.mapping)
    if part is not None:
        raise InputError(
            f"“{part.name}”的数值已改,来源和级别仍是原来的",
            part.path,
            "请写明新的来源和级别,没有来源的写“本厅设定”",
        )
    return book
