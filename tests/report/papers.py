"""Word files for the tests, made by hand: paragraphs of text, and parts put in afterwards."""

from io import BytesIO
from zipfile import ZipFile

from docx import Document


def a_paper(*paragraphs: str, table: str = "") -> bytes:
    """A Word file of these paragraphs; `table` is a loop over rows: `item in items | a | b`."""
    paper = Document()
    for each in paragraphs:
        paper.add_paragraph(each)
    if table:
        loop, *cells = (each.strip() for each in table.split("|"))
        rows = paper.add_table(rows=3, cols=len(cells)).rows
        rows[0].cells[0].text = f"{{%tr for {loop} %}}"
        for cell, text in zip(rows[1].cells, cells, strict=True):
            cell.text = f"{{{{ {text} }}}}"
        rows[2].cells[0].text = "{%tr endfor %}"
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def with_part(content: bytes, part: str, text: bytes | str) -> bytes:
    """The same file with one part put in, or in place of another."""
    made = BytesIO()
    data = text.encode() if isinstance(text, str) else text
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, data)
    return made.getvalue()


def part(content: bytes, name: str = "word/document.xml") -> str:
    """One part of a Word file as text."""
    with ZipFile(BytesIO(content)) as package:
        return package.read(name).decode()


def texts(content: bytes) -> list[str]:
    """What a reader sees: paragraphs, then the cells of tables row by row."""
    paper = Document(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [each.text for each in paper.paragraphs] + cells
