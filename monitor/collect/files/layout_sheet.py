"""The layouts of a folder: each YAML is checked key by key before any file is read by it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from monitor.collect import shelf
from monitor.collect.files.layout import (
    ACCOUNT_FIELDS,
    FIELDS,
    TEXT_FIELDS,
    TIME_FIELDS,
    Column,
    Kind,
    Layout,
    paths,
)
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError

GRADES: Final = range(5)
BASES: Final = ("累计", "单日")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_KEYS: Final = {
    "name": str,
    "title": str,
    "platform": str,
    "source": str,
    "header": dict,
    "columns": list,
    "beside": list,
    "complete": bool,
    "row_cap": int,
    "grade": int,
    "basis": str,
    "missing": list,
    "notes": list,
}
_REQUIRED: Final = ("name", "title", "platform", "source", "header", "columns", "complete", "grade")
_HEADER_KEYS: Final = {
    "words": list,
    "within": int,
    "first_row": int,
    "blank_columns": list,
    "width": int,
    "sheet": str,
    "notice": str,
}
_COLUMN_KEYS: Final = {
    "field": str,
    "names": list,
    "at": str,
    "kind": str,
    "required": bool,
    "by_platform": dict,
    "skip": list,
    "keep": list,
}
_KINDS: Final = (
    dict.fromkeys(TEXT_FIELDS, Kind.TEXT)
    | dict.fromkeys(TIME_FIELDS, Kind.TIME)
    | {"account_id": Kind.ID, "native_id": Kind.ID}
)


class _Sheet:
    """One YAML being read; its refusals name the file and the key."""

    def __init__(self, name: str) -> None:
        self.name = name

    def wrong(self, what: str, remedy: str = "请对照 data/layouts 中的其他版式修改") -> InputError:
        """The refusal to raise."""
        return InputError(f"版式写法有误:{what}", self.name, remedy)

    def check(self, given: Any, keys: Mapping[str, type], where: str) -> dict[str, Any]:
        """The mapping itself, if it has only known keys, each of its type."""
        if not isinstance(given, dict):
            raise self.wrong(f"{where}应为“名称: 值”")
        for key, value in given.items():
            if key not in keys:
                raise self.wrong(f"{where}有不认识的项“{key}”,可用:{'、'.join(keys)}")
            # True is an int in Python, never in a layout.
            if type(value) is not keys[key]:
                raise self.wrong(f"{where}的“{key}”类型不对:{value!r}")
        return given

    def texts(self, given: list[Any], where: str) -> tuple[str, ...]:
        """A list of texts that say something."""
        if not given or not all(isinstance(each, str) and each.strip() for each in given):
            raise self.wrong(f"{where}应为文字列表")
        return tuple(given)

    def some_texts(self, given: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """The same where the key may be left out."""
        return self.texts(given[key], key) if key in given else ()


def open_folders(*folders: Path) -> dict[str, Layout]:
    """All layouts of the folders by name: those that came with the product, then the office's."""
    found: dict[str, Layout] = {}
    for path in paths(folders):
        layout = _open(path, path.stat().st_mtime_ns)
        if layout.name in found:
            raise InputError(f"两个版式同名“{layout.name}”", path.name, "请改其中一个的 name")
        found[layout.name] = layout
    return found


@lru_cache(maxsize=64)
def _open(path: Path, _changed: int) -> Layout:
    return parse(shelf.read(path).mapping, path.name)


def parse(mapping: Mapping[str, Any], file: str) -> Layout:
    """One layout; InputError names the key that is wrong."""
    sheet = _Sheet(file)
    given = sheet.check(mapping, _KEYS, "版式")
    for key in _REQUIRED:
        if key not in given:
            raise sheet.wrong(f"缺少“{key}”")
    if _NAME.fullmatch(given["name"]) is None:
        raise sheet.wrong("“name”只能用小写字母、数字和短横线")
    if given["platform"] not in {*PLATFORMS, "column"}:
        there = "、".join(("column", *PLATFORMS))
        raise sheet.wrong(f"platform 不认识“{given['platform']}”,可用:{there}")
    layout = Layout(
        name=given["name"],
        title=given["title"],
        platform="" if given["platform"] == "column" else given["platform"],
        source=given["source"],
        complete=given["complete"],
        **_header(sheet, given["header"]),
        **_options(sheet, given),
        columns=_columns(sheet, given["columns"]),
        beside=tuple(_columns(sheet, each) for each in given.get("beside", ())),
    )
    return _whole(sheet, layout)


def _columns(sheet: _Sheet, given: Any) -> tuple[Column, ...]:
    if not isinstance(given, list):
        raise sheet.wrong("beside 的一项应为列的列表")
    return tuple(_column(sheet, each) for each in given)


def _header(sheet: _Sheet, given: dict[str, Any]) -> dict[str, Any]:
    header = sheet.check(given, _HEADER_KEYS, "header")
    common = {key: header[key] for key in ("width", "sheet", "notice") if key in header}
    if ("words" in header) == ("first_row" in header):
        raise sheet.wrong("header 须写 words 或 first_row 之一")
    if "first_row" in header:
        if header["first_row"] < 1:
            raise sheet.wrong("first_row 从 1 数起")
        letters = sheet.some_texts(header, "blank_columns")
        return common | {
            "first_row": header["first_row"],
            "blank": tuple(_letter(sheet, each) for each in letters),
        }
    words = {"words": sheet.texts(header["words"], "words"), "within": header.get("within", 6)}
    return common | words


def _options(sheet: _Sheet, given: dict[str, Any]) -> dict[str, Any]:
    if given["grade"] not in GRADES:
        raise sheet.wrong("grade 应为 0 至 4")
    if given.get("basis", "累计") not in BASES:
        raise sheet.wrong("basis 应为 累计 或 单日")
    if given.get("row_cap", 1) < 1:
        raise sheet.wrong("row_cap 应为正整数")
    return {
        "grade": given["grade"],
        "basis": given.get("basis", "累计"),
        "row_cap": given.get("row_cap"),
        "missing": frozenset(sheet.some_texts(given, "missing")),
        "notes": sheet.some_texts(given, "notes"),
    }


def _column(sheet: _Sheet, given: Any) -> Column:
    column = sheet.check(given, _COLUMN_KEYS, "columns 的一项")
    names = sheet.texts(column.get("names", []), "columns 的 names")
    aims = (column.get("field", ""), *column.get("by_platform", {}).values())
    for aim in aims:
        if aim and aim not in FIELDS:
            raise sheet.wrong(f"“{names[0]}”的 field“{aim}”不认识,可用:{'、'.join(sorted(FIELDS))}")
    if not set(column.get("by_platform", {})) <= set(PLATFORMS):
        raise sheet.wrong(f"“{names[0]}”的 by_platform 有不认识的平台")
    return Column(
        title=names[0],
        names=names,
        aim=column.get("field", ""),
        kind=_kind(sheet, column, names[0]),
        at=_letter(sheet, column["at"]) if "at" in column else None,
        required=column.get("required", False),
        by_platform=column.get("by_platform", {}),
        skip=frozenset(sheet.some_texts(column, "skip")),
        keep=frozenset(sheet.some_texts(column, "keep")),
    )


def _kind(sheet: _Sheet, column: dict[str, Any], title: str) -> Kind:
    """The kind of a kept field follows from the field; one that is only checked names its own."""
    aim = column.get("field", "")
    if aim:
        if "kind" in column:
            raise sheet.wrong(f"“{title}”已有 field,不必写 kind")
        return _KINDS.get(aim, Kind.COUNT)
    if column.get("kind", "") not in set(Kind):
        raise sheet.wrong(f"“{title}”没有 field,须写 kind:{'、'.join(Kind)}")
    return Kind(column["kind"])


def _letter(sheet: _Sheet, text: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    if re.fullmatch(r"[A-Z]{1,2}", text) is None:
        raise sheet.wrong(f"列号“{text}”应为 A、B …… AA")
    place = 0
    for letter in text:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _whole(sheet: _Sheet, layout: Layout) -> Layout:
    """What no single key shows."""
    for columns in (layout.columns, *layout.beside):
        _agree(sheet, layout, columns)
    fixed = any(each.at is not None for each in layout.columns)
    every = [each for columns in (layout.columns, *layout.beside) for each in columns]
    if (layout.first_row is not None or layout.beside) and not fixed:
        raise sheet.wrong("用 first_row 或 beside 时每列须写 at")
    if any((each.at is not None) != fixed for each in every):
        raise sheet.wrong("at 须每列都写,或都不写")
    return layout


def _agree(sheet: _Sheet, layout: Layout, columns: tuple[Column, ...]) -> None:
    """The columns of one table: each field once, and either posts or numbers of the account."""
    aims = [each.aim for each in columns if each.aim]
    for aim in aims:
        if aims.count(aim) > 1:
            raise sheet.wrong(f"两列的 field 都是“{aim}”")
    daily = "stat_date" in aims and ACCOUNT_FIELDS & set(aims)
    needs = ("stat_date",) if daily and "published" not in aims else ("title", "published")
    for need in (*needs, *(("platform",) if not layout.platform else ())):
        if need not in aims:
            raise sheet.wrong(f"没有 field 为“{need}”的列")
