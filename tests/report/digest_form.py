"""Writes data/templates/周报.docx anew: `python -m tests.report.digest_form`."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from monitor.settings import ROOT

PATH = ROOT / "data" / "templates" / "周报.docx"
PARAGRAPHS = (
    ("Normal", "{%p for mark in marks %}"),
    ("Normal centred", "【{{ mark }}】"),
    ("Normal", "{%p endfor %}"),
    ("Title centred", "{{ heading }}"),
    ("Normal centred", "{{ issue }}"),
    ("Heading 1", "本周要点"),
    ("Normal", "{%p for point in points %}"),
    ("Normal", "{{ loop.index }}.{{ point }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p for section in sections %}"),
    ("Heading 1", "{{ section.number }}、{{ section.title }}"),
    ("Normal", "{{ section.lead }}"),
    ("Normal", "{%p for line in section.lines %}"),
    ("Normal", "{{ line }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p for note in notes %}"),
    ("Normal small", "{{ note }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal right", "{{ office }}"),
    ("Normal right", "{{ date }}"),
)
"""Style and how it stands, and what the program fills in, line by line."""
LEADING, INDENT = Pt(28), Pt(32)
INDENTED = frozenset({7, 11, 13, 17, 19, 20})
"""Lines of running text: two characters in, as an official paper has them."""
STANDS = {"centred": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
FACES = (("Normal", "仿宋_GB2312", 16), ("Title", "方正小标宋简体", 22), ("Heading 1", "黑体", 16))


def made() -> bytes:
    """The paper on A4 with the margins and typefaces of an official document."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    for name, face, size in FACES:
        _dress(paper.styles[name], face, size)
    for number, (dressed, text) in enumerate(PARAGRAPHS):
        style, _, how = dressed.rpartition(" ") if dressed not in STYLES else (dressed, "", "")
        line = paper.add_paragraph(style=style)
        line.alignment = STANDS.get(how)
        line.paragraph_format.line_spacing = LEADING
        line.paragraph_format.space_after = Pt(0)
        if number in INDENTED:
            line.paragraph_format.first_line_indent = INDENT
        run = line.add_run(text)
        if how == "small":
            run.font.size = Pt(12)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


STYLES = frozenset(name for name, _, _ in FACES)


def _dress(style: object, face: str, size: int) -> None:
    font = style.font  # type: ignore[attr-defined]
    font.name, font.size, font.bold = "Times New Roman", Pt(size), False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)


if __name__ == "__main__":
    PATH.write_bytes(made())
