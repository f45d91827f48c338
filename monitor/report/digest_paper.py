"""周报 as a Word paper: the outline of the digest in the office's own template."""

from monitor.domain.instants import shanghai_day
from monitor.domain.letter import Attachment
from monitor.domain.week import Week
from monitor.report import word_file, wording
from monitor.report.outline import Outline, numbered

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE = "周报.docx"


def paper(week: Week, said: Outline, template: bytes) -> Attachment:
    """The digest in a Word template; InputError where the template cannot be filled in."""
    made = word_file.fill(template, values(week, said), TEMPLATE)
    return Attachment(f"{said.subject}.docx", WORD, made)


def values(week: Week, said: Outline) -> dict[str, object]:
    """What the template may name: marks, heading, issue, points, sections, notes, office, date."""
    written = shanghai_day(week.known_at // 1_000_000)
    return {
        "marks": list(said.marks),
        "heading": said.heading,
        "issue": wording.issue_of_year(week.monday),
        "points": list(said.points),
        "sections": [
            {
                "number": numbered(place),
                "title": each.title,
                "lead": each.lead,
                "lines": [line.text for line in each.lines],
            }
            for place, each in enumerate(said.sections, 1)
        ],
        "notes": list(said.notes),
        "office": week.office,
        "date": f"{written.year}年{written.month}月{written.day}日",
    }
