"""Writes data/calendars from chinesecalendar: `python -m tests.coordinate.calendars`."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

FOLDER = Path(__file__).resolve().parents[2] / "data" / "calendars"
YEARS = range(2019, 2027)


def render(year: int) -> str:
    """The data sheet of a year: weekdays that are holidays, weekend days that are worked."""
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    days = [day for day in days if day.year == year]
    holidays = [day for day in days if day.weekday() < 5 and chinese_calendar.is_holiday(day)]
    workdays = [day for day in days if day.weekday() >= 5 and chinese_calendar.is_workday(day)]
    lines = [
        f"# {year}年工作日历:只列与周历不同的日子,以国务院办公厅通知为准。",
        f"year: {year}",
        f"source: 国务院办公厅关于{year}年部分节假日安排的通知(含当年补充通知)",
        "rank: 国家规定",
        "holidays:",
        *(f"  - {day}  # 周{'一二三四五六日'[day.weekday()]}" for day in holidays),
        "workdays:",
        *(f"  - {day}  # 周{'一二三四五六日'[day.weekday()]}" for day in workdays),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for each in YEARS:
        (FOLDER / f"{each}.yaml").write_text(render(each), "utf-8")
