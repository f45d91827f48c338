"""Word files from templates of the office: looked through first, filled in the sandbox, repacked.

The same template and values give the same bytes, so that a paper can be made again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from monitor.domain.errors import InputError
from monitor.report import sandbox, word_parts

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same paper is the same bytes."""
SAVE_AS: Final = "请用 Word 或 WPS 打开后另存为 .docx 再上传"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in place of a name: PNG or JPEG bytes, as wide as told (millimetres)."""

    content: bytes = field(repr=False)
    width_mm: int = 120


def fill(template: bytes, values: Mapping[str, object], name: str) -> bytes:
    """The Word file with its values in place; InputError, with `name`, where it cannot be made.

    Values are text, numbers, pictures, and lists and mappings of these.
    """
    return _filled(template, values, name, None)


def check(template: bytes, sample: Mapping[str, object], name: str) -> None:
    """Try a template before it is kept: its file, its language, and each name against `sample`.

    `sample` holds an example of each value the template will be given, lists with one item.
    """
    known = {key: _value(None, each) for key, each in sample.items()}
    _filled(template, sample, name, known)


def _filled(
    template: bytes, values: Mapping[str, object], name: str, known: Mapping[str, object] | None
) -> bytes:
    word_parts.require(template, name)
    try:
        paper = DocxTemplate(BytesIO(template))
        paper.init_docx()
        given = {key: _value(paper, each) for key, each in values.items()}
        paper.render(given, jinja_env=sandbox.Sandbox(escaped=True, known=known), autoescape=True)
        whole = BytesIO()
        paper.save(whole)
    except (BadZipFile, KeyError) as broken:
        raise InputError("模板不是完整的Word文件", name, SAVE_AS) from broken
    except (*sandbox.BAD, AttributeError, SyntaxError, MemoryError) as error:
        raise sandbox.refused(error, name) from error
    return _repacked(whole.getvalue())


def _value(paper: DocxTemplate | None, value: object) -> Any:
    """A value made plain, its pictures placed in `paper`; without a paper they are left blank."""
    if isinstance(value, Picture):
        width = Mm(value.width_mm)
        return paper and InlineImage(paper, BytesIO(value.content), width=width)
    if isinstance(value, Mapping):
        return {str(key): _value(paper, each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_value(paper, each) for each in value]
    return sandbox.plain(value)


def _repacked(content: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = ZipInfo(name, EPOCH)
            member.compress_type = ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return made.getvalue()
