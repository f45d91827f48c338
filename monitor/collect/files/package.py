"""Zip packages (xlsx, ods): size unpacked and extent of sheets, before a reader trusts them.

A few kilobytes can unpack to gigabytes, and one cell in the last corner of a sheet makes a reader
ask for all the cells before it.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Final

from lxml import etree

from monitor.collect.files.grid import Limits
from monitor.domain.errors import InputError

MEMBERS: Final = 5000
CHUNK: Final = 1 << 20
OVERLAP: Final = 512
"""No tag of a cell is longer: it is found even where a chunk ends inside it."""
DIGITS: Final = 9
"""Longer numbers of repeats are none."""
_REFERENCE: Final = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,8})(\d{1,10})[\"']"
    rb"(?:[^<>]*[^/<>])?>\s*(?=<[^/])"
)
"""A cell that says something; those that are only coloured have nothing inside."""
NEAR: Final = (99_999, 26)
_FAR: Final = re.compile(rb"r\s*=\s*[\"'](?=[A-Za-z]{2}|[A-Za-z]?\d{6})([A-Za-z]{0,8})(\d{1,10})")
"""A column beyond Z, or a row beyond 99,999. What else ends in r is taken for one: a closer look
then; to look for the beginning of the word would take three times as long, at every cell."""
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ENCRYPTED: Final = b"encryption-data"
_DEFECTS: Final = (EOFError, NotImplementedError, OSError, ValueError, LookupError)
"""What zipfile raises of bytes it cannot follow, beside its own."""
DAMAGED: Final = "请重新下载或重新导出;仍不行请用表格软件打开后另存为 .xlsx"


def check(content: bytes, name: str, limits: Limits) -> None:
    """InputError where the package is damaged, protected, no workbook, or larger than allowed."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_kind(package, name)
            _check_size(package, name, limits)
            for member in package.infolist():
                _check_member(package, member, name, limits)
    except (zipfile.BadZipFile, zlib.error, struct.error, *_DEFECTS):
        raise InputError("表格文件已损坏或不完整", name, DAMAGED) from None
    except RuntimeError:
        # zipfile says so of members with a password.
        raise InputError("压缩包设有密码", name, "请取消密码后再导入") from None


def _check_kind(package: zipfile.ZipFile, name: str) -> None:
    names = set(package.namelist())
    if "META-INF/manifest.xml" in names:
        with package.open("META-INF/manifest.xml") as manifest:
            if _ENCRYPTED in manifest.read(CHUNK):
                raise InputError("文件设有打开密码", name, "请取消打开密码,另存后再导入")
    if "xl/workbook.bin" in names:
        raise InputError("不支持 .xlsb", name, "请用表格软件打开,另存为 .xlsx 后再导入")
    if not {"[Content_Types].xml", "content.xml"} & names:
        raise InputError("这是压缩包,不是表格", name, "请解压后导入其中的表格文件")
    if "content.xml" not in names and not any(each.startswith("xl/") for each in names):
        raise InputError("这是文档,不是表格", name, "请把表格部分另存为 .xlsx 后再导入")


def _check_size(package: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """By what the package says of itself; what it really unpacks to, reading each member shows."""
    members = package.infolist()
    if len(members) > MEMBERS or sum(each.file_size for each in members) > limits.unpacked:
        size = limits.unpacked / 1_000_000
        raise InputError(f"表格解压后超过{size:g} MB", name, "请分段导出,或删去图片和多余的工作表")


def _check_member(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits
) -> None:
    """Read to its end, which checks its length and its sum."""
    if member.filename == "content.xml":
        with package.open(member) as source:
            _check_repeats(source, name, limits)
    with package.open(member) as source:
        far = _may_be_far(_chunks(source), limits)
    if far:
        with package.open(member) as source:
            _check_references(_chunks(source), name, limits)


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    """A member bit by bit, each with the end of the one before it."""
    before = b""
    while chunk := source.read(CHUNK):
        yield before + chunk
        before = chunk[-OVERLAP:]


def _may_be_far(chunks: Iterator[bytes], limits: Limits) -> bool:
    """False where a quick look shows that no cell can be beyond the limits.

    Most sheets have fewer than 100,000 rows and few columns: to take every cell apart would cost
    more than to read the file.
    """
    rows, columns = NEAR
    for chunk in chunks:
        for letters, number in set(_FAR.findall(chunk)):
            rows, columns = max(rows, int(number)), max(columns, _column(letters))
    return rows > limits.rows or columns > limits.columns or rows * columns > limits.cells


def _check_references(chunks: Iterator[bytes], name: str, limits: Limits) -> None:
    """The furthest row and column that any cell of a worksheet names."""
    rows = columns = 0
    for chunk in chunks:
        found = set(_REFERENCE.findall(chunk))
        rows = max(rows, *(int(number) for _, number in found), 0)
        columns = max(columns, *(_column(letters) for letters in {each for each, _ in found}), 0)
        limits.check(rows, columns, name)


def _column(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_repeats(source: IO[bytes], name: str, limits: Limits) -> None:
    """The extent of each sheet of an ods, where one cell may say that it stands a million times."""
    wanted = (f"{_TABLE}table-row", f"{_TABLE}table")
    rows = last = columns = 0
    try:
        for _, element in etree.iterparse(
            source, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False
        ):
            if element.tag == wanted[1]:
                rows = last = columns = 0
                continue
            width = _width(element)
            rows += _times(element, "rows")
            if width:
                last, columns = rows, max(columns, width)
                limits.check(last, columns, name)
            element.clear()
    except etree.XMLSyntaxError:
        raise InputError("表格文件已损坏", name, DAMAGED) from None


def _width(row: etree._Element) -> int:
    """Columns of a row up to the last one that says something."""
    at = last = 0
    for cell in row:
        at += _times(cell, "columns")
        if len(cell) or any(key.endswith("}value") for key in map(str, cell.attrib)):
            last = at
    return last


def _times(element: etree._Element, what: str) -> int:
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(said) if said.isdecimal() and len(said) <= DIGITS else 1
