"""周报.docx is what its maker writes, so that nobody has to remember how it came to be."""

from io import BytesIO
from pathlib import Path

from docx import Document

from monitor.report import digest
from tests.report import digest_form
from tests.report.weeks import a_full_week


def told(content: bytes) -> list[tuple[object, ...]]:
    """Every line with its words, style and how it stands."""
    return [
        (
            line.text,
            line.style.name if line.style is not None else "",
            line.alignment,
            line.paragraph_format.first_line_indent,
            line.paragraph_format.line_spacing,
            [run.font.size for run in line.runs],
        )
        for line in Document(BytesIO(content)).paragraphs
    ]


def test_the_template_is_what_its_maker_writes() -> None:
    assert told(Path(digest_form.PATH).read_bytes()) == told(digest_form.made())


def test_what_the_maker_writes_is_filled_in() -> None:
    letter = digest.compose(a_full_week(), "", digest_form.made())
    (paper,) = [each for each in letter.attachments if each.name.endswith(".docx")]
    said = [line.text for line in Document(BytesIO(paper.content)).paragraphs]
    assert digest.outline(a_full_week(), "").heading in said
    assert not any("{" in line for line in said)
