"""Numerals as people write them, 三万, 3万, 30,000, as one number."""

import re
from decimal import Decimal
from typing import Final

DIGITS: Final = {each: number for number, each in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
TENS: Final = {"十": 10, "百": 100, "千": 1000}
MYRIADS: Final = {"万": 10_000, "亿": 100_000_000}
NUMERAL: Final = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
SCALE: Final = r"(?:[百千]?[万亿]|[百千])?"
NUMBER: Final = rf"{NUMERAL}{SCALE}(?:{NUMERAL}{SCALE})?"
"""3.5万, 十二万, 一亿二千万: what `value` reads."""
_PART: Final = re.compile(rf"({NUMERAL})({SCALE})")


def value(written: str) -> Decimal | None:
    """The number that is written; None where it is none. Digits are half-width."""
    total = Decimal(0)
    end = 0
    for part in _PART.finditer(written):
        if part.start() != end:
            return None
        end = part.end()
        number = _plain(part[1])
        if number is None:
            return None
        for each in part[2]:
            number *= TENS.get(each) or MYRIADS[each]
        total += number
    return total if end == len(written) and end else None


def _plain(written: str) -> Decimal | None:
    if written[0].isdigit() and written[0] not in DIGITS:
        return Decimal(written.replace(",", ""))
    return _chinese(written)


def _chinese(written: str) -> Decimal | None:
    """三百二十五, 十二, and 二〇二六 digit by digit."""
    if not any(each in TENS for each in written):
        return Decimal("".join(str(DIGITS[each]) for each in written))
    total = last = 0
    for each in written:
        if each in TENS:
            total += (last or 1) * TENS[each]
            last = 0
        else:
            last = DIGITS[each]
    return Decimal(total + last)
