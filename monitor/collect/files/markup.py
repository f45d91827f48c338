"""Tables of HTML, which platforms like to call .xls: nothing is fetched, no entity is expanded."""

import re
from io import BytesIO
from typing import Final

from lxml import etree

from monitor.collect.files.grid import Limits, Sheet, trimmed
from monitor.collect.files.values import Cell
from monitor.domain.errors import InputError

LOOKED_AT: Final = 4096
_MARKUP: Final = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?<(?:!--|!doctype\s+html|html|head|meta|body|table|div|style)", re.I
)
_SPREADSHEET_XML: Final = "urn:schemas-microsoft-com:office:spreadsheet"


def looks_like(text: str) -> bool:
    """True where the text begins as markup does."""
    return _MARKUP.match(text[:LOOKED_AT]) is not None or _SPREADSHEET_XML in text[:LOOKED_AT]


def read(text: str, name: str, limits: Limits) -> list[Sheet]:
    """Each table that has rows, in the order of the page."""
    if _SPREADSHEET_XML in text[:LOOKED_AT] and "<table" not in text:
        raise InputError("这是 XML 表格(2003 格式)", name, "请用表格软件打开,另存为 .xlsx 后再导入")
    tables = _tables(text, name, limits)
    if not tables:
        raise InputError(
            "文件是网页而不是表格(多为登录已过期时下载的页面)", name, "请重新登录平台后台再导出"
        )
    many = len(tables) > 1
    return [
        Sheet(f"表{number}" if many else "", trimmed(rows))
        for number, rows in enumerate(tables, start=1)
    ]


def _tables(text: str, name: str, limits: Limits) -> list[list[list[Cell]]]:
    source = BytesIO(text.encode("utf-8", "replace"))
    events = etree.iterparse(
        source,
        events=("end",),
        tag="tr",
        html=True,
        encoding="utf-8",
        no_network=True,
        recover=True,
    )
    tables: dict[int, list[list[Cell]]] = {}
    order: list[etree._Element] = []
    widest = 0
    try:
        for _, row in events:
            table = next(row.iterancestors("table"), None)
            if table is None:
                continue
            if table not in order:
                order.append(table)
            rows = tables.setdefault(order.index(table), [])
            rows.append(_cells(row, limits.columns))
            widest = max(widest, len(rows[-1]))
            limits.check(sum(map(len, tables.values())), widest, name)
            row.clear()
    except etree.XMLSyntaxError:
        raise InputError("网页表格已损坏", name, "请重新导出后再导入") from None
    return [tables[number] for number in sorted(tables)]


def _cells(row: etree._Element, most: int) -> list[Cell]:
    """The cells of a row; one that spans several columns stands in the first of them."""
    cells: list[Cell] = []
    for cell in row.iterchildren("td", "th"):
        cells.append(" ".join("".join(map(str, cell.itertext())).split()))
        span = cell.get("colspan", "1").strip()
        cells.extend([""] * (min(int(span), most + 1) - 1 if span.isdecimal() else 0))
    return cells
