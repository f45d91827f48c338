"""Values of cells: counts, shares, seconds, texts and flags as people and platforms write them."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from monitor.domain.errors import SentinelError

Cell = str | int | float | bool | datetime | date | time | timedelta | None
"""What a cell of any file may hold."""

MISSING: Final = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "/", "N/A", "n/a", "null", "NULL"}
)
"""Writings of 'no data': they mean missing and never 0."""
ABSURD: Final = 10**12
"""No account of this province has a trillion of anything."""
MOST_SHARE: Final = 10.0
EXACT_FLOAT: Final = 10**15
"""From here on Excel has already thrown digits away."""

_COUNT: Final = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>[万亿wW]?)(?P<more>\+?)(?:人次|[次人条个篇])?"
)
_UNITS: Final = {"": 1, "万": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8}
_SHARE: Final = re.compile(r"(\d+(?:\.\d+)?)(%?)")
_SECONDS: Final = re.compile(
    r"(?:(\d+)(?:时|小时))?(?:(\d+)(?:分钟|分))?(?:(\d+(?:\.\d+)?)(?:秒|s)?)?"
)
_CLOCK: Final = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})")
_SCIENTIFIC: Final = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")


class Unreadable(SentinelError):  # noqa: N818  # it reads as a sentence where it is raised
    """A cell says nothing this column can hold; `expected` says what it could."""

    def __init__(self, expected: str) -> None:
        super().__init__(f"应为{expected}")
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Count:
    """A count; `capped` where it was shown as a ceiling, '10万+'."""

    value: int
    capped: bool = False


def text_of(cell: Cell) -> str:
    """A cell as a person reads it: whole numbers without '.0', dates as ISO, edges trimmed."""
    if isinstance(cell, str):
        return cell.strip().strip("\ufeff\u200b\u3000").strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_FLOAT:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    return str(cell)


def plain(text: str) -> str:
    """Full-width digits, signs and letters as half-width ones, without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_missing(cell: Cell, also: frozenset[str] = frozenset()) -> bool:
    """True where the cell says 'no data'; `also` are further writings of this layout ('-1')."""
    text = plain(text_of(cell))
    return text in MISSING or text in also or any(_same_number(text, each) for each in also)


def _same_number(text: str, other: str) -> bool:
    try:
        return float(text) == float(other)
    except ValueError:
        return False


def count(cell: Cell, missing: frozenset[str] = frozenset()) -> Count | None:
    """A whole number from 0 up, None where missing; '1.2万' is 12000, '10万+' is capped."""
    if is_missing(cell, missing):
        return None
    expected = "0或正整数,可写作1,234、1.2万、10万+"
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Unreadable(expected)
    found = _COUNT.fullmatch(plain(_written(cell, expected)))
    if found is None:
        raise Unreadable(expected)
    value = Decimal(found["number"].replace(",", "")) * _UNITS[found["unit"]]
    if not found["unit"] and value != value.to_integral_value():
        raise Unreadable(expected)
    if value > ABSURD:
        raise Unreadable(f"{expected},且不超过1万亿")
    return Count(int(value.to_integral_value(ROUND_HALF_UP)), bool(found["more"]))


def _written(cell: str | int | float, expected: str) -> str:
    """The digits of a number as text; what is no number of this world is refused."""
    if isinstance(cell, float):
        if not math.isfinite(cell) or abs(cell) >= EXACT_FLOAT:
            raise Unreadable(expected)
        return format(Decimal(str(cell)).normalize(), "f")
    return str(cell)


def change(cell: Cell, missing: frozenset[str] = frozenset()) -> int | None:
    """A whole number that may be below 0, as net growth is; None where missing."""
    text = plain(text_of(cell))
    if text[:1] not in {"-", "+"} or is_missing(cell, missing):
        found = count(cell, missing)
        return None if found is None else found.value
    found = count(text[1:], missing)
    if found is None:
        raise Unreadable("整数,可以是负数")
    return -found.value if text[0] == "-" else found.value


def share(cell: Cell, missing: frozenset[str] = frozenset()) -> float | None:
    """A share: '4.41 %' and 0.0441 are both 0.0441. At most 10 (1000 %)."""
    found = _decimal(cell, missing, "百分比,如4.41%或0.0441")
    if found is None:
        return None
    value, sign = found
    return _bounded(value / 100 if sign else value)


def points(cell: Cell, missing: frozenset[str] = frozenset()) -> float | None:
    """A share written in percentage points: 16.55 and '16.55%' are both 0.1655."""
    found = _decimal(cell, missing, "百分数,如16.55")
    return None if found is None else _bounded(found[0] / 100)


def _decimal(cell: Cell, missing: frozenset[str], expected: str) -> tuple[Decimal, bool] | None:
    if is_missing(cell, missing):
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Unreadable(expected)
    found = _SHARE.fullmatch(plain(_written(cell, expected)))
    if found is None:
        raise Unreadable(expected)
    return Decimal(found[1]), bool(found[2])


def _bounded(value: Decimal) -> float:
    if value > Decimal(str(MOST_SHARE)):
        raise Unreadable("不超过1000%的百分比")
    return float(value)


def seconds(cell: Cell, missing: frozenset[str] = frozenset()) -> float | None:
    """A duration in seconds: '14.73秒', '1分20秒', '01:20', 14.73."""
    if is_missing(cell, missing):
        return None
    expected = "时长,如14.73秒或1分20秒"
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Unreadable(expected)
    text = plain(_written(cell, expected))
    found = _SECONDS.fullmatch(text) or _CLOCK.fullmatch(text)
    if found is None:
        raise Unreadable(expected)
    hours, minutes, rest = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def identity(cell: Cell) -> str:
    """An id, code or phone as text; refused where Excel has thrown digits away."""
    text = text_of(cell)
    lost = isinstance(cell, int | float) and abs(cell) >= EXACT_FLOAT
    if lost or _SCIENTIFIC.fullmatch(plain(text)):
        raise Unreadable(
            "完整的数字(已被表格软件改成科学计数法,末几位已丢失;请把该列设为文本后重填)"
        )
    return text


def yes_or_no(cell: Cell) -> bool | None:
    """是 or 否; None where the cell is empty."""
    text = plain(text_of(cell))
    if text in {"是", "有", "1", "√", "Y", "y", "TRUE", "True", "true"}:
        return True
    if text in {"否", "无", "0", "×", "N", "n", "FALSE", "False", "false"}:
        return False
    if text in MISSING:
        return None
    raise Unreadable("是或否")
