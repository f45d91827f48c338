"""The parts of a Word template: bounded, without macros, outside content or clever fields.

What a Word file may do on the reader's machine is refused before anything is filled in; and marks
of the template stand in text only, opened and closed within one paragraph, which also bounds the
work of finding them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, cast
from zipfile import BadZipFile, ZipFile

from docx.opc.oxml import parse_xml

from monitor.domain.errors import InputError

MEMBERS: Final = 400
WHOLE: Final = 32_000_000
PART: Final = 4_000_000
PARAGRAPH: Final = 20_000
"""Bytes unpacked of the file and of one XML part; characters of one paragraph."""
WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ACTIVE: Final = re.compile(r"vbaproject|activex|/embeddings/|/afchunk", re.IGNORECASE)
MACROS: Final = b"macroenabled"
FIELDS: Final = re.compile(r"DDE|INCLUDE|IMPORT|QUOTE|MACRO|DATABASE|(?<!HYPER)LINK", re.IGNORECASE)
MARK: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
PAIRS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
ADDRESS: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
SAVE_AS: Final = "请用 Word 或 WPS 打开后另存为 .docx 再上传"
TAKE_OUT: Final = "请删除该内容后重新上传"


@lru_cache(maxsize=16)
def require(content: bytes, name: str) -> None:
    """Go on only with a Word file that shows and does nothing but its text; else InputError.

    What passed is remembered: an office fills the same few templates all day.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            _bounded(package, name)
            for part, text in _texts(package):
                _part(part, text, name)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError) as broken:
        raise InputError("模板不是完整的Word文件", name, SAVE_AS) from broken


def _bounded(package: ZipFile, name: str) -> None:
    members = package.infolist()
    if len(members) > MEMBERS or sum(each.file_size for each in members) > WHOLE:
        raise InputError(f"模板解开后超过{WHOLE // 1_000_000}兆或内容过多", name, TAKE_OUT)
    if any(ACTIVE.search(each.filename) for each in members):
        raise InputError("模板中带有宏、控件或嵌入对象", name, TAKE_OUT)
    if "word/document.xml" not in package.namelist():
        raise InputError("模板不是Word文件", name, SAVE_AS)


def _texts(package: ZipFile) -> Iterator[tuple[str, bytes]]:
    for each in package.infolist():
        if each.filename.endswith((".xml", ".rels")):
            if each.file_size > PART:
                where = f"{each.filename}超过{PART // 1_000_000}兆"
                raise InputError("模板内容过大", where, TAKE_OUT)
            yield each.filename, package.read(each)


def _part(part: str, text: bytes, name: str) -> None:
    if part == "[Content_Types].xml" and MACROS in text.lower():
        raise InputError("模板是带宏的Word文件", name, SAVE_AS)
    try:
        root = parse_xml(cast("str", text))  # bytes, so that the part's own encoding counts
    except (ValueError, SyntaxError) as broken:  # the parser's own error is a SyntaxError
        raise InputError("模板文件内部结构有误", name, SAVE_AS) from broken
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError("模板文件内部带有实体声明", name, SAVE_AS)
    if part.endswith(".rels"):
        _relations(root, name)
    elif part.startswith("word/"):
        _content(root, name)


def _relations(root: Any, name: str) -> None:
    for each in root.iter():
        if each.get("TargetMode") != "External":
            continue
        kind, target = each.get("Type", ""), each.get("Target", "")
        if not kind.endswith("/hyperlink") or ADDRESS.match(target) is None:
            raise InputError("模板引用了外部文件或图片", name, TAKE_OUT)


def _content(root: Any, name: str) -> None:
    for each in root.iter():
        _element(each, name)
    for paragraph in root.iter(f"{WORD}p"):
        _paragraph(paragraph, name)


def _element(element: Any, name: str) -> None:
    if element.tag == f"{WORD}altChunk":
        raise InputError("模板中嵌入了另一份文件", name, TAKE_OUT)
    if FIELDS.search(element.get(f"{WORD}instr", "")):
        raise InputError("模板中有会读取外部内容的域", name, TAKE_OUT)
    words = [*element.attrib.values(), element.tail or ""]
    if element.tag != f"{WORD}t":
        words.append(element.text or "")
    if any(MARK.search(each) for each in words):
        raise InputError("模板标签只能写在正文文字中", name, TAKE_OUT)


def _paragraph(paragraph: Any, name: str) -> None:
    fields = "".join(each.text or "" for each in paragraph.iter(f"{WORD}instrText"))
    if FIELDS.search(fields):
        raise InputError("模板中有会读取外部内容的域", name, TAKE_OUT)
    text = "".join(each.text or "" for each in paragraph.iter(f"{WORD}t"))
    if len(text) > PARAGRAPH:
        raise InputError(f"模板中有一段超过{PARAGRAPH:,}字", name, "请分段后重新上传")
    if not _closed(text):
        raise InputError("模板标签没有在同一段内写完", f"{name}：{text[:30]}", "请补全花括号")


def _closed(text: str) -> bool:
    awaited = ""
    for found in MARK.findall(text):
        if awaited and found != awaited:
            return False
        if not awaited and found not in PAIRS:
            return False
        awaited = "" if awaited else PAIRS[found]
    return not awaited
