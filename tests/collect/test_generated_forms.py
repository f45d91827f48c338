"""Forms we send out, filled in by anybody: each answer comes back as given, or by its cell."""

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
from hypothesis import strategies as st

from monitor.collect import patrol_sheet, report_sheet
from monitor.domain import patrol_sheet as form
from monitor.domain.instants import DAY, SHANGHAI, day_end, day_start
from monitor.domain.patrol import NONE_BELOW, NOTHING_SEEN, Comments, Moment, Seen
from monitor.domain.report_line import (
    COLUMNS,
    COMMENTS,
    KEEPER,
    KEEPERS,
    POSTS,
    REASON,
    REMARK,
    YES_NO,
    StopReason,
)
from monitor.report import filling_book
from monitor.report import patrol_sheet as drawing
from monitor.report import report_sheet as asking
from tests.generated import generated

NOW = int(datetime(2026, 11, 22, 16, tzinfo=UTC).timestamp())
TODAY = date(2026, 11, 22)
WORDS = st.sampled_from(
    ["", "雾天行车提示", "=HYPERLINK(1)", "https://example.com/1", "0012", "无"]
)


@dataclass
class Answered:
    """A form's answers by line: the cells typed, what they mean, and the cell that is wrong."""

    cells: dict[int, dict[str, Any]] = field(default_factory=dict)
    meant: dict[int, Any] = field(default_factory=dict)
    wrong: dict[int, str] = field(default_factory=dict)


@st.composite
def seen_times(draw: st.DrawFn, looked: int) -> tuple[Any, Moment]:
    """When a post was published as it is copied from a page looked at at `looked`."""
    back = draw(st.integers(1, 300))
    day = date.fromordinal(TODAY.toordinal() - back)
    at = day_start(day) + draw(st.integers(0, DAY // 60 - 1)) * 60
    written = datetime.fromtimestamp(at, SHANGHAI)
    days = draw(st.integers(1, 6))
    before = date.fromordinal(datetime.fromtimestamp(looked, SHANGHAI).toordinal() - days)
    return draw(
        st.sampled_from(
            [
                (written.strftime("%Y-%m-%d %H:%M"), (at, at + 59)),
                (written.replace(tzinfo=None), (at, at + 59)),
                (str(day), (day_start(day), day_end(day))),
                (f"{days}天前", (looked - (days + 1) * DAY + 1, day_end(before))),
            ]
        )
    )


@st.composite
def patrolled(draw: st.DrawFn) -> Answered:
    made = Answered()
    for line in range(draw(st.integers(1, 8))):
        kind = draw(st.integers(0, 9))
        if kind == 0:
            continue
        looked = day_start(TODAY) + draw(st.integers(1, 20)) * 1800
        # A minute is an interval: the look began at its first second at the earliest.
        said = datetime.fromtimestamp(looked + 1, SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        written, newest = draw(seen_times(looked + 1))
        seen = draw(st.sampled_from(list(Seen)))
        second = draw(st.sampled_from([("", None), ("无", NONE_BELOW)]))
        comments = draw(st.sampled_from(list(Comments)))
        post, remark = draw(WORDS), draw(WORDS)
        made.cells[line] = {
            form.LOOKED: said,
            form.NEWEST: written,
            form.POST: post,
            form.SECOND: second[0],
            form.COMMENTS: comments.value,
            form.SEEN: seen.value,
            form.REMARK: remark,
        }
        if kind == 1:
            column, value = draw(
                st.sampled_from(
                    [
                        (form.LOOKED, "上周"),
                        (form.LOOKED, "2026-12-30"),
                        (form.SEEN, "不知道"),
                        (form.COMMENTS, "也许"),
                        (form.SECOND, "很久"),
                    ]
                )
            )
            made.cells[line][column] = value
            made.wrong[line] = column
            continue
        shown = None if seen in NOTHING_SEEN else newest
        made.meant[line] = ((looked + 1,) * 2, seen, shown, post, second[1], comments, remark)
    return made


def typed(content: bytes, sheet: str, head: int, cells: dict[int, dict[str, Any]]) -> bytes:
    """The workbook with these cells typed in, by line below its head and by column."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[sheet]
    places = {page.cell(head, at).value: at for at in range(1, page.max_column + 1)}
    for line, row in cells.items():
        for column, value in row.items():
            cell = page.cell(head + 1 + line, places[column])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@generated("patrol forms", patrolled())
def test_a_generated_patrol_form_comes_back_as_it_was_filled_in(made: Answered) -> None:
    lines = [
        form.Line(n + 1, "荆州市", "", "某局", "抖音", f"{n}号(演示)", "", "", "") for n in range(8)
    ]
    content = typed(drawing.render(lines, "巡查表"), drawing.SHEET, 1, made.cells)
    read = patrol_sheet.read(content, "巡查表.xlsx", NOW)
    told = {
        each.row - 2: (
            *(each.looked, each.seen, each.newest, each.post, each.second),
            *(each.comments, each.remark),
        )
        for each in read.lines
    }
    assert told == made.meant
    assert all(each.account_id == each.row - 1 for each in read.lines)
    assert {each.row - 2: each.column for each in read.problems} == made.wrong
    assert all(each.expected for each in read.problems)


ANSWERS = st.fixed_dictionaries(
    {
        POSTS: st.integers(0, 999).map(str),
        COMMENTS: st.sampled_from(YES_NO),
        REASON: st.sampled_from([each.value for each in StopReason]),
        KEEPER: st.sampled_from(KEEPERS),
        REMARK: WORDS,
    }
)


@generated(
    "report forms",
    st.dictionaries(st.integers(0, 9), ANSWERS, max_size=10),
    st.sets(st.integers(0, 9), max_size=2),
)
def test_a_generated_report_form_comes_back_as_it_was_filled_in(
    answers: dict[int, dict[str, str]], lost: set[int]
) -> None:
    lines = [asking.SheetLine("抖音", f"{n}号(演示)", "某局", n + 7, {}) for n in range(10)]
    content = asking.render("420000000000", "2026-W47", ("填报表", "请填"), lines)
    numbers = {line: {report_sheet.ACCOUNT: "涂改"} for line in lost}
    cells = {n: {**answers.get(n, {}), **numbers.get(n, {})} for n in {*answers, *numbers}}
    head = filling_book.HEAD_ROW + 1
    read = report_sheet.read(typed(content, asking.SHEET, head, cells), "表.xlsx")
    assert (read.week, read.unit) == ("2026-W47", "420000000000")
    told = {each.account_id - 7: each.words for each in read.lines}
    kept = {n: {k: v for k, v in answers.get(n, {}).items() if v} for n in range(10)}
    assert told == {n: words for n, words in kept.items() if n not in lost}
    assert set(COLUMNS) >= {column for words in told.values() for column in words}
    assert {(each.row, each.column) for each in read.problems} == {
        (head + 1 + line, report_sheet.ACCOUNT) for line in lost
    }
