"""Compound files (OLE): old xls workbooks, and the shell that protected xlsx come in.

Only as much is read of them as it takes to refuse, before a reader trusts them, what is protected,
no workbook, or has a cell in the last corner of many sheets.
"""

import struct
from collections.abc import Iterator
from typing import Final

from monitor.collect.files.grid import Limits
from monitor.domain.errors import InputError

DAMAGED: Final = "请重新下载或重新导出;仍不行请用表格软件打开后另存为 .xlsx"
UNPROTECT: Final = "请在表格软件中取消打开密码,另存后再导入"
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks: the end of a chain, a free sector."""
_HEADER, _ENTRY, _NUMBERS_IN_HEADER = 512, 128, 109
_BOF, _FILEPASS = 0x0809, 0x002F
_CELLS: Final = frozenset(
    {0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}
)
"""Records that begin with the row and the column of a cell."""


def check(content: bytes, name: str, limits: Limits) -> None:
    """InputError where the file is protected, damaged, no workbook, or too large."""
    try:
        compound = _Compound(content)
        if "EncryptedPackage" in compound.streams:
            raise InputError("文件设有打开密码", name, UNPROTECT)
        book = next((each for each in ("Workbook", "Book") if each in compound.streams), None)
        if book is None:
            raise InputError("不是表格文件(可能是文档)", name, "请另存为 .xlsx 或 CSV 后再导入")
        _check_records(compound.read(book), name, limits)
    except (struct.error, IndexError):
        raise InputError("表格文件已损坏或不完整", name, DAMAGED) from None


def _check_records(book: bytes, name: str, limits: Limits) -> None:
    """No password, and all sheets together no larger than one file may be."""
    rows = columns = before = 0
    for kind, start, length in _records(book):
        if kind == _FILEPASS:
            raise InputError("文件设有打开密码", name, UNPROTECT)
        if kind == _BOF:
            before += rows * columns
            rows = columns = 0
        elif kind in _CELLS and length >= 4:  # noqa: PLR2004  # a row and a column
            row, column = struct.unpack_from("<HH", book, start)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            limits.check(rows, columns, name, before)


def _records(book: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, where its content starts, length) of each record."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        yield kind, at + 4, length
        at += 4 + length


class _Compound:
    """A file system in a file: chains of sectors, and small streams in sectors of their own."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or small_shift != 6:  # noqa: PLR2004  # the only ones there are
            raise IndexError("sector size")
        self._size = 1 << shift
        self._next = self._table()
        directory, self._cutoff, small = struct.unpack_from("<I4xII", content, 48)
        self.streams = dict(self._entries(self._read(directory)))
        self._small = (
            self._read(self.streams["Root Entry"][0]) if "Root Entry" in self.streams else b""
        )
        raw = self._read(small) if small < _END else b""
        self._small_next = struct.unpack(f"<{len(raw) // 4}I", raw)

    def read(self, name: str) -> bytes:
        """A stream whole."""
        first, size = self.streams[name]
        if size >= self._cutoff:
            return self._read(first)[:size]
        parts = [
            self._small[each * 64 : each * 64 + 64] for each in _chain(first, self._small_next)
        ]
        return b"".join(parts)[:size]

    def _sector(self, number: int) -> bytes:
        """One sector; the last one of a file may be cut short."""
        start = (
            _HEADER + number * self._size if self._size == _HEADER else (number + 1) * self._size
        )
        if start >= len(self._content):
            raise IndexError("beyond the end of the file")
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _read(self, first: int) -> bytes:
        return b"".join(self._sector(each) for each in _chain(first, self._next))

    def _table(self) -> tuple[int, ...]:
        """Which sector follows which."""
        numbers = list(struct.unpack_from(f"<{_NUMBERS_IN_HEADER}I", self._content, 76))
        more, left = struct.unpack_from("<II", self._content, 68)
        while more < _END and left:
            *part, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            numbers += part
            left -= 1
        raw = b"".join(self._sector(each) for each in numbers if each < _END)
        return struct.unpack(f"<{len(raw) // 4}I", raw)

    @staticmethod
    def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(0, len(directory), _ENTRY):
            length = struct.unpack_from("<H", directory, at + 64)[0]
            title = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield title, struct.unpack_from("<II", directory, at + 116)


def _chain(first: int, follows: tuple[int, ...]) -> Iterator[int]:
    """Sectors of one chain; one that bites its own tail is damaged."""
    number, left = first, len(follows)
    while number < _END:
        if left == 0:
            raise IndexError("the chain has no end")
        left -= 1
        yield number
        number = follows[number]
