"""Zip packages (xlsx, ods): size unpacked and extent of sheets, before a reader trusts them.

A few kilobytes can unpack to gigabytes, and one cell in the last corner of a sheet makes a reader
ask for all the cells before it.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from lxml import etree

from monitor.collect.files.grid import Limits
from monitor.domain.errors import InputError

MEMBERS: Final = 5000
CHUNK: Final = 1 << 20
OVERLAP: Final = 64
HEAD: Final = 4096
"""A reference to a cell is never longer: it is found even where a chunk ends inside it."""
_REFERENCE: Final = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{0,8})(\d{1,10})")
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ENCRYPTED: Final = b"encryption-data"
DAMAGED: Final = "请重新下载或重新导出;仍不行请用表格软件打开后另存为 .xlsx"


def check(content: bytes, name: str, limits: Limits) -> None:
    """InputError where the package is damaged, protected, no workbook, or larger than allowed."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_kind(package, name)
            _check_size(package, name, limits)
            for member in package.infolist():
                _check_member(package, member, name, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
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
        raise InputError(
            f"表格解压后超过{size:g} MB", name, "请分段导出,或删去图片和多余的工作表"
        )


def _check_member(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits
) -> None:
    """Read to its end, which checks its length and its sum."""
    with package.open(member) as source:
        if member.filename == "content.xml":
            _check_repeats(source, name, limits)
            return
        head = source.read(HEAD)
        if b"worksheet" in head:
            _check_references(head, iter(lambda: source.read(CHUNK), b""), name, limits)
        else:
            while source.read(CHUNK):
                pass


def _check_references(head: bytes, rest: Iterator[bytes], name: str, limits: Limits) -> None:
    """The furthest row and column that any cell of a worksheet names."""
    rows = columns = 0
    before = b""
    for chunk in (head, *rest) if False else _chain(head, rest):
        found = set(_REFERENCE.findall(before + chunk))
        columns = max((_column(letters) for letters in {each[0] for each in found}), default=columns)
        rows = max(rows, max((int(each[1]) for each in found), default=0))
        limits.check(rows, columns, name)
        before = chunk[-OVERLAP:]
