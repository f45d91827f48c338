"""A heap of files: what was dropped at once, with zip archives unpacked within bounds."""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from monitor.collect.files import workbook
from monitor.collect.files.grid import LIMITS, Limits
from monitor.domain.errors import InputError

MOST: Final = 500
"""Files of one heap: an office exports a few hundred accounts a month."""
_UTF8: Final = 0x800
_ENCRYPTED: Final = 0x1
_CLUTTER: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_BOOKS: Final = frozenset({"[Content_Types].xml", "content.xml"})
_DEFECTS: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError)
AGAIN: Final = "请重新压缩,或解压后直接选择其中的文件"


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file as it was handed in; `path` names the folders or the archive it lay in."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Heap:
    """Files to read, and why others will not be."""

    files: tuple[Dropped, ...]
    refused: tuple[InputError, ...] = ()


def unpack(dropped: Iterable[Dropped], limits: Limits = LIMITS) -> Heap:
    """Every file of the heap, archives replaced by what is in them; one level deep.

    `limits.bytes` bounds each file, `limits.unpacked` all that archives unpack to together.
    """
    files: list[Dropped] = []
    refused: list[InputError] = []
    room = limits.unpacked
    for each in dropped:
        if not _is_archive(each.content):
            files.append(each)
            continue
        try:
            inside = list(_members(each, limits, room))
        except InputError as error:
            refused.append(error)
            continue
        room -= sum(len(member.content) for member in inside)
        files += inside
    if len(files) > MOST:
        raise InputError(f"一次导入{len(files)}个文件", "", f"请分批,每批不超过{MOST}个")
    return Heap(tuple(files), tuple(refused))


def _is_archive(content: bytes) -> bool:
    """A zip that is neither a workbook nor a document."""
    if not content.startswith(workbook.ZIP):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return not _BOOKS & set(package.namelist())
    except _DEFECTS:
        return False


def _members(archive: Dropped, limits: Limits, room: int) -> Iterator[Dropped]:
    try:
        with zipfile.ZipFile(BytesIO(archive.content)) as package:
            wanted = [each for each in package.infolist() if not _clutter(each)]
            if len(wanted) > MOST or sum(each.file_size for each in wanted) > room:
                size = room / 1_000_000
                raise InputError(
                    f"压缩包内超过{MOST}个文件,或解压后超过{size:g} MB", archive.path, "请分批压缩"
                )
            for member in wanted:
                path = f"{archive.path}/{_name(member)}"
                yield Dropped(path, _read(package, member, path, limits))
    except (*_DEFECTS, OSError, ValueError):
        raise InputError("压缩包已损坏或不完整", archive.path, AGAIN) from None


def _read(package: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, limits: Limits) -> bytes:
    """The member's bytes, never more than it says and than is allowed, whatever it holds."""
    if member.flag_bits & _ENCRYPTED:
        raise InputError("压缩包设有密码", path, "请取消密码后再导入")
    if member.file_size > limits.bytes:
        raise InputError(f"文件超过{limits.bytes / 1_000_000:g} MB", path, "请分段导出")
    with package.open(member) as source:
        content = source.read(limits.bytes + 1)
    if len(content) > limits.bytes:
        raise InputError(f"文件超过{limits.bytes / 1_000_000:g} MB", path, "请分段导出")
    if _is_archive(content):
        raise InputError("压缩包里还有压缩包", path, "请解压一层后再导入")
    return content


def _name(member: zipfile.ZipInfo) -> str:
    """Archives made in Chinese Windows write GBK and do not say so."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _clutter(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    last = name.rsplit("/", 1)[-1]
    return member.is_dir() or last.startswith("~$") or any(each in name for each in _CLUTTER)
