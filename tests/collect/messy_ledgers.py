"""Ledgers as offices keep them, made from a truth that is known: an oracle for their reader."""

import io
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from hypothesis import strategies as st

from tests.collect.files import books

UNITS = ("江陵县公安局", "公安县公安局", "石首市公安局", "监利市公安局")
PLATFORMS = {"wechat": "微信公众号", "douyin": "抖音", "weibo": "微博"}
NONE = ("无", "—", "未开通", "/")
TITLES = {
    "unit": ("主办单位", "单位名称", "开设单位"),
    "platform": ("平台", "所属平台", "平台类型"),
    "name": ("账号名称", "帐号名称", "账号名"),
    "uid": ("账号ID", "平台ID"),
}
BAD_ID = "4.2E+11"


@dataclass
class Messy:
    """One ledger: its bytes and name, the accounts it names, and the rows that must be refused."""

    content: bytes
    name: str
    truth: set[tuple[str, str, str, str | None]]
    refused: set[int] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)


@dataclass
class Owned:
    """A unit's accounts on one platform, and whether the id of the first is spoilt."""

    unit: str
    platform: str
    names: list[str]
    ids: list[str | None]
    spoilt: bool


@st.composite
def owned(draw: st.DrawFn) -> list[Owned]:
    """Who has what: two to four units, none to two accounts on each platform."""
    found: list[Owned] = []
    number = 0
    for unit in draw(st.lists(st.sampled_from(UNITS), min_size=2, max_size=4, unique=True)):
        for platform in PLATFORMS:
            names = [f"平安{unit[:2]}{number + i}号(演示)" for i in range(draw(st.integers(0, 2)))]
            known = draw(st.booleans())
            ids = [f"demo_{number + i}" if known else None for i in range(len(names))]
            number += len(names)
            spoilt = bool(names) and draw(st.integers(0, 9)) == 0
            found.append(Owned(unit, platform, names, ids, spoilt))
    return found


def truth(found: list[Owned]) -> set[tuple[str, str, str, str | None]]:
    return {
        (each.unit, each.platform, name, uid)
        for each in found
        if not each.spoilt
        for name, uid in zip(each.names, each.ids, strict=True)
    }


def _ids(each: Owned) -> str:
    known = [uid for uid in each.ids if uid]
    return BAD_ID if each.spoilt else "、".join(known)


@st.composite
def narrow(draw: st.DrawFn) -> Messy:
    """A row for each unit and platform: several names in a cell, 同上, merged units, notes."""
    found = draw(owned())
    titles = {key: draw(st.sampled_from(names)) for key, names in TITLES.items()}
    order = draw(st.permutations(["unit", "platform", "name", "uid"]))
    rows: list[list[Any]] = [["荆州市公安政务新媒体台账"]] * draw(st.integers(0, 2))
    rows = [list(row) for row in rows]
    if draw(st.booleans()):
        rows.append(["填报单位:荆州市公安局", "", "填报时间:2026年11月"])
    rows.append(["序号", *(titles[each] for each in order)])
    kind = draw(st.sampled_from(["xlsx", "xls", "gbk"]))
    sharing = draw(st.sampled_from(["every", "ditto", "merged"]))
    spans: list[tuple[int, int]] = []
    refused: set[int] = set()
    before = ""
    for number, each in enumerate(found, 1):
        split = draw(st.sampled_from(["、", "；", "\n"]))
        unit = each.unit
        if unit == before and sharing == "ditto":
            unit = draw(st.sampled_from(["同上", "〃"]))
        if unit == before and sharing == "merged":
            unit = ""
        cells = {
            "unit": unit,
            "platform": PLATFORMS[each.platform],
            "name": split.join(each.names) or draw(st.sampled_from(NONE)),
            "uid": _ids(each).replace("、", split),
        }
        rows.append([str(number), *(cells[key] for key in order)])
        if each.spoilt:
            refused.add(len(rows))
        if sharing == "merged":
            spans = _span(spans, len(rows), new=each.unit != before)
        before = each.unit
    for note in draw(st.lists(st.sampled_from(["注:本表由宣传处汇总。", "合计"]), max_size=2)):
        rows.append([note])
    column = 2 + order.index("unit")
    content, name = _written(rows, kind, [(first, column, last, column) for first, last in spans])
    return Messy(content, name, truth(found), refused)


def _span(spans: list[tuple[int, int]], row: int, *, new: bool) -> list[tuple[int, int]]:
    if new or not spans:
        return [*spans, (row, row)]
    return [*spans[:-1], (spans[-1][0], row)]


@st.composite
def wide(draw: st.DrawFn) -> Messy:
    """A row for each unit, a group of columns for each platform, two rows of header, links."""
    found = draw(owned())
    platforms = draw(st.permutations(list(PLATFORMS)))
    heads = {
        "wechat": "微信公众号",
        "douyin": "抖音",
        "weibo": draw(st.sampled_from(["微博", "新浪微博"])),
    }
    upper, lower = ["序号", "单位名称"], ["", ""]
    for platform in platforms:
        upper += [heads[platform], ""]
        lower += ["名称", "ID"]
    title = draw(st.integers(0, 1))
    rows: list[list[Any]] = [["全市账号台账"]] * title + [upper, lower]
    spans = [(title + 1, 1, title + 2, 1), (title + 1, 2, title + 2, 2)]
    spans += [(title + 1, 3 + 2 * at, title + 1, 4 + 2 * at) for at in range(len(platforms))]
    refused: set[int] = set()
    links: dict[tuple[int, int], str] = {}
    for unit in dict.fromkeys(each.unit for each in found):
        own = {each.platform: each for each in found if each.unit == unit}
        row: list[Any] = [str(len(rows)), unit]
        for platform in platforms:
            each = own[platform]
            if len(each.names) == 1 and not each.spoilt:
                links[len(rows) + 1, len(row) + 1] = f"https://example.com/?n={each.names[0]}&v=1"
            row += ["、".join(each.names) or draw(st.sampled_from((*NONE, ""))), _ids(each)]
            if each.spoilt:
                refused.add(len(rows) + 1)
        rows.append(row)
    kind = draw(st.sampled_from(["xlsx", "gbk"]))
    content, name = _written(rows, kind, spans, links if kind == "xlsx" else {})
    told = {url.partition("n=")[2][:-4]: url for url in links.values()} if kind == "xlsx" else {}
    return Messy(content, name, truth(found), refused, told)


def _written(
    rows: list[list[Any]],
    kind: str,
    spans: list[tuple[int, int, int, int]],
    links: dict[tuple[int, int], str] | None = None,
) -> tuple[bytes, str]:
    if kind == "gbk":
        return books.comma(rows, "gb18030"), "台账.csv"
    if kind == "xls":
        return _xls(rows, spans), "台账.xls"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for first, left, last, right in spans:
        if (first, left) != (last, right):
            sheet.merge_cells(None, first, left, last, right)
    for place, url in (links or {}).items():
        sheet.cell(*place).hyperlink = url
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "台账.xlsx"


def _xls(rows: list[list[Any]], spans: list[tuple[int, int, int, int]]) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    merged = {
        (row, column): (first, left, last, right)
        for first, left, last, right in spans
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    }
    for number, cells in enumerate(rows, 1):
        for place, cell in enumerate(cells, 1):
            span = merged.get((number, place))
            if span is None:
                sheet.write(number - 1, place - 1, cell)
            elif (number, place) == span[:2]:
                first, left, last, right = span
                sheet.write_merge(first - 1, last - 1, left - 1, right - 1, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
