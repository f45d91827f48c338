"""Workbooks and tables made for tests: real files of real writers, lying ones and broken ones."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import openpyxl
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

Rows = Sequence[Sequence[Any]]


def wide(text: str) -> str:
    """The same text in the full-width digits and signs of a Chinese keyboard."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def typed(*parts: int) -> datetime:
    """A time as a cell of a workbook holds it."""
    year, month, day, hour, minute, second = (*parts, 0, 0, 0)[:6]
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # a workbook knows none


def xlsx(rows: Rows, title: str = "Sheet1", more: dict[str, Rows] | None = None) -> bytes:
    """An xlsx with one sheet, and others by title."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for name, others in (more or {}).items():
        added = book.create_sheet(name)
        for row in others:
            added.append(list(row))
    return _saved(book)


def with_cell(place: str, value: Any) -> bytes:
    """An xlsx that says one thing, in one place."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet[place] = value
    return _saved(book)


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows, title: str = "Sheet1") -> bytes:
    """An old BIFF8 workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(title)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, place, cell)
    return _saved(book)


def comma(rows: Rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """A CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def html(rows: Rows, charset: str = "utf-8") -> bytes:
    """A table of HTML as platforms hand it out under the name of .xls."""
    lines = "".join(
        "<tr>" + "".join(f"<td>{'' if each is None else each}</td>" for each in row) + "</tr>"
        for row in rows
    )
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    page = f"{head}</head><body><table border=1>{lines}</table></body></html>"
    return page.encode(charset)


def protected(content: bytes, password: str = "pw") -> bytes:
    """The same xlsx behind a password."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, out)
    return out.getvalue()


def packed(members: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def ods(body: str) -> bytes:
    """An ods whose one sheet has this body."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{each}="{office}:{each}:1.0"' for each in ("office", "table", "text"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(
        {
            "mimetype": kind.encode(),
            "META-INF/manifest.xml": (
                f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
                f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
                "</manifest:manifest>"
            ).encode(),
            "content.xml": (
                f'<?xml version="1.0"?><office:document-content {spaces}><office:body>'
                f'<office:spreadsheet><table:table table:name="表一">{body}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ).encode(),
        }
    )


def ods_cell(text: str, columns: int = 1) -> str:
    """A cell of an ods that stands in so many columns."""
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )
