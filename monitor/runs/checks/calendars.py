"""Calendars: working days of a year that is not announced are counted Monday to Friday."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from monitor.domain.instants import shanghai_day
from monitor.runs.checking import Bed, Check, family, fine, trouble

CALENDAR_DAYS: Final = 60
"""Terms run into the next year from November on."""


@family("30-calendars")
def calendars(bed: Bed) -> Iterator[Check]:
    """This year's and, from November on, the next one's."""
    day = shanghai_day(bed.now)
    wanted = {day.year, (day + timedelta(days=CALENDAR_DAYS)).year}
    there = {path.stem for path in (bed.parts.data_dir / "calendars").glob("*.yaml")}
    missing = "、".join(str(year) for year in sorted(wanted) if str(year) not in there)
    if missing:
        what = f"{missing}年的放假安排尚未录入,期限暂按周历(周一至周五)计算"
        yield trouble("日历", what, "公布后请在 data/calendars 增加该年的文件")
    else:
        yield fine("日历", "放假安排已录入今后两个月涉及的年份")
