"""The universal template as offices fill it: accepted means as it was meant, the rest is placed."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from monitor.collect.files import load
from monitor.collect.templates import UNIVERSAL
from monitor.domain.instants import SHANGHAI, day_end, day_start
from monitor.domain.numbers import PostNumbers
from tests.collect.files import books
from tests.generated import generated

LAYOUTS = Path(__file__).parents[3] / "data" / "layouts"
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
PLATFORMS = {"微信公众号": "reads", "微博": "reads", "抖音": "plays", "快手": "plays"}
BAD = {
    "平台": ("脸书", 5),
    "发布时间": ("上周五", "2026-13-01"),
    "点赞": ("-1", "很多", True),
    "作品ID": ("4.2E+11",),
    "统计日期": ("2026-12-01", "昨"),
}


@dataclass
class Filled:
    """One table: its rows as they were written, what they mean, and the cells that are spoilt."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    posts: dict[tuple[str, str], tuple[tuple[int, int], PostNumbers, int]] = field(
        default_factory=dict
    )
    spoilt: list[tuple[int, str]] = field(default_factory=list)
    blank: set[int] = field(default_factory=set)


@st.composite
def times(draw: st.DrawFn) -> tuple[Any, tuple[int, int]]:
    """A publishing time as somebody writes it, and the seconds it may mean."""
    day = draw(st.dates(date(2021, 1, 1), date(2026, 11, 20)))
    clock = timedelta(seconds=draw(st.integers(0, 86399)))
    first = day_start(day)
    minute = first + int(clock.total_seconds()) // 60 * 60
    second = first + int(clock.total_seconds())
    at = datetime.fromtimestamp(second, SHANGHAI)
    return draw(
        st.sampled_from(
            [
                (at.strftime("%Y-%m-%d %H:%M:%S"), (second, second)),
                (at.strftime("%Y/%m/%d %H:%M"), (minute, minute + 59)),
                (at.strftime("%Y年%m月%d日 %H时%M分"), (minute, minute + 59)),
                (day.strftime("%Y.%m.%d"), (first, day_end(day))),
                (day, (first, day_end(day))),
                (f"\u3000{day} ", (first, day_end(day))),
            ]
        )
    )


@st.composite
def counts(draw: st.DrawFn) -> tuple[Any, int | None]:
    """A count as platforms write it, and what it says."""
    value = draw(st.integers(0, 10**7))
    return draw(
        st.sampled_from(
            [
                (value, value),
                (float(value), value),
                (f"{value:,}", value),
                (f"{value}次", value),
                (books.wide(str(value)), value),
                (f"{value / 10000}万", value),
                ("-", None),
                (None, None),
                (" ", None),
            ]
        )
    )


@st.composite
def filled(draw: st.DrawFn) -> Filled:
    made = Filled()
    for number in range(draw(st.integers(1, 12))):
        kind = draw(st.integers(0, 9))
        if kind == 0:
            made.blank.add(number)
            made.rows.append({})
            continue
        platform = draw(st.sampled_from(list(PLATFORMS)))
        account = f"demo_{draw(st.integers(0, 2))}"
        written, meant = draw(times())
        seen, likes = draw(counts()), draw(counts())
        row = {
            "平台": platform,
            "账号ID": account,
            "作品ID": f"p{number}",
            "标题": draw(st.sampled_from(["雾天", "=1+1", "0012", "一,二"])),
            "发布时间": written,
            "统计日期": "2026-11-21",
            "阅读播放": seen[0],
            "点赞": likes[0],
        }
        if kind == 1:
            column = draw(st.sampled_from(list(BAD)))
            row[column] = draw(st.sampled_from(BAD[column]))
            made.spoilt.append((number, column))
        else:
            said = {PLATFORMS[platform]: seen[1], "likes": likes[1]}
            made.posts[account, f"p{number}"] = (
                meant,
                PostNumbers(**said),
                day_end(date(2026, 11, 21)),
            )
        made.rows.append(row)
    return made


@generated("universal templates", filled(), st.sampled_from(["xlsx", "csv"]), st.integers(0, 3))
def test_a_generated_template_says_what_was_meant_and_names_every_spoilt_cell(
    made: Filled, kind: str, above: int
) -> None:
    table = [[row.get(title) for title in UNIVERSAL.headers] for row in made.rows]
    rows = [*([["某市统计表"]] * above), list(UNIVERSAL.headers), *table]
    content = books.xlsx(rows) if kind == "xlsx" else books.comma(rows)
    read = load.read(content, f"表.{kind}", None, LAYOUTS, NOW)
    told = {
        (account.uid, post.native_id): (
            (post.published_from, post.published_until),
            post.numbers,
            post.observed_at,
        )
        for account in read.accounts
        for post in account.posts
    }
    assert told == made.posts
    assert [(each.row, each.column) for each in read.problems] == [
        (above + 2 + number, column) for number, column in made.spoilt
    ]
    assert all(each.expected for each in read.problems)
    assert read.rows == len(made.rows) - len(made.blank)
    assert read.complete is not bool(made.spoilt)
