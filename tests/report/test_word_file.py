"""Word files from templates: filled in, the same to the byte, and harmless."""

from io import BytesIO
from struct import pack
from zipfile import ZipFile
from zlib import compress, crc32

import pytest
from docx import Document

from monitor.domain.errors import InputError
from monitor.report import word_file, word_parts
from monitor.report.word_file import Picture
from tests.report.papers import a_paper, part, texts, with_part
from tests.report.test_sandbox import ESCAPES, VALUES

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_dot() -> bytes:
    """A PNG of one point."""
    parts = ((b"IHDR", pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", compress(b"\0" * 4)))
    chunks = (
        pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))
        for kind, data in (*parts, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def a_body(inside: str) -> str:
    return f"<w:document {W}><w:body>{inside}</w:body></w:document>"


def a_relation(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{TYPE}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )


def test_values_stand_in_paragraphs_and_rows_of_tables() -> None:
    paper = a_paper("关于{{ 单位 }}的通报", table="a in 账号 | a.名称 | a.天数")
    word_file.check(paper, VALUES, "通报.docx")
    made = word_file.fill(paper, VALUES, "通报.docx")
    assert texts(made) == ["关于某市公安局的通报", "平安甲", "21", "平安乙", "33"]


def test_the_same_values_give_the_same_bytes() -> None:
    paper = a_paper("{{ 单位 }}")
    assert word_file.fill(paper, VALUES, "x") == word_file.fill(paper, VALUES, "x")


def test_a_picture_stands_where_its_name_is() -> None:
    paper = a_paper("{% for each in 截图 %}{{ each.图 }}{% endfor %}")
    values = {"截图": [{"图": Picture(a_dot(), 40)}, {"图": Picture(a_dot())}]}
    word_file.check(paper, values, "x")
    made = word_file.fill(paper, values, "x")
    assert len(Document(BytesIO(made)).inline_shapes) == 2


@pytest.mark.parametrize("escape", ESCAPES)
def test_an_escape_in_a_word_file_is_refused(escape: str) -> None:
    with pytest.raises(InputError):
        word_file.fill(a_paper(ESCAPES[escape]), VALUES, "通报.docx")


@pytest.mark.parametrize(
    "evil",
    [
        "</w:t></w:r></w:p><w:p><w:r><w:t>伪造",
        '"/><w:altChunk r:id="x"/>',
        "]]><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
        "{{ 单位 }}{%tr for a in b %}",
        "\a另起一段\f换页\x00\ud800",
    ],
)
def test_a_value_stays_text_whatever_it_says(evil: str) -> None:
    made = word_file.fill(a_paper("{{ x }}", "尾"), {"x": evil}, "x")
    assert len(texts(made)) == 2
    assert "altChunk" not in part(made).replace("&lt;w:altChunk", "")
    word_parts.require(with_part(made, "word/document.xml", a_body("")), "x")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("word/vbaProject.bin", "x", "宏"),
        ("word/embeddings/oleObject1.bin", "x", "嵌入"),
        ("word/activeX/activeX1.xml", "<a/>", "控件"),
        ("word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "实体"),
        ("word/document.xml", "<a><b></a>", "结构"),
        ("word/document.xml", a_body("<w:altChunk/>"), "另一份文件"),
        ("word/document.xml", a_body('<w:fldSimple w:instr=" DDEAUTO c:\\ "/>'), "域"),
        (
            "word/document.xml",
            a_body(
                "<w:p><w:r><w:instrText>DD</w:instrText></w:r>"
                "<w:r><w:instrText>E cmd</w:instrText></w:r></w:p>"
            ),
            "域",
        ),
        ("word/document.xml", a_body('<w:p w:rsidR="{{ x }}"/>'), "正文文字"),
        ("word/document.xml", a_body("<w:p><w:r><w:t>{{ x</w:t></w:r></w:p>"), "同一段"),
        ("word/document.xml", a_body("<w:p><w:r><w:t>}} x</w:t></w:r></w:p>"), "同一段"),
        (
            "word/document.xml",
            a_body(f"<w:p><w:r><w:t>{'字' * 20_001}</w:t></w:r></w:p>"),
            "一段超过",
        ),
        ("word/_rels/document.xml.rels", a_relation("image", "http://a.example/b.png"), "外部"),
        ("word/_rels/settings.xml.rels", a_relation("attachedTemplate", "\\\\a\\b.dotm"), "外部"),
        ("word/_rels/document.xml.rels", a_relation("hyperlink", "file:///c:/a.exe"), "外部"),
    ],
)
def test_what_acts_on_the_readers_machine_is_refused(name: str, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        word_parts.require(with_part(a_paper("好"), name, text), "x")


def test_a_link_to_a_page_and_a_page_number_are_no_harm() -> None:
    link = a_relation("hyperlink", "https://a.example/")
    word_parts.require(with_part(a_paper("好"), "word/_rels/footer9.xml.rels", link), "x")
    field = a_body('<w:p><w:fldSimple w:instr=" PAGE "/></w:p>')
    word_parts.require(with_part(a_paper("好"), "word/document.xml", field), "x")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", a_paper("x")[:-40]])
def test_what_is_no_word_file_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(InputError, match="Word"):
        word_file.fill(content, {}, "x")


def test_a_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked() -> None:
    bomb = BytesIO()
    with ZipFile(BytesIO(a_paper("x"))) as old, ZipFile(bomb, "w", compression=8) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/media/a.png", b"0" * (word_parts.WHOLE + 1))
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(InputError, match="超过32兆"):
        word_parts.require(bomb.getvalue(), "x")
