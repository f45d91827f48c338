"""Heaps of files: archives are unpacked within bounds, their Chinese names are read as written."""

import pytest

from monitor.collect.files import heap
from monitor.collect.files.grid import Limits
from monitor.collect.files.heap import Dropped
from monitor.domain.errors import InputError
from tests.collect.files import books

LIMITS = Limits(bytes=100_000, unpacked=250_000)


def unpack(content: bytes, name: str = "回收.zip") -> heap.Heap:
    return heap.unpack([Dropped(name, content)], LIMITS)


def test_files_and_archives_dropped_together_become_one_heap() -> None:
    archive = books.packed({"宜昌/抖音.csv": b"a,b", "__MACOSX/x": b"", "宜昌/~$抖音.xlsx": b"x"})
    found = heap.unpack([Dropped("一.csv", b"1,2"), Dropped("回收.zip", archive)], LIMITS)
    assert [each.path for each in found.files] == ["一.csv", "回收.zip/宜昌/抖音.csv"]
    assert found.files[1].content == b"a,b"
    assert found.refused == ()


def test_a_workbook_is_no_archive() -> None:
    content = books.xlsx([["一", "二"]])
    assert unpack(content, "表.xlsx").files == (Dropped("表.xlsx", content),)


def test_names_written_by_chinese_windows_are_read() -> None:
    raw = books.packed({"stand-in.csv": b"a,b"})
    named = raw.replace(b"stand-in.csv", "平安江城.csv".encode("gbk"))
    assert [each.path for each in unpack(named).files] == ["回收.zip/平安江城.csv"]


def test_a_bomb_is_refused_by_what_it_says_of_itself() -> None:
    bomb = books.packed({"大.csv": b"0" * 5_000_000})
    assert len(bomb) < 10_000
    found = unpack(bomb)
    assert found.files == ()
    assert "解压后超过" in str(found.refused[0])


def test_a_member_that_is_too_large_alone_is_refused() -> None:
    assert "0.1 MB" in str(unpack(books.packed({"大.csv": b"0" * 150_000})).refused[0])


def test_several_archives_share_one_room() -> None:
    archives = [Dropped(f"{n}.zip", books.packed({"a.csv": b"0" * 90_000})) for n in range(4)]
    found = heap.unpack(archives, LIMITS)
    assert len(found.files) == 2
    assert len(found.refused) == 2


def test_an_archive_within_an_archive_is_refused_by_its_path() -> None:
    inner = books.packed({"a.csv": b"a,b"})
    found = unpack(books.packed({"里.zip": inner}))
    assert "里.zip" in str(found.refused[0])


def test_a_damaged_archive_is_refused_and_the_others_go_on() -> None:
    archive = books.packed({"a.csv": bytes(range(256)) * 20})
    broken = archive[:100] + b"\x00" * 20 + archive[120:]
    found = heap.unpack([Dropped("坏.zip", broken), Dropped("好.csv", b"1,2")], LIMITS)
    assert [each.path for each in found.files] == ["好.csv"]
    assert "坏.zip" in str(found.refused[0])


def test_too_many_files_are_refused() -> None:
    with pytest.raises(InputError, match="分批"):
        heap.unpack([Dropped(f"{n}.csv", b"1,2") for n in range(heap.MOST + 1)], LIMITS)
