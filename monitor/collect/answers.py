"""Reads typed fields out of a platform's JSON: a wrong type is MALFORMED, and names its field."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from monitor.collect.errors import malformed
from monitor.domain.instants import parse_instant, to_second

Document = Mapping[str, object]
MOST: Final = 10**12
"""No count of people or times on any platform is larger."""
DIGITS: Final = 20
"""Enough to see that a number is too large, and few enough to convert."""
LONGEST: Final = 500
LATEST: Final = 10**14
MILLISECONDS_FROM: Final = 10**11
"""Unix time above it would be the year 5138: it is in milliseconds."""


def rows(document: Document, field: str, where: str) -> list[Document]:
    """The list of objects under `field`, which must be there."""
    value = document.get(field)
    if not isinstance(value, list):
        raise malformed(f"应有列表字段 {field},实际为{_kind(value)}", where)
    return [record(each, f"{where} {field}") for each in value]


def record(value: object, where: str) -> Document:
    """`value` as an object."""
    if not isinstance(value, dict):
        raise malformed(f"应为对象,实际为{_kind(value)}", where)
    return value


def whole(document: Document, field: str, where: str) -> int | None:
    """A count: None where absent or null. Digits in quotes are read, as platforms mix both."""
    value = document.get(field)
    if value is None:
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:DIGITS])
    if isinstance(value, bool) or not isinstance(value, int):
        raise malformed(f"字段 {field} 应为整数,实际为{_kind(value)}", where)
    if not 0 <= value <= MOST:
        raise malformed(f"字段 {field} 超出合理范围", where)
    return value


def text(document: Document, field: str, where: str) -> str:
    """Words fit for the record: '' where absent; no NUL and no half characters, cut at 500."""
    value = document.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise malformed(f"字段 {field} 应为文字,实际为{_kind(value)}", where)
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "").strip()[:LONGEST]


def day(document: Document, field: str, where: str) -> date:
    """An ISO day, which must be there."""
    value = document.get(field)
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise malformed(f"字段 {field} 应为 YYYY-MM-DD 日期", where)


def moment(document: Document, field: str, where: str) -> int:
    """The second (UTC) of a `YYYY-MM-DD HH:MM:SS` on a Shanghai clock, which must be there."""
    value = document.get(field)
    try:
        if isinstance(value, str):
            return to_second(parse_instant(value))
    except ValueError:
        pass
    raise malformed(f"字段 {field} 应为 YYYY-MM-DD HH:MM:SS 时间", where)


def unix(document: Document, field: str, where: str) -> int:
    """A second (UTC) out of unix time, which must be there; milliseconds show by their size."""
    value = document.get(field)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:DIGITS])
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < LATEST:
        raise malformed(f"字段 {field} 应为时间戳,实际为{_kind(document.get(field))}", where)
    return value // 1000 if value > MILLISECONDS_FROM else value


def _kind(value: object) -> str:
    names = {dict: "对象", list: "列表", str: "文字", bool: "真假值", int: "数字", float: "小数"}
    return "缺失" if value is None else names.get(type(value), "其他类型")
