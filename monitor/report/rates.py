"""Rates 合格率: exact and half-up, each with its denominator; whether a printed one reproduces."""

from dataclasses import dataclass
from typing import Final

from monitor.domain.bulletin import DECIMALS, Base

HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """So many accounts checked, so many of them with problems; an account counts once."""

    checked: int
    failed: int
    base: Base = Base.DECIDED

    def __post_init__(self) -> None:
        if not 0 <= self.failed <= self.checked:
            raise ValueError("of the checked accounts so many cannot have failed")

    def text(self, decimals: int) -> str:
        """`90.1%`; '—' where nothing was checked."""
        return percent(self.checked - self.failed, self.checked, decimals)


@dataclass(frozen=True, slots=True)
class Printed:
    """A bulletin as it was printed: how many accounts, how many failed, the rate as its text.

    `parts` are the classes the total is said to consist of. `part` is the numerator where the rate
    is another share than 合格率 (抽查比例, 答复率).
    """

    name: str
    whole: int
    rate: str
    failed: int | None = None
    part: int | None = None
    parts: tuple[int, ...] = ()
    source: str = ""


def percent(part: int, whole: int, decimals: int) -> str:
    """`part` of `whole` in percent, rounded half up (never to even), in whole numbers all through.

    '—' where `whole` is 0. ValueError for other decimals than 0, 1 and 2, or counts below 0.
    """
    if decimals not in DECIMALS or part < 0 or whole < 0:
        raise ValueError("counts from 0 up, and 0, 1 or 2 decimals")
    if whole == 0:
        return "—"
    scale = 10**decimals
    scaled = (2 * HUNDRED * scale * part + whole) // (2 * whole)
    after = f".{scaled % scale:0{decimals}d}" if decimals else ""
    return f"{scaled // scale}{after}%"


def points(now: str, before: str) -> str:
    """The change between two printed rates in percentage points, `+1.2`; '' where one is missing.

    Of the printed ones, so that whoever takes one from the other gets the same.
    """
    if not now.endswith("%") or not before.endswith("%"):
        return ""
    decimals = max(_decimals(now), _decimals(before))
    scale = 10**decimals
    change = _scaled(now, scale) - _scaled(before, scale)
    sign = "-" if change < 0 else "+" if change > 0 else ""
    after = f".{abs(change) % scale:0{decimals}d}" if decimals else ""
    return f"{sign}{abs(change) // scale}{after}"


def faults(printed: Printed) -> tuple[str, ...]:
    """Why a bulletin does not reproduce from its own counts, as sentences; () where it does."""
    found = []
    if printed.parts and sum(printed.parts) != printed.whole:
        found.append(f"分项合计{sum(printed.parts)},与总数{printed.whole}不符")
    part = printed.part
    if part is None and printed.failed is not None:
        part = printed.whole - printed.failed
    if part is not None and printed.rate:
        told = percent(part, printed.whole, _decimals(printed.rate))
        if told != printed.rate:
            exact = percent(part, printed.whole, max(DECIMALS))
            found.append(f"{part}/{printed.whole}={exact},与公布的{printed.rate}不符,不可复现")
    return tuple(found)


def _decimals(rate: str) -> int:
    return len(rate.rstrip("%").partition(".")[2])


def _scaled(rate: str, scale: int) -> int:
    whole, _, after = rate.rstrip("%").partition(".")
    return int(whole) * scale + (int(after) * scale // 10 ** len(after) if after else 0)
