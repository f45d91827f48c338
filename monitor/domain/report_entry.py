"""Reading a line of 填报 as it was typed on a page, in a receipt form or in a workbook."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from monitor.domain.classified import mark_in
from monitor.domain.instants import (
    SHANGHAI,
    day_end,
    day_start,
    say_minute,
    to_second,
)
from monitor.domain.iso_week import span_of
from monitor.domain.report_line import (
    COMMENTS,
    KEEPER,
    KEEPERS,
    NEWEST,
    POSTS,
    REASON,
    RECEIVED,
    REMARK,
    REPLIED,
    URL,
    ReportLine,
    StopReason,
    Words,
)

LONGEST_REMARK: Final = 200
LONGEST_URL: Final = 500
MOST: Final = 100_000
EARLIEST: Final = 2009
_TIME: Final = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2})[:时](\d{1,2})分?(?::\d{1,2})?)?"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that cannot be taken: its column, what was typed, what was expected."""

    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        return f"“{self.column}”应为{self.expected}"


@dataclass(frozen=True, slots=True)
class Entered:
    """A line as read; it counts only where there are no problems."""

    line: ReportLine
    problems: tuple[Problem, ...] = ()


class _Unfit(ValueError):  # noqa: N818
    """What was expected instead, in Chinese."""


def read(account_id: int, week: str, words: Words, now: int) -> Entered:
    """The line that was typed, and all that is wrong with it. `now` is the second of capture."""
    problems: list[Problem] = []

    def take(column: str, reader: Callable[[str], Any]) -> Any:
        said = unicodedata.normalize("NFKC", words.get(column, "")).strip()
        try:
            return reader(said)
        except _Unfit as unfit:
            problems.append(Problem(column, said, str(unfit)))
            return None

    newest = take(NEWEST, lambda said: _moment(said, now))
    line = ReportLine(
        account_id=account_id,
        week=week,
        posts=take(POSTS, _number),
        newest_from=newest[0] if newest else None,
        newest_until=newest[1] if newest else None,
        url=take(URL, _url) or "",
        received=take(RECEIVED, _number),
        replied=take(REPLIED, _number),
        comments_open=take(COMMENTS, _yes_no),
        reason=take(REASON, _reason),
        keeper=take(KEEPER, _keeper) or "",
        remark=take(REMARK, _remark) or "",
    )
    return Entered(line, tuple(problems or _across(line)))


def say_moment(first: int | None, last: int | None) -> str:
    """A publishing time as it would be typed: a minute, or a day where only that is known."""
    if first is None or last is None:
        return ""
    said = say_minute(first)
    return said if last - first < 3600 else said[:10]  # noqa: PLR2004


def _across(line: ReportLine) -> list[Problem]:
    """Answers that do not go together."""
    start, end = span_of(line.week)
    found = []
    told = line.newest_from is not None or line.reason not in (None, StopReason.NONE)
    if not told:
        found.append(Problem(NEWEST, "", "最近一条的时间;没有发布的请选停更原因"))
    within = line.newest_from is not None and start <= line.newest_from < end
    if line.posts == 0 and within:
        found.append(Problem(POSTS, "0", "至少1:最近一条就在本周"))
    if line.posts and line.newest_until is not None and line.newest_until < start:
        found.append(Problem(NEWEST, "", "本周的时间,因为本周发布数不是0"))
    if line.url and line.newest_from is None:
        found.append(Problem(NEWEST, "", "链接所指作品的发布时间"))
    if None not in (line.received, line.replied) and (line.replied or 0) > (line.received or 0):
        found.append(Problem(REPLIED, str(line.replied), "不多于收到留言数"))
    return found


def _number(said: str) -> int | None:
    if not said:
        return None
    if not said.isascii() or not said.isdecimal() or len(said) > len(str(MOST)):
        raise _Unfit("0或正整数")
    return int(said)


def _moment(said: str, now: int) -> tuple[int, int] | None:
    if not said:
        return None
    found = _TIME.fullmatch(said)
    if found is None:
        raise _Unfit("时间,如2026-11-22 09:30;只知道日期可只填日期")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        span = day_start(day), day_end(day)
        if found[4] is not None:
            clock = datetime(day.year, day.month, day.day, int(found[4]), int(found[5]))  # noqa: DTZ001
            first = to_second(clock.replace(tzinfo=SHANGHAI))
            span = first, first + 59
    except (ValueError, OverflowError):
        raise _Unfit("真实存在的日期和时间") from None
    if day.year < EARLIEST or span[0] > now:
        raise _Unfit("不晚于现在的时间")
    return span[0], min(span[1], now)


def _url(said: str) -> str:
    plain = said.startswith(("https://", "http://")) and not re.search(r"[\s<>\"]", said)
    if said and (not plain or len(said) > LONGEST_URL):
        raise _Unfit("以https://开头的链接")
    return said


def _yes_no(said: str) -> bool | None:
    if said not in ("", "是", "否"):
        raise _Unfit("是或否")
    return None if not said else said == "是"


def _reason(said: str) -> StopReason | None:
    try:
        return StopReason(said) if said else None
    except ValueError:
        raise _Unfit("、".join(StopReason)) from None


def _keeper(said: str) -> str:
    if said not in ("", *KEEPERS):
        raise _Unfit("、".join(KEEPERS))
    return said


def _remark(said: str) -> str:
    if mark_in(said):
        raise _Unfit("非涉密内容:本系统严禁填写国家秘密和警务工作秘密")
    if len(said) > LONGEST_REMARK:
        raise _Unfit(f"不超过{LONGEST_REMARK}字的说明")
    return said
