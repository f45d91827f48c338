"""How the screens say instants, stretches, shares and numbers; a dash where nothing is known."""

from collections.abc import Iterable
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, HOUR, MINUTE, say_minute
from monitor.report import group_text as group_texts
from monitor.report import wording

NONE: Final = "—"
LONG_DAYS: Final = 10
"""From so many days on hours say nothing."""
DATE_BOX: Final = "YYYY-MM-DD"
"""How a box for a day shows it; its calendar speaks the browser's language by itself."""


def moment(second: int | None) -> str:
    """`2026-11-22 09:30` on a Shanghai clock."""
    return NONE if second is None else say_minute(second)


def published(first: int | None, last: int | None) -> str:
    """When a post was published: a minute where it is known, else the day it is dated."""
    if first is None or last is None:
        return NONE
    if last - first < HOUR:
        return say_minute(first)
    if say_minute(first)[:10] == say_minute(last)[:10]:
        return f"{say_minute(first)[:10]}(仅知日期)"
    return f"{say_minute(first)[:10]}至{say_minute(last)[:10]}之间"


def stretch(seconds: int | None) -> str:
    """`7天5小时`, `3小时`, `12分钟`, from ten days on whole days, `17天`; without its sign."""
    if seconds is None:
        return NONE
    days, rest = divmod(abs(seconds), DAY)
    hours, rest = divmod(rest, HOUR)
    if days >= LONG_DAYS:
        return f"{days}天"
    if days:
        return f"{days}天{hours}小时" if hours else f"{days}天"
    return f"{hours}小时" if hours else f"{rest // MINUTE}分钟"


def silence(lower: int | None, upper: int | None) -> str:
    """Both bounds, once where they say the same."""
    if lower is None and upper is None:
        return NONE
    if upper is None:
        return f"至少{stretch(lower)}"
    most = _rounded_up(upper)
    if lower == upper or stretch(lower) == most:
        return stretch(lower)
    return f"{stretch(lower) if lower else 0}—{most}"


def _rounded_up(seconds: int) -> str:
    """An upper bound never says less than it is."""
    days = -(-seconds // DAY)
    return f"{days}天" if days > LONG_DAYS else stretch(seconds)


def short(second: int | None) -> str:
    """`11-22 09:30`: for what is at most a few days old."""
    return NONE if second is None else say_minute(second)[5:]


def distance(left: int | None, outcome: str | None) -> str:
    """How far from the limit: `还有2天3小时`, or `已超3天` where that was proven.

    Where nobody looked, an account is not said to be over anything.
    """
    if left is None or outcome in (None, Outcome.NOT_COUNTED):
        return NONE
    if left > 0:
        return f"还有{stretch(left)}"
    return f"已超{stretch(left)}" if outcome == Outcome.FAIL else "已到期限，待查看"


def percent(share: float | None) -> str:
    """`89.7%`, rounded down where rounding would make a whole of what is none."""
    return wording.share(share)


def number(value: int | None, unit: str = "") -> str:
    """`1,476个`; a dash where nothing was said, which is not 0."""
    return NONE if value is None else f"{value:,}{unit}"


def status(lower: str | None, upper: str | None) -> str:
    """`内容不更新(可能已达睡眠)` where the bounds fall into different classes."""
    if not lower:
        return "尚未比对"
    if not upper or upper == lower:
        return lower
    return f"{lower}(可能已达{upper})"


def concluded(outcome: str | None, lower: str | None, upper: str | None = None) -> str:
    """`疑似睡眠(可能已达僵尸)`: no failing class is stated before a person confirmed it."""
    said = status(lower, upper)
    return wording.suspected(said) if outcome == Outcome.FAIL else said


def platform(name: str) -> str:
    """The name people know a platform by."""
    return PLATFORMS.get(name, name)


def place(region_name: str, county_name: str) -> str:
    """`宜昌市 / 当阳市`; the province's own accounts are 省级."""
    if not region_name:
        return "省级"
    return f"{region_name} / {county_name}" if county_name else region_name


def counted(lower: int | None, upper: int | None) -> str:
    """Posts of thirty days: `9`, `9—11`."""
    if lower is None:
        return NONE
    return f"{lower}篇" if upper is None or upper == lower else f"{lower}—{upper}篇"


def days(missing: str | None) -> str:
    """`11月2日至11月22日` of each stretch of uncovered days."""
    if not missing:
        return NONE
    return "、".join(_day_range(part) for part in missing.split(","))


def _day_range(part: str) -> str:
    first, _, last = part.partition("..")
    return _day(first) if last in ("", first) else f"{_day(first)}至{_day(last)}"


def _day(text: str) -> str:
    pieces = text.split("-")
    if len(pieces) != len(("年", "月", "日")):
        return text
    return f"{int(pieces[1])}月{int(pieces[2])}日"


def group_text(title: str, lines: Iterable[str], foot: str, total: int) -> str:
    """A text to paste into a group, at most 450 characters; of `total`, the rest is counted."""
    room = group_texts.LONGEST - len(title) - len(foot) - len("\n\n……等共99999个，详见系统。")
    kept = group_texts.fitting((f"{line}\n" for line in lines), room)
    more = "" if len(kept) == total else f"……等共{total}个，详见系统。\n"
    return f"{title}\n{''.join(kept)}{more}{foot}"
