"""The shelf: YAML is read into plain values, or refused with its line."""

from hashlib import sha256
from pathlib import Path

import pytest

from monitor.collect import shelf
from monitor.domain.errors import InputError
from monitor.settings import ROOT


def test_a_data_sheet_is_its_mapping_its_hash_and_its_text(tmp_path: Path) -> None:
    content = "名称: 认定标准\n天数: 14\n日期: 2026-11-22\n".encode()
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    mapping, digest, text = shelf.read(path)
    assert mapping["名称"] == "认定标准"
    assert mapping["天数"] == 14
    assert digest == sha256(content).hexdigest()
    assert text == content.decode()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a: 1\nb: [1, 2\n", "第3行"),
        ("a: 1\n  b: 2\n", "第2行"),
        ("a: 1\nb: 2\na: 3\n", "第3行"),
        ("a: &x 1\nb: *x\n", "第2行"),
        ("a: !!python/object/apply:os.system ['true']\n", "第1行"),
        ("a: " + "[" * 100 + "]" * 100, "第1行"),
        ("a: 2026-02-30\n", "a.yaml"),
        ("a:\t1\n\tb: 2\n", "第1行"),
    ],
)
def test_what_is_no_sheet_of_plain_values_is_refused_with_its_line(text: str, where: str) -> None:
    with pytest.raises(InputError) as refused:
        shelf.parse(text.encode(), "a.yaml")
    assert where in refused.value.explained.where
    assert refused.value.explained.remedy
    assert "expected" not in str(refused.value)
    assert "found" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"- a\n", b"a", b"a: \xff\xfe\n", b"a: 1\n" * 1_000_000])
def test_what_holds_no_mapping_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        shelf.parse(content, "a.yaml")


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(InputError, match="打不开"):
            shelf.read(path)


def test_a_sheet_written_reads_as_the_same_under_its_first_remarks() -> None:
    for path in sorted((ROOT / "data" / "rulebooks").glob("*.yaml")):
        page = shelf.read(path)
        written = shelf.write(page.mapping, page.text)
        assert shelf.parse(written.encode(), path.name).mapping == page.mapping
        assert written.splitlines()[0] == page.text.splitlines()[0]
    names = ["甲"]
    assert shelf.parse(shelf.write({"a": names, "b": names}).encode(), "x").mapping == {
        "a": ["甲"],
        "b": ["甲"],
    }


def test_a_sheet_read_twice_belongs_to_each_reader_and_a_changed_one_is_read_anew(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("limits: {days: 14}\n", "utf-8")
    first = shelf.read(path)
    first.mapping["limits"]["days"] = 99
    assert shelf.read(path).mapping == {"limits": {"days": 14}}
    shelf.lines(first.text).clear()
    assert shelf.lines(first.text)["limits.days"] == 1
    path.write_text("limits: {days: 15}\n", "utf-8")
    assert shelf.read(path).mapping == {"limits": {"days": 15}}
